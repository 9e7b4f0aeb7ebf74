/* What is told to the host: statements of xAPI, built with what H5P's core gives. Licence: EUPL-1.2. */
(function () {
  'use strict';

  const rules = window.Opmerkzaam.rules;
  const CHOICE = 'http://adlnet.gov/expapi/activities/cmi.interaction';
  const ENDING_POINT = 'http://id.tincanapi.com/extension/ending-point';
  const COMPETENCIES = 'urn:opmerkzaam:competency-shares';

  /** A text under the key that hosts read ("en-US", whatever the language) and under its own. */
  function inLanguage(text, language) {
    const found = {'en-US': text};
    found[language] = text;
    return found;
  }

  /** A decision as H5P sees a part of a content: with an id, a title and the whole above it. */
  function partOf(whole, step, startedAt) {
    return {
      contentId: whole.contentId,
      subContentId: step.node.subContentId || step.node.id,
      parent: whole,
      libraryInfo: whole.libraryInfo,
      activityStartTime: startedAt,
      getTitle: () => step.node.text || ''
    };
  }

  function definition(step, order, language) {
    return {
      interactionType: 'choice',
      type: CHOICE,
      name: inLanguage(step.node.text || '', language),
      description: inLanguage(step.node.text || '', language),
      choices: order.map((choice) => ({
        id: choice.id, description: inLanguage(choice.text || '', language)
      })),
      correctResponsesPattern: rules.strongest(step.node).map((choice) => choice.id)
    };
  }

  /**
   * A choice at a decision. The first visit is `answered`, with its points, and succeeds from
   * "+" on; coming back does not count and is `interacted`. `order` is the order shown.
   */
  function ofChoice(whole, step, order, language, startedAt) {
    const part = partOf(whole, step, startedAt);
    const counts = step.visit === 1;
    const event = new H5P.XAPIEvent();
    event.setActor();
    event.setVerb(counts ? 'answered' : 'interacted');
    event.setObject(part);
    event.setContext(part);
    if (counts) {
      const points = rules.points(step.choice);
      event.setScoredResult(points, rules.bestPoints(step.node), part, true, points >= rules.GOOD);
    }
    const statement = event.data.statement;
    statement.result = statement.result || {};
    statement.result.response = step.choice.id;
    Object.assign(statement.object.definition, definition(step, order, language));
    return event;
  }

  /** How far somebody is, after a choice; hosts also save the state on it. */
  function ofProgress(whole, decisions) {
    const event = whole.createXAPIEventTemplate('progressed');
    const extensions = event.data.statement.object.definition.extensions || {};
    extensions[ENDING_POINT] = decisions;
    event.data.statement.object.definition.extensions = extensions;
    return event;
  }

  /**
   * The whole, with its score and the road taken, later visits too. Nobody passes or fails a
   * conversation: there is no `success`.
   */
  function ofWhole(whole, run, max, language) {
    const score = rules.score(run.path);
    const event = whole.createXAPIEventTemplate('completed');
    event.setScoredResult(score.earned, max, whole, run.ended);
    const statement = event.data.statement;
    statement.result.response = rules.told(run.path);
    Object.assign(statement.object.definition, {
      interactionType: 'compound',
      type: CHOICE,
      description: inLanguage(whole.getTitle(), language)
    });
    if (score.competencies.length) {
      const shares = {};
      score.competencies.forEach(function (one) {
        shares[one.code] = one.share;
      });
      statement.result.extensions = {};
      statement.result.extensions[COMPETENCIES] = shares;
    }
    return event;
  }

  window.Opmerkzaam.statements = {ofChoice: ofChoice, ofProgress: ofProgress, ofWhole: ofWhole};
})();
