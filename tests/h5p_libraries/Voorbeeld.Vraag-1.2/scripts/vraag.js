/*
 * A question with one good answer: one `answered`, with its score and the number of the answer.
 * params: {question, answers: [{text, correct}], tellAgain}. With `tellAgain` it tells its result
 * again when it is shown again, as some content types do. Licence: EUPL-1.2.
 */
(function () {
  'use strict';

  const basis = window.Voorbeeld.Basis;

  const Vraag = basis.contentType(function (params, contentId, extras) {
    H5P.EventDispatcher.call(this);
    const state = (extras && extras.previousState) || {};
    this.params = params || {};
    this.answers = this.params.answers || [];
    this.contentId = contentId;
    this.extras = extras || {};
    this.chosen = this.answers[state.chosen] ? state.chosen : null;
    this.isDone = this.chosen !== null && state.isDone === true;
  });

  Vraag.prototype.attach = function ($container) {
    this.root = basis.container($container, 'voorbeeld-vraag');
    this.setActivityStarted();
    this.draw();
    if (this.isDone && this.params.tellAgain) {
      this.tell();
    }
  };

  Vraag.prototype.draw = function () {
    const group = basis.element('fieldset');
    this.root.textContent = '';
    group.appendChild(basis.element('legend', this.params.question));
    this.answers.forEach((answer, index) => group.appendChild(this.drawAnswer(answer, index)));
    this.root.appendChild(group);
    this.status = basis.element('p', this.isDone ? this.verdict() : '');
    this.status.setAttribute('role', 'status');
    this.root.appendChild(this.status);
    const text = this.isDone ? 'Opnieuw' : 'Klaar';
    const pressed = () => this.isDone ? this.resetTask() : this.finish();
    this.root.appendChild(basis.button(text, pressed));
    this.trigger('resize');
  };

  Vraag.prototype.drawAnswer = function (answer, index) {
    const label = basis.element('label');
    const radio = document.createElement('input');
    radio.type = 'radio';
    radio.name = 'vraag-' + this.contentId + '-' + (this.subContentId || '');
    radio.checked = this.chosen === index;
    radio.disabled = this.isDone;
    radio.addEventListener('change', () => {
      this.chosen = index;
      this.triggerXAPI('interacted');
    });
    label.appendChild(radio);
    label.appendChild(basis.element('span', answer.text));
    return label;
  };

  Vraag.prototype.verdict = function () {
    return this.getScore() ? 'Goed' : 'Niet goed';
  };

  Vraag.prototype.finish = function () {
    if (this.chosen === null) {
      this.status.textContent = 'Kies eerst een antwoord.';
      return;
    }
    this.isDone = true;
    this.draw();
    this.tell();
  };

  Vraag.prototype.tell = function () {
    this.trigger(this.answered());
  };

  Vraag.prototype.answered = function () {
    const event = this.createXAPIEventTemplate('answered');
    const statement = event.data.statement;
    event.setScoredResult(this.getScore(), this.getMaxScore(), this, true, this.getScore() === 1);
    statement.result.response = this.chosen === null ? '' : String(this.chosen);
    Object.assign(statement.object.definition, {
      interactionType: 'choice',
      type: 'http://adlnet.gov/expapi/activities/cmi.interaction',
      description: {'en-US': this.params.question},
      choices: this.answers.map((answer, index) => (
        {id: String(index), description: {'en-US': answer.text}}
      ))
    });
    return event;
  };

  Vraag.prototype.getTitle = function () {
    return H5P.createTitle((this.extras.metadata || {}).title || 'Vraag');
  };

  Vraag.prototype.getScore = function () {
    return this.isDone && this.answers[this.chosen].correct ? 1 : 0;
  };

  Vraag.prototype.getMaxScore = function () {
    return 1;
  };

  Vraag.prototype.getAnswerGiven = function () {
    return this.isDone;
  };

  Vraag.prototype.showSolutions = function () {
    this.status.textContent = this.verdict();
  };

  Vraag.prototype.resetTask = function () {
    this.chosen = null;
    this.isDone = false;
    this.draw();
  };

  Vraag.prototype.getCurrentState = function () {
    return this.chosen === null ? {} : {chosen: this.chosen, isDone: this.isDone};
  };

  Vraag.prototype.getXAPIData = function () {
    return {statement: this.answered().data.statement};
  };

  window.Voorbeeld.Vraag = Vraag;
})();
