// A conversation, one beat at a time. The beats to come wait in a <template>, and the choices after them in another, so
// that between two decisions nothing is asked of the site. Without this script the link asks for the next beat.
// New lines are announced by the log that they are put in; the focus stays on the link, and goes to what asks for more.
"use strict"; // or the names of these functions would be seen outside the braces

{
  const part = (root, name) => root.querySelector(`[data-talk-${name}]`);
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");

  // Told by the focus instead: what is said twice is heard twice.
  function quietly(log, change) {
    log.setAttribute("aria-live", "off");
    change();
    window.setTimeout(() => log.removeAttribute("aria-live"), 500);
  }

  function add(root, beats) {
    document.getElementById("laatste")?.removeAttribute("id");
    for (const beat of beats) {
      part(root, "lines").append(beat);
      beat.classList.add("beat--new");
    }
    const first = beats[0];
    const last = beats.at(-1);
    if (!last) return;
    last.id = "laatste";
    last.tabIndex = -1;
    bringIntoView(first);
  }

  function bringIntoView(element, block = "nearest") {
    element.scrollIntoView({ block, behavior: calm.matches ? "auto" : "smooth" });
  }

  // The place in the address, so that this page opened again opens here.
  function arriveAt(root, number) {
    root.dataset.at = String(number);
    window.history.replaceState(null, "", `?regel=${number}`);
  }

  // How long the choices are in view, not how long the page was: the site takes no more than it knows.
  let shownAt = performance.now();

  document.addEventListener(
    "submit",
    (event) => {
      const field = part(event.target, "in-view");
      if (field) field.value = ((performance.now() - shownAt) / 1000).toFixed(1);
    },
    true, // before save.js takes the form
  );

  function goOn(root) {
    const beat = part(root, "coming").content.firstElementChild;
    const last = Number(root.dataset.last);
    const number = beat ? Number(beat.dataset.beat) : last;
    if (number < last) {
      add(root, [beat]);
    } else {
      quietly(part(root, "lines"), () => {
        if (beat) add(root, [beat]);
        part(root, "place").replaceChildren(part(root, "then").content);
        shownAt = performance.now();
        part(root, "bar").hidden = true;
        part(root, "focus")?.focus({ preventScroll: true });
      });
      bringIntoView(beat ?? part(root, "place"), "start");
    }
    arriveAt(root, number);
  }

  // What followed a choice, when it joins on to what is in view. False: the page has to be opened anew.
  function take(root, answer) {
    const fresh = answer.querySelector("[data-talk]");
    if (fresh?.dataset.after !== root.dataset.at) return false;
    part(root, "coming").replaceWith(part(fresh, "coming"));
    part(root, "then").replaceWith(part(fresh, "then"));
    part(root, "place").replaceChildren(...part(fresh, "place").childNodes);
    part(root, "bar").replaceWith(part(fresh, "bar"));
    root.dataset.last = fresh.dataset.last;
    shownAt = performance.now();
    part(root, "on").focus({ preventScroll: true });
    add(root, [...part(fresh, "lines").children]);
    arriveAt(root, fresh.dataset.at);
    return true;
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-talk-on]");
    if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    goOn(link.closest("[data-talk]"));
  });

  document.addEventListener("answered", (event) => {
    const root = event.target.closest("[data-talk]");
    if (root && take(root, event.detail)) event.preventDefault();
  });
}
