// An H5P activity in the page: the height of its frame, and what is said about what it tells. What plays in the frame is a
// stranger's: only messages of that very frame and of a known shape are taken, and nothing of them becomes part of the
// page. Without an address to begin a try at (a preview, a module that is closed) it plays and nothing is sent.
"use strict";

{
  const HIGHEST = 30_000; // pixels
  const MOST_A_SECOND = 100; // messages that are looked at
  const FLOOD = { aSecond: 1_000, atOnce: 3_000 }; // messages that come; more is a flood, and the frame goes
  const COST_OF_A_MS = 10; // in messages: what takes long to look at is a flood sooner
  const MOST_COST = 1_000; // once, for the machine may have been busy with something else
  const SHRINKS_AFTER_MS = 400;
  const ASKED_AFTER_MS = 500;
  const LOADED_WITHIN_MS = 30_000;
  const CALM = ["saving", "kept", "ended"];

  const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
  const part = (root, name) => root.querySelector(`[data-activity-${name}]`);

  function play(root) {
    const frame = part(root, "frame").content.firstElementChild.cloneNode(true);
    const tries = root.dataset.beginUrl ? triesOf(root) : null;
    const late = setTimeout(() => arrived(root, false), LOADED_WITHIN_MS);
    const come = (isWell) => {
      clearTimeout(late);
      arrived(root, isWell);
    };
    const listening = new AbortController();
    const mayTake = budget({ aSecond: MOST_A_SECOND, atOnce: MOST_A_SECOND });
    const isBearable = budget(FLOOD);
    const take = {
      ready: () => come(true),
      failed: () => come(false),
      size: oncePerFrame(({ height }) => {
        fit(frame, height);
        if (tries) askForPlace(frame, ASKED_AFTER_MS); // something is on another page of it, or further on
      }),
      statement: (message) => tries?.statement(message),
      state: (message) => tries?.place(message),
    };
    const takeOut = () => {
      listening.abort();
      frame.remove();
      come(false);
    };
    const hear = (event) => {
      if (event.source !== frame.contentWindow || event.origin !== "null") return;
      if (!isBearable()) takeOut();
      else if (mayTake() && !isBearable(costOf(() => takeOne(take, event)))) takeOut();
    };
    window.addEventListener("message", hear, { signal: listening.signal });
    part(root, "loading").hidden = false;
    part(root, "place").append(frame); // listening already: nothing that it says is missed
    if (tries) watchLeaving(frame, tries.outbox);
  }

  // Reading `data` is what takes time when there is much of it, so it is read here and not before.
  function takeOne(take, event) {
    const { data } = event;
    if (isObject(data) && data.h5p === 1 && Object.hasOwn(take, data.type)) take[data.type](data);
  }

  function costOf(act) {
    const began = performance.now();
    try {
      act();
    } catch (error) {
      if (error instanceof RangeError) return Infinity; // more than any activity tells, or deeper
      throw error;
    }
    return Math.min((performance.now() - began) * COST_OF_A_MS, MOST_COST);
  }

  // True as long as there is something left of so much a second.
  function budget({ aSecond, atOnce }) {
    let left = atOnce;
    let last = performance.now();
    return (cost = 1) => {
      const now = performance.now();
      left = Math.min(atOnce, left + ((now - last) / 1_000) * aSecond);
      last = now;
      if (cost > left) return false;
      left -= cost;
      return true;
    };
  }

  // Only the latest counts, and never more often than the page is drawn.
  function oncePerFrame(act) {
    let latest = null;
    return (message) => {
      if (latest === null) {
        requestAnimationFrame(() => {
          const last = latest;
          latest = null;
          act(last);
        });
      }
      latest = message;
    };
  }

  function arrived(root, isWell) {
    part(root, "loading").hidden = true;
    part(root, "trouble").hidden = isWell;
  }

  // At once when it grows, later when it shrinks: between two pages of an activity it would jump up and down.
  function fit(frame, height) {
    if (!Number.isFinite(height) || height < 0) return;
    const borders = frame.offsetHeight - frame.clientHeight;
    const wanted = Math.min(Math.ceil(height), HIGHEST) + borders;
    const set = () => (frame.style.blockSize = `${wanted}px`);
    clearTimeout(frame.shrinking);
    frame.classList.add("activity__frame--fits");
    if (wanted >= frame.offsetHeight) set();
    else frame.shrinking = setTimeout(set, SHRINKS_AFTER_MS);
  }

  function triesOf(root) {
    const outbox = new Outbox((code) => say(root, code));
    root.addEventListener("click", ({ target }) => {
      if (target.closest("[data-activity-again]")) outbox.send();
      if (target.closest("[data-activity-reload]")) window.location.reload();
    });
    return new Tries(root.dataset, outbox, async (code) => {
      if (code === "ended") await showResult();
      say(root, code);
    });
  }

  // The words stand in a template for each code, so that the site chooses and translates them.
  function say(root, code) {
    const status = part(root, "status");
    const words = root.querySelector(`template[data-activity-words="${code}"]`).content.cloneNode(true);
    const time = words.querySelector("time");
    const now = new Date();
    if (time) time.textContent = now.toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
    if (status.textContent.trim() === words.textContent.trim()) return; // what is said twice is heard twice
    status.classList.toggle("save-status--calm", CALM.includes(code));
    status.replaceChildren(words);
  }

  // The site writes the result; only that part of the page is put in anew, so the activity plays on.
  async function showResult() {
    try {
      const response = await askOnce(window.location.pathname, { method: "GET" });
      const fresh = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("[data-activity-after]");
      if (fresh) document.querySelector("[data-activity-after]").replaceWith(fresh);
    } catch {
      // it is kept, and stands there when the page is opened again
    }
  }

  // Where one is. The frame tells it by itself too, but only now and then.
  function askForPlace(frame, after = 0) {
    const ask = () => frame.contentWindow?.postMessage({ h5p: 1, type: "save" }, "*");
    clearTimeout(frame.asking);
    if (after) frame.asking = setTimeout(ask, after);
    else ask();
  }

  // It is asked for when one turns from the frame to the page around it or to another tab, for that may be the last of it.
  function watchLeaving(frame, outbox) {
    window.addEventListener("focus", () => askForPlace(frame));
    document.addEventListener("visibilitychange", () => (document.hidden ? askForPlace(frame) : outbox.send()));
    const asking = new AbortController();
    const askBeforeLeaving = (event) => outbox.mayLose && event.preventDefault();
    window.addEventListener("beforeunload", askBeforeLeaving, { signal: asking.signal });
    window.addEventListener("quickexit", () => asking.abort()); // who leaves quickly is not safe here
    window.addEventListener("pageshow", ({ persisted }) => {
      if (!persisted) return; // from the browser's memory: somebody may have gone on elsewhere meanwhile
      if (outbox.length) outbox.send();
      else window.location.reload();
    });
  }

  for (const root of document.querySelectorAll("[data-activity]")) play(root);
}
