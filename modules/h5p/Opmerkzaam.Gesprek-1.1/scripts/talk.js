/*
 * What stands on the page. Everything of the scenario is put there as text, never as HTML.
 * Licence: EUPL-1.2.
 */
(function () {
  'use strict';

  const rules = window.Opmerkzaam.rules;
  const texts = window.Opmerkzaam.texts;
  const QUALITY_WORDS = {'++': 'strong', '+': 'useful', '0': 'misses', '-': 'harmful'};
  const COMPETENCY = [[0, 'little'], [0.5, 'partly'], [0.85, 'clearly']];
  let groups = 0; // of radio buttons on this page, each with a name of its own

  function element(tag, name, text) {
    const made = document.createElement(tag);
    if (name) {
      made.className = name.split(' ').map((part) => 'opm-' + part).join(' ');
    }
    if (text !== undefined) {
      made.textContent = text;
    }
    return made;
  }

  /** The last of the bands that begins at or below the share. */
  function band(share, bands) {
    return bands.filter((one) => share >= one[0]).pop()[1];
  }

  function addParagraphs(parent, text) {
    texts.paragraphs(text).forEach(function (part) {
      parent.appendChild(element('p', '', part));
    });
    return parent;
  }

  /** @param look {l10n, language, addressOf, resized}: the words, and how a file is found. */
  function Talk(look) {
    this.look = look;
    this.l10n = look.l10n;
  }

  /** An element for words of the scenario itself, in its own language. */
  Talk.prototype.told = function (tag, name, text) {
    const made = element(tag, name, text);
    made.lang = this.look.language;
    return made;
  };

  Talk.prototype.button = function (text, onPress, isQuiet) {
    const button = element('button', isQuiet ? 'button quiet' : 'button', text);
    button.type = 'button';
    button.addEventListener('click', onPress);
    return button;
  };

  /** What somebody says, or the scene when nobody does. */
  Talk.prototype.said = function (node) {
    const isYou = node.speaker === 'you';
    const made = this.told('div', !node.speaker ? 'scene' : isYou ? 'bubble you' : 'bubble');
    if (node.speaker) {
      made.appendChild(this.name(isYou ? null : node.speaker));
    }
    addParagraphs(made, node.text);
    this.addMedia(made, node);
    return made;
  };

  Talk.prototype.name = function (speaker) {
    const made = element('p', 'name', speaker || this.l10n.you);
    if (!speaker) {
      made.lang = this.l10n.languageCode;
    }
    return made;
  };

  Talk.prototype.addMedia = function (parent, node) {
    const look = this.look;
    if (node.picture && node.picture.path) {
      const picture = element('img', 'picture');
      picture.alt = node.decoration ? '' : node.alt || '';
      ['width', 'height'].filter((side) => node.picture[side]).forEach(function (side) {
        picture[side] = node.picture[side]; // keeps its place while it loads
      });
      picture.addEventListener('load', look.resized);
      picture.src = look.addressOf(node.picture.path);
      parent.appendChild(picture);
    }
    if (node.recording && node.recording.length) {
      const sound = element('audio', 'sound');
      sound.controls = true;
      sound.preload = 'none';
      sound.src = look.addressOf(node.recording[0].path);
      sound.setAttribute('aria-label', this.l10n.recording);
      parent.appendChild(sound);
      parent.appendChild(this.transcript(node));
    }
  };

  Talk.prototype.transcript = function (node) {
    const made = element('details', 'transcript');
    const head = element('summary', '', this.l10n.transcript);
    head.lang = this.l10n.languageCode;
    made.appendChild(head);
    made.addEventListener('toggle', this.look.resized);
    return addParagraphs(made, node.transcript);
  };

  /** What was chosen and what follows; the verdict comes later. */
  Talk.prototype.chosen = function (choice) {
    const made = element('div', 'chosen');
    const own = this.told('div', 'bubble you');
    own.appendChild(this.name(null));
    made.appendChild(addParagraphs(own, choice.text));
    if (choice.consequence) {
      made.appendChild(addParagraphs(this.told('div', 'scene'), choice.consequence));
    }
    return made;
  };

  Talk.prototype.quality = function (choice) {
    return this.l10n[QUALITY_WORDS[choice.quality]] || '';
  };

  Talk.prototype.verdict = function (choice) {
    const made = element('section', 'verdict');
    const head = texts.filled(this.l10n.why, {quality: this.quality(choice)});
    made.appendChild(element('h3', 'heading', head));
    made.appendChild(addParagraphs(this.told('div'), choice.why));
    if (choice.alternative) {
      made.appendChild(element('p', 'label', this.l10n.alternative));
      made.appendChild(addParagraphs(this.told('div'), choice.alternative));
    }
    return made;
  };

  Talk.prototype.debrief = function (node) {
    const made = element('section', 'card');
    made.appendChild(element('h3', 'heading', this.l10n.lookingBack));
    made.appendChild(addParagraphs(this.told('div'), node.text));
    if (node.takeaways && node.takeaways.length) {
      made.appendChild(element('h4', 'heading', this.l10n.takeaways));
      const list = this.told('ul', 'takeaways');
      node.takeaways.forEach((line) => list.appendChild(element('li', '', line)));
      made.appendChild(list);
    }
    return made;
  };

  /**
   * The choices as radio buttons, and a button that makes the choice final. No form is sent:
   * a frame that may not send forms would swallow it.
   */
  Talk.prototype.decision = function (choices, onChoose) {
    const made = element('fieldset', 'decision');
    const name = 'opm-choice-' + (++groups);
    made.appendChild(element('legend', 'heading', this.l10n.question));
    const problem = element('p', 'problem');
    problem.setAttribute('role', 'alert');
    const boxes = choices.map((choice) => this.option(made, name, choice));
    const decide = function () {
      const place = boxes.findIndex((box) => box.checked);
      if (place >= 0) {
        onChoose(choices[place]);
        return;
      }
      problem.textContent = this.l10n.chooseFirst;
      boxes[0].focus();
    }.bind(this);
    boxes.forEach((box) => box.addEventListener('keydown', function (event) {
      if (event.key === 'Enter') {
        event.preventDefault();
        decide();
      }
    }));
    made.appendChild(element('p', 'hint', this.l10n.final));
    made.appendChild(problem);
    made.appendChild(this.button(this.l10n.choose, decide));
    return made;
  };

  Talk.prototype.option = function (parent, name, choice) {
    const label = this.told('label', 'choice');
    const box = element('input', 'radio');
    box.type = 'radio';
    box.name = name;
    box.value = choice.id;
    label.appendChild(box);
    label.appendChild(element('span', '', choice.text));
    parent.appendChild(label);
    return box;
  };

  /** The road taken beside the stronger choices. Coming back to a decision is marked as such. */
  Talk.prototype.road = function (path) {
    const made = element('section', 'card');
    made.appendChild(element('h3', 'heading', this.l10n.road));
    const list = element('ol', 'road');
    path.forEach((step, place) => list.appendChild(this.stop(step, place + 1)));
    made.appendChild(list);
    return made;
  };

  Talk.prototype.stop = function (step, number) {
    const made = element('li', 'stop');
    const words = {number: number, quality: this.quality(step.choice)};
    made.appendChild(element('p', 'label', texts.filled(this.l10n.decision, words)));
    if (step.visit > 1) {
      made.appendChild(element('p', 'hint', this.l10n.cameBack));
    }
    made.appendChild(this.told('p', 'taken', step.choice.text));
    const better = rules.points(step.choice) < rules.bestPoints(step.node);
    (better ? rules.strongest(step.node) : []).forEach(function (choice) {
      made.appendChild(element('p', 'label', this.l10n.stronger));
      made.appendChild(this.told('p', 'other', choice.text));
    }, this);
    return made;
  };

  Talk.prototype.competencies = function (shares, names) {
    const made = element('dl', 'competencies');
    shares.forEach(function (one) {
      const known = names.find((name) => name.code === one.code);
      made.appendChild(this.told('dt', '', known ? known.name : one.code));
      made.appendChild(element('dd', '', this.l10n[band(one.share, COMPETENCY)]));
    }, this);
    return made;
  };

  Talk.prototype.contacts = function (text) {
    const made = element('section', 'card');
    made.appendChild(element('h3', 'heading', this.l10n.contacts));
    made.appendChild(addParagraphs(this.told('div'), text));
    return made;
  };

  Talk.band = band;
  Talk.element = element;
  Talk.addParagraphs = addParagraphs;
  window.Opmerkzaam.Talk = Talk;
})();
