/*
 * Questions in a row. Each child tells its own `answered`, with this as its parent; when all have
 * been answered this tells `completed` with the sum. params: {questions: [{library, params,
 * subContentId, metadata}], tellAgain}. Licence: EUPL-1.2.
 */
(function () {
  'use strict';

  const basis = window.Voorbeeld.Basis;

  const Reeks = basis.contentType(function (params, contentId, extras) {
    H5P.EventDispatcher.call(this);
    const state = (extras && extras.previousState) || {};
    this.params = params || {};
    this.contentId = contentId;
    this.extras = extras || {};
    this.saved = Array.isArray(state.children) ? state.children : [];
    this.isDone = state.isDone === true;
    this.children = (this.params.questions || []).map((question, index) => (
      H5P.newRunnable(question, contentId, undefined, true, {
        parent: this, previousState: this.saved[index]
      })
    ));
  });

  Reeks.prototype.attach = function ($container) {
    this.root = basis.container($container, 'voorbeeld-reeks');
    this.setActivityStarted();
    this.children.forEach((child) => {
      const place = basis.element('div');
      this.root.appendChild(place);
      child.attach(H5P.jQuery(place));
      child.on('xAPI', (event) => this.hear(event));
    });
    this.status = basis.element('p', this.isDone ? this.verdict() : '');
    this.status.setAttribute('role', 'status');
    this.root.appendChild(this.status);
    if (this.isDone && this.params.tellAgain) {
      this.tell();
    }
  };

  Reeks.prototype.hear = function (event) {
    const isAnswer = event.getVerb() === 'answered';
    if (isAnswer && !this.isDone && this.children.every((child) => child.getAnswerGiven())) {
      this.isDone = true;
      this.status.textContent = this.verdict();
      this.trigger('resize');
      window.setTimeout(() => this.tell()); // after the answer of the child has been told
    }
  };

  Reeks.prototype.verdict = function () {
    return this.getScore() + ' van de ' + this.getMaxScore();
  };

  Reeks.prototype.tell = function () {
    this.trigger(this.completed());
  };

  Reeks.prototype.completed = function () {
    const event = this.createXAPIEventTemplate('completed');
    event.setScoredResult(this.getScore(), this.getMaxScore(), this, this.isDone);
    return event;
  };

  Reeks.prototype.sum = function (name) {
    return this.children.reduce((sum, child) => sum + child[name](), 0);
  };

  Reeks.prototype.getTitle = function () {
    return H5P.createTitle((this.extras.metadata || {}).title || 'Reeks');
  };

  Reeks.prototype.getScore = function () {
    return this.sum('getScore');
  };

  Reeks.prototype.getMaxScore = function () {
    return this.sum('getMaxScore');
  };

  Reeks.prototype.getAnswerGiven = function () {
    return this.isDone;
  };

  Reeks.prototype.resetTask = function () {
    this.isDone = false;
    this.status.textContent = '';
    this.children.forEach((child) => child.resetTask());
  };

  Reeks.prototype.showSolutions = function () {
    this.children.forEach((child) => child.showSolutions());
  };

  Reeks.prototype.getCurrentState = function () {
    return {isDone: this.isDone, children: this.children.map((child) => child.getCurrentState())};
  };

  Reeks.prototype.getXAPIData = function () {
    return {
      statement: this.completed().data.statement,
      children: this.children.map((child) => child.getXAPIData())
    };
  };

  window.Voorbeeld.Reeks = Reeks;
})();
