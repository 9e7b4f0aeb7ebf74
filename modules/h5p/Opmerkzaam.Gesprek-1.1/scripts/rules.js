/*
 * How a scenario is played and what it earns: the same rules as modules/rules/scenario.py of
 * Opmerkzaam, for hosts that run no Python. Pure: no page, no clock, no chance.
 * A test plays random scenarios by both and compares. Licence: EUPL-1.2.
 */
(function (root, make) {
  'use strict';
  if (typeof module === 'object' && module.exports) {
    module.exports = make();
  }
  else {
    root.Opmerkzaam = root.Opmerkzaam || {};
    root.Opmerkzaam.rules = make();
  }
})(typeof window === 'undefined' ? this : window, function () {
  'use strict';

  const POINTS = new Map([['++', 3], ['+', 2], ['0', 1], ['-', 0]]);
  const GOOD = POINTS.get('+');
  const MOST_CHOICES = 200; // on one road; a scenario without a way out would have no end

  function points(choice) {
    return POINTS.get(choice.quality) || 0;
  }

  function bestPoints(node) {
    return Math.max(0, ...choicesOf(node).map(points));
  }

  function choicesOf(node) {
    return node.choices || [];
  }

  /** The node of that name; of two alike the first counts. */
  function nodeOf(scenario, name) {
    return (scenario.nodes || []).find((node) => node.id === (name || '')) || null;
  }

  /** Choices made at a decision before, from a mapping that may have come from elsewhere. */
  function madeAt(made, name) {
    const found = Object.prototype.hasOwnProperty.call(made, name) ? made[name] : [];
    return Array.isArray(found) ? found : [];
  }

  /** The choices open to somebody who made these here before: those made least often. */
  function offered(node, made) {
    const times = (choice) => made.filter((one) => one === choice.id).length;
    const fewest = Math.min(...choicesOf(node).map(times));
    return choicesOf(node).filter((choice) => times(choice) === fewest);
  }

  function stopped(lines, fields) {
    const path = lines.filter((line) => line.choice);
    return Object.assign({lines, path, decision: null, offered: [], visit: 0, ended: false}, fields);
  }

  /**
   * Follow the choices made up to the first decision without one. `made` maps each decision to
   * the ids of the choices made there, one for each visit.
   *
   * Lines are {node} for what is said and {node, choice, visit} for what was chosen.
   */
  function play(scenario, made) {
    const lines = [];
    const done = new Map();
    let passed = new Set(); // since the last decision
    let node = nodeOf(scenario, scenario.start);
    while (node !== null && !passed.has(node.id)) {
      passed.add(node.id);
      lines.push({node: node});
      if (node.kind === 'end') {
        return stopped(lines, {ended: true});
      }
      let following = node.next;
      if (node.kind === 'decision') {
        const before = done.get(node.id) || [];
        const open = offered(node, before);
        const wanted = madeAt(made, node.id)[before.length];
        const choice = open.find((one) => one.id === wanted);
        if (wanted === undefined || choice === undefined) {
          return stopped(lines, {decision: node, offered: open, visit: before.length + 1});
        }
        done.set(node.id, before.concat([choice.id]));
        passed = new Set();
        lines.push({node: node, choice: choice, visit: before.length + 1});
        following = choice.next;
      }
      node = nodeOf(scenario, following);
    }
    return stopped(lines, {});
  }

  /** Of choices that are claimed to be made, those that can have been. */
  function possible(scenario, made) {
    const found = Object.create(null);
    play(scenario, made).path.forEach(function (step) {
      found[step.node.id] = (found[step.node.id] || []).concat([step.choice.id]);
    });
    return found;
  }

  /** The most points that each competency could earn at a decision. */
  function askedAt(node) {
    const best = new Map();
    choicesOf(node).forEach(function (choice) {
      (choice.competencies || []).forEach(function (code) {
        best.set(code, Math.max(best.get(code) || 0, points(choice)));
      });
    });
    return best;
  }

  /**
   * Points earned over the best that could be earned at the decisions met, first visits only.
   * Per competency likewise: `competencies` is a list of {code, share}, by code.
   */
  function score(path) {
    const met = new Set();
    const shown = new Map();
    const asked = new Map();
    let earned = 0;
    let attainable = 0;
    path.forEach(function (step) {
      if (met.has(step.node.id)) {
        return;
      }
      met.add(step.node.id);
      earned += points(step.choice);
      attainable += bestPoints(step.node);
      askedAt(step.node).forEach(function (best, code) {
        const shows = (step.choice.competencies || []).includes(code);
        asked.set(code, (asked.get(code) || 0) + best);
        shown.set(code, (shown.get(code) || 0) + (shows ? points(step.choice) : 0));
      });
    });
    const codes = Array.from(asked.keys()).filter((code) => asked.get(code) > 0).sort();
    return {
      earned: earned,
      attainable: attainable,
      share: attainable ? earned / attainable : null,
      competencies: codes.map((code) => ({code: code, share: shown.get(code) / asked.get(code)}))
    };
  }

  /**
   * The road in one line: "moment[.]choice[,]moment[.]choice", as xAPI writes the steps of a
   * performance. From it the score can be worked out again elsewhere.
   */
  function told(path) {
    return path.map((step) => step.node.id + '[.]' + step.choice.id).join('[,]');
  }

  /** The choices at a decision that earn the most. */
  function strongest(node) {
    const best = bestPoints(node);
    return choicesOf(node).filter((choice) => points(choice) === best);
  }

  /** What somebody meets who makes the strongest choice each time: a road with the share 1. */
  function strongRoad(scenario) {
    const made = Object.create(null);
    let run = play(scenario, made);
    while (run.decision && run.offered.length && run.path.length < MOST_CHOICES) {
      const best = Math.max(...run.offered.map(points));
      const choice = run.offered.find((one) => points(one) === best);
      made[run.decision.id] = madeAt(made, run.decision.id).concat([choice.id]);
      run = play(scenario, made);
    }
    return run.path;
  }

  return {
    GOOD: GOOD, points: points, bestPoints: bestPoints, madeAt: madeAt, offered: offered, play: play,
    possible: possible, score: score, told: told, strongest: strongest, strongRoad: strongRoad
  };
});
