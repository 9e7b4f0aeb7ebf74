// Beside an activity that an editor tries: lists what it reports, and keeps nothing of it.
const page = document.querySelector("[data-h5p-play]");
const frame = page.querySelector("[data-h5p-frame]");
const MOST = 200; // lines in the list
const LONGEST = 300; // characters of a line: the activity may tell anything
const HIGHEST = 20_000; // pixels
const SLOW = 20_000; // milliseconds

const watch = () => {
  const log = page.querySelector("[data-h5p-log]");
  const nothing = page.querySelector("[data-h5p-nothing]");
  const words = JSON.parse(document.getElementById("h5p-words").textContent);
  let isReady = false;

  const add = (text) => {
    const line = document.createElement("li");
    line.textContent = String(text).slice(0, LONGEST);
    log.append(line);
    log.parentElement.hidden = false;
    nothing.hidden = true;
    if (log.children.length > MOST) {
      log.firstElementChild.remove();
      nothing.hidden = false;
      nothing.textContent = words.more;
    }
  };

  const told = (statement) => {
    const verb = String(statement?.verb?.id ?? "").split("/").pop();
    const parent = statement?.context?.contextActivities?.parent;
    const parts = [words[verb] ?? verb, parent ? words.part : words.whole];
    const { score } = statement?.result ?? {};
    if (score) parts.push(words.score.replace("{raw}", score.raw).replace("{max}", score.max));
    return parts.join(", ");
  };

  const heard = {
    ready: () => {
      isReady = true;
      add(words.ready);
    },
    size: ({ height }) => {
      const fits = Number.isFinite(height) ? Math.min(Math.max(height, 100), HIGHEST) : 400;
      frame.style.height = `${fits}px`;
    },
    statement: ({ statement }) => add(told(statement)),
    state: ({ state }) => add(words.state.replace("{size}", String(state).length)),
    failed: ({ reason }) => add(words.broken.replace("{reason}", reason)),
  };

  window.addEventListener("message", (event) => {
    const facts = event.data;
    if (event.source !== frame.contentWindow || facts?.h5p !== 1) return;
    if (Object.hasOwn(heard, facts.type)) heard[facts.type](facts);
  });
  window.setTimeout(() => isReady || add(words.silent), SLOW);
};

if (frame) watch();
