/*
 * A conversation to practise with, as a content type of H5P.
 *
 * The first run counts: its score is what is sent. Trying another way afterwards is practice and
 * sends nothing; a host that begins anew calls resetTask. Licence: EUPL-1.2.
 */
(function () {
  'use strict';

  const rules = window.Opmerkzaam.rules;
  const texts = window.Opmerkzaam.texts;
  const statements = window.Opmerkzaam.statements;
  const Talk = window.Opmerkzaam.Talk;
  const FORMAT = 1; // of the state

  /* What is said of a share, from the lowest on: bands are wide, nobody has points to hunt for. */
  const WHOLE = [[0, 'hardly'], [0.35, 'sometimes'], [0.6, 'mostly'], [0.85, 'best']];

  function newState() {
    return {
      format: FORMAT,
      seed: Math.floor(Math.random() * 2147483647), // from it follows the order of the choices
      run: 1,
      begun: false,
      seen: 0, // how many steps of this run stand on the page
      first: {}, // decision to the choices made there in the run that counts
      again: null, // the same of the run at hand, when that is practice
      completed: false
    };
  }

  /**
   * A state that was saved, as far as it fits: the scenario may have changed since, and a host may
   * give anything. A new one when it is none of ours.
   */
  function restored(scenario, saved) {
    const state = newState();
    if (!saved || saved.format !== FORMAT) {
      return state;
    }
    const fits = (made) => rules.possible(scenario, Object(made));
    const first = fits(saved.first);
    const isOver = rules.play(scenario, first).ended;
    return Object.assign(state, {
      seed: Number(saved.seed) || state.seed,
      run: Number(saved.run) || 1,
      begun: saved.begun === true,
      seen: Math.max(0, Number(saved.seen) || 0),
      first: first,
      again: isOver && saved.again ? fits(saved.again) : null,
      completed: isOver && saved.completed === true
    });
  }

  /** Focus alone would leave a new turn at the edge, with what one can do below it out of sight. */
  function goTo(turn) {
    const show = () => turn.scrollIntoView({block: 'start'});
    turn.focus({preventScroll: true});
    show();
    window.setTimeout(show, 100); // by then a host has made the frame as high as what is in it
  }

  function Gesprek(params, contentId, extras) {
    H5P.EventDispatcher.call(this);
    this.contentId = contentId;
    this.extras = extras || {};
    this.params = texts.allPlain(params);
    this.l10n = this.params.l10n || {};
    this.language = this.params.language || this.l10n.languageCode || '';
    this.behaviour = this.params.behaviour || {};
    this.state = restored(this.params, this.extras.previousState);
    this.isShowingSolutions = false;
    this.talk = new Talk({
      l10n: this.l10n,
      language: this.language,
      addressOf: (path) => H5P.getPath(path, contentId),
      resized: () => this.trigger('resize')
    });
  }

  Gesprek.prototype = Object.create(H5P.EventDispatcher.prototype);
  Gesprek.prototype.constructor = Gesprek;

  Gesprek.prototype.attach = function ($container) {
    const container = $container.get ? $container.get(0) : $container;
    container.classList.add('opm-gesprek');
    container.lang = this.l10n.languageCode || '';
    this.root = container;
    this.setActivityStarted();
    this.draw();
  };

  Gesprek.prototype.getTitle = function () {
    const metadata = this.extras.metadata || {};
    return texts.plain(metadata.title || '');
  };

  /* The run at hand */

  Gesprek.prototype.made = function () {
    return this.state.again || this.state.first;
  };

  Gesprek.prototype.played = function () {
    return rules.play(this.params, this.made());
  };

  Gesprek.prototype.counted = function () {
    return rules.play(this.params, this.state.first);
  };

  /** All choices of a decision in the order of this run. */
  Gesprek.prototype.order = function (node, run) {
    const all = node.choices || [];
    const seed = [this.state.seed, run, node.id].join(':');
    return this.behaviour.randomAnswers === false ? all : texts.shuffled(all, seed);
  };

  /**
   * What is shown one by one: what is said, the open decision, the choice with what follows,
   * the verdict, and at the end the road.
   */
  Gesprek.prototype.steps = function (run) {
    const steps = [];
    run.lines.forEach(function (line) {
      if (line.choice) {
        steps.push({kind: 'chosen', choice: line.choice}, {kind: 'verdict', choice: line.choice});
      }
      else if (line.node.kind === 'decision') {
        steps.push({kind: 'decision', node: line.node});
      }
      else if (line.node.text || line.node.kind === 'debrief') {
        steps.push({kind: line.node.kind === 'debrief' ? 'debrief' : 'said', node: line.node});
      }
    });
    if (run.ended) {
      steps.push({kind: 'road'});
    }
    return steps;
  };

  /* Drawing */

  Gesprek.prototype.draw = function () {
    this.root.textContent = '';
    this.status = Talk.element('p', 'status');
    this.status.setAttribute('role', 'status');
    this.turns = Talk.element('div', 'turns');
    this.actions = Talk.element('div', 'actions');
    [this.status, this.turns, this.actions].forEach((part) => this.root.appendChild(part));
    this.drawBeginning();
    if (this.state.begun) {
      const run = this.played();
      const steps = this.steps(run);
      this.state.seen = Math.min(Math.max(1, this.state.seen), steps.length);
      steps.slice(0, this.state.seen).forEach((step) => this.drawStep(step, run));
    }
    this.drawActions();
  };

  Gesprek.prototype.drawBeginning = function () {
    const title = this.getTitle();
    if (title) {
      this.turns.appendChild(this.talk.told('h2', 'title', title));
    }
    if (this.params.note) {
      const note = this.talk.told('div', 'note');
      this.turns.appendChild(Talk.addParagraphs(note, this.params.note));
    }
    if (this.params.concept) {
      this.turns.appendChild(Talk.element('p', 'hint', this.l10n.concept));
    }
  };

  Gesprek.prototype.drawStep = function (step, run) {
    const turn = Talk.element('div', 'turn');
    turn.tabIndex = -1;
    if (step.kind === 'chosen' || step.kind === 'verdict') {
      turn.appendChild(this.talk[step.kind](step.choice));
    }
    else if (step.kind === 'debrief') {
      turn.appendChild(this.talk.debrief(step.node));
    }
    else if (step.kind === 'road') {
      turn.appendChild(this.drawRoad(run));
    }
    else {
      turn.appendChild(this.talk.said(step.node));
    }
    this.turns.appendChild(turn);
    return turn;
  };

  /** The road, what it earned, and whom to talk to. */
  Gesprek.prototype.drawRoad = function (run) {
    const made = Talk.element('div', 'ending');
    const score = rules.score(run.path);
    const road = this.talk.road(run.path);
    if (score.share !== null) {
      road.appendChild(Talk.element('p', 'score', this.l10n[Talk.band(score.share, WHOLE)]));
      road.appendChild(Talk.element('p', 'hint', this.scoreWords(score)));
    }
    if (score.competencies.length) {
      road.appendChild(Talk.element('h4', 'heading', this.l10n.competencies));
      road.appendChild(this.talk.competencies(score.competencies, this.params.competencies || []));
    }
    made.appendChild(road);
    if (this.params.contacts) {
      made.appendChild(this.talk.contacts(this.params.contacts));
    }
    return made;
  };

  Gesprek.prototype.scoreWords = function (score) {
    if (!this.state.again) {
      return texts.filled(this.l10n.score, {earned: score.earned, max: score.attainable});
    }
    const first = rules.score(this.counted().path);
    const words = {earned: first.earned, max: first.attainable};
    return texts.filled(this.l10n.practice, words);
  };

  Gesprek.prototype.drawActions = function () {
    const run = this.played();
    const isOpen = run.decision !== null && this.state.seen === this.steps(run).length;
    this.actions.textContent = '';
    if (this.isShowingSolutions) {
      this.actions.appendChild(this.drawRoad(run));
    }
    else if (!this.state.begun) {
      this.actions.appendChild(this.talk.button(this.l10n.begin, () => this.begin()));
    }
    else if (isOpen) {
      const open = this.order(run.decision, this.state.run).filter((one) => run.offered.includes(one));
      this.decisionShownAt = Date.now();
      this.actions.appendChild(this.talk.decision(open, (choice) => this.choose(run, choice)));
    }
    else if (this.state.seen < this.steps(run).length) {
      this.actions.appendChild(this.talk.button(this.l10n.next, () => this.next()));
    }
    else if (run.ended && this.behaviour.enableRetry !== false) {
      this.actions.appendChild(this.talk.button(this.l10n.retry, () => this.tryAgain(), true));
    }
    this.trigger('resize');
  };

  /* What the learner does */

  Gesprek.prototype.begin = function () {
    this.state.begun = true;
    this.next();
  };

  /** Show the next step and go there: who listens hears it, who looks sees it. */
  Gesprek.prototype.next = function () {
    const run = this.played();
    const steps = this.steps(run);
    if (this.state.seen >= steps.length) {
      return;
    }
    const step = steps[this.state.seen];
    this.state.seen += 1;
    const turn = this.drawStep(step, run);
    this.drawActions();
    goTo(turn);
    if (step.kind === 'road') {
      this.complete();
    }
  };

  /** A choice is final. One that was made meanwhile is not made again. */
  Gesprek.prototype.choose = function (run, choice) {
    const node = run.decision;
    const before = rules.madeAt(this.made(), node.id);
    if (before.length !== run.visit - 1) {
      return;
    }
    const made = Object.assign(Object.create(null), this.made());
    made[node.id] = before.concat([choice.id]);
    if (this.state.again) {
      this.state.again = made;
    }
    else {
      this.state.first = made;
      this.tell({node: node, choice: choice, visit: run.visit});
    }
    this.next();
  };

  Gesprek.prototype.tell = function (step) {
    const order = this.order(step.node, 1);
    const shownAt = this.decisionShownAt;
    this.trigger(statements.ofChoice(this, step, order, this.language, shownAt));
    this.trigger(statements.ofProgress(this, this.counted().path.length));
  };

  Gesprek.prototype.complete = function () {
    this.status.textContent = this.l10n.ended;
    if (!this.state.again && !this.state.completed) {
      this.state.completed = true;
      this.trigger(this.wholeStatement());
    }
  };

  Gesprek.prototype.tryAgain = function () {
    Object.assign(this.state, {again: {}, run: this.state.run + 1, seen: 0, begun: true});
    this.draw();
    goTo(this.root.querySelector('.opm-turn'));
    this.status.textContent = this.l10n.startedAgain;
  };

  /* What H5P asks of a content type with a score */

  Gesprek.prototype.getAnswerGiven = function () {
    return this.counted().path.length > 0;
  };

  Gesprek.prototype.getScore = function () {
    return rules.score(this.counted().path).earned;
  };

  /**
   * What could be earned on the road taken. Before its end, what the strongest road gives (or
   * what was met already, when that is more): containers ask before anything is done.
   */
  Gesprek.prototype.getMaxScore = function () {
    const run = this.counted();
    const met = rules.score(run.path).attainable;
    return run.ended ? met : Math.max(met, rules.score(rules.strongRoad(this.params)).attainable);
  };

  Gesprek.prototype.resetTask = function () {
    this.state = newState();
    this.isShowingSolutions = false;
    if (this.root) {
      this.draw();
    }
  };

  /** The road so far beside the stronger choices; the conversation stops there. */
  Gesprek.prototype.showSolutions = function () {
    const run = this.played();
    const isOnPage = run.ended && this.state.seen >= this.steps(run).length;
    if (isOnPage || !run.path.length) {
      return;
    }
    this.isShowingSolutions = true;
    this.drawActions();
  };

  Gesprek.prototype.getCurrentState = function () {
    return this.state.begun ? JSON.parse(JSON.stringify(this.state)) : {};
  };

  Gesprek.prototype.wholeStatement = function () {
    return statements.ofWhole(this, this.counted(), this.getMaxScore(), this.language);
  };

  /** The report: the whole, and each decision met with the choice made there first. */
  Gesprek.prototype.getXAPIData = function () {
    const firsts = this.counted().path.filter((step) => step.visit === 1);
    const children = firsts.map(function (step) {
      const order = this.order(step.node, 1);
      return {statement: statements.ofChoice(this, step, order, this.language).data.statement};
    }, this);
    return {statement: this.wholeStatement().data.statement, children: children};
  };

  window.Opmerkzaam.Gesprek = Gesprek;
})();
