// Asking until the site answers: a lost connection loses nothing. For at least a minute, longer apart each time, and at
// once when the browser is on line again; after that it is for whoever asks to offer it again. Used by save.js, outbox.js.
"use strict";

{
  const RETRY_FOR_MS = 60_000;
  const FIRST_WAIT_MS = 1_000;
  const LONGEST_WAIT_MS = 8_000;
  const ANSWER_WITHIN_MS = 20_000;
  const OUTAGE = [502, 503, 504]; // over a proxy that has lost the site behind it, too, nothing is known to be saved

  const wait = (ms) =>
    new Promise((resolve) => {
      const timer = setTimeout(done, ms);
      function done() {
        clearTimeout(timer);
        window.removeEventListener("online", done);
        resolve();
      }
      window.addEventListener("online", done);
    });

  // One answer of the site; fails when there is none. A redirect is told by X-Location (config/middleware.py).
  window.askOnce = async function askOnce(url, { headers, ...options }) {
    const response = await fetch(url, {
      credentials: "same-origin",
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      ...options,
      headers: { "X-Requested-With": "fetch", ...headers },
    });
    if (OUTAGE.includes(response.status)) throw new TypeError("outage");
    return response;
  };

  // `ask` is called again and again, so it must ask exactly the same each time.
  window.keepTrying = async function keepTrying(ask, onFailure) {
    const began = Date.now();
    let pause = FIRST_WAIT_MS;
    for (;;) {
      try {
        return await ask();
      } catch (error) {
        if (Date.now() - began >= RETRY_FOR_MS) throw error;
        onFailure();
        await wait(pause);
        pause = Math.min(pause * 2, LONGEST_WAIT_MS);
      }
    }
  };
}
