/* Plays scenarios by the rules in the package: a line of JSON in, {content, made}; a line out. */
const path = require('node:path');
const readline = require('node:readline');

const scripts = path.resolve(process.argv[2], 'scripts');
const rules = require(path.join(scripts, 'rules.js'));
const texts = require(path.join(scripts, 'texts.js'));
const pair = (step) => [step.node.id, step.choice.id];

function answered({content, made, seed}) {
  const scenario = texts.allPlain(content);
  const run = rules.play(scenario, made);
  const score = rules.score(run.path);
  const strong = rules.strongRoad(scenario);
  return {
    lines: run.lines.map((line) => (line.choice ? pair(line) : line.node.id)),
    told: rules.told(run.path),
    visits: run.path.map((step) => step.visit),
    decision: run.decision && run.decision.id,
    offered: run.offered.map((choice) => choice.id),
    visit: run.visit,
    ended: run.ended,
    earned: score.earned,
    attainable: score.attainable,
    share: score.share,
    competencies: score.competencies.map((one) => [one.code, one.share]),
    strong: {road: strong.map(pair), share: rules.score(strong).share},
    shuffled: texts.shuffled(run.offered.map((choice) => choice.id), seed),
    texts: scenario.nodes.map((node) => node.text || '')
  };
}

readline.createInterface({input: process.stdin}).on('line', function (line) {
  process.stdout.write(JSON.stringify(answered(JSON.parse(line))) + '\n');
});
