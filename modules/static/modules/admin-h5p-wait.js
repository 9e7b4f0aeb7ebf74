// Asks whether a file was checked, and shows the page again once it was.
const place = document.querySelector("[data-h5p-wait]");
const state = place.querySelector("[data-h5p-state]");
const note = place.querySelector("[data-h5p-note]");
const EVERY = 1_500; // milliseconds
const LONG = 40; // times asked before it says that it takes long
let asked = 0;

const ask = async () => {
  asked += 1;
  try {
    const answer = await fetch(place.dataset.h5pWait, { redirect: "error" });
    const found = await answer.json();
    if (found.is_over) {
      window.location.reload();
      return;
    }
    if (state.textContent !== found.text) state.textContent = found.text;
  } catch {
    // no connection, or signed out: the link on the page stays
  }
  if (asked === LONG) note.textContent = place.dataset.long;
  window.setTimeout(ask, asked < LONG ? EVERY : EVERY * 4);
};

window.setTimeout(ask, EVERY);
