// What has to be kept, sent one by one in the order in which it came; the next waits until the site has answered. What is
// tried again is exactly the same, so the site knows it when it had arrived after all. Lives as long as the page.
"use strict";

{
  const KEPT_ALIVE = 30_000; // characters; browsers let so much go on after the page has gone
  const SLOW_MS = 1_000;
  const LONGEST_PAUSE = 60; // seconds

  // Signing in again in another tab makes a new token: the cookie has it, the page does not.
  function token() {
    const cookie = document.cookie.split("; ").find((one) => one.startsWith("csrftoken="));
    return cookie?.slice("csrftoken=".length) ?? document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
  }

  async function post({ url, body }) {
    const response = await askOnce(url, {
      method: "POST",
      body,
      keepalive: body.length < KEPT_ALIVE,
      headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
    });
    if (response.status >= 500) throw new TypeError("outage");
    if (response.status === 429) {
      await pause(response.headers.get("Retry-After"));
      return post({ url, body });
    }
    return { status: response.status, isSignedOut: isSignedOut(response), content: await content(response) };
  }

  function pause(seconds) {
    const given = Math.min(Math.max(Number(seconds) || 0, 1), LONGEST_PAUSE);
    return new Promise((resolve) => setTimeout(resolve, given * 1_000));
  }

  // 403: the token is of another session, or gone with it.
  function isSignedOut(response) {
    return [401, 403].includes(response.status) || response.redirected || response.headers.has("X-Location");
  }

  async function content(response) {
    try {
      return (await response.json()) ?? {};
    } catch {
      return {};
    }
  }

  // An answer that cannot be read is no reason to send the same for ever.
  function next(task, answer) {
    try {
      return task.done(answer);
    } catch {
      return undefined;
    }
  }

  window.Outbox = class Outbox {
    #waiting = []; // [{make, done, isPlace}]; the first is on its way
    #isSending = false;
    #isInTrouble = false;
    #isClosed = false;
    #wasKept = false;
    #say;

    // `say(code)` is told how it stands: saving, kept, offline, failed, signed_out.
    constructor(say) {
      this.#say = say;
    }

    // `make` gives {url, body} when its turn has come. `done` gets the answer {status, content} and may say "again" (make
    // it anew) or "stop" (send nothing any more); what cannot be made is `dropped`. Of places, where somebody is in the activity, only the latest is sent.
    put({ make, done = () => {}, dropped = () => {}, isPlace = false }) {
      if (this.#isClosed) return;
      const same = isPlace ? this.#waiting.slice(1).find((one) => one.isPlace) : undefined;
      if (same) Object.assign(same, { make, done });
      else this.#waiting.push({ make, done, dropped, isPlace });
      this.send();
    }

    get length() {
      return this.#waiting.length;
    }

    // Whether leaving the page now would lose something: what is on its way goes on without it.
    get mayLose() {
      const left = this.#isInTrouble ? this.#waiting : this.#waiting.slice(1);
      return left.some((one) => !one.isPlace);
    }

    async send() {
      if (this.#isSending || !this.#waiting.length) return;
      this.#isSending = true;
      const slow = setTimeout(() => this.#say("saving"), SLOW_MS);
      try {
        while (this.#waiting.length && (await this.#sendFirst(slow)));
      } finally {
        clearTimeout(slow);
        this.#isSending = false;
      }
      if (!this.#waiting.length && this.#wasKept) this.#say("kept");
    }

    // Whether the next may go.
    async #sendFirst(slow) {
      const task = this.#waiting[0];
      if (!this.#isMade(task)) return true;
      const answer = await this.#ask(task.message, slow);
      this.#isInTrouble = answer === null || answer.isSignedOut;
      if (this.#isInTrouble) {
        clearTimeout(slow);
        this.#say(answer === null ? "failed" : "signed_out");
        return false;
      }
      this.#wasKept = answer.status === 200;
      this.#follow(task, next(task, answer));
      return true;
    }

    // Whether there is something to send; nothing waits behind what can never be made.
    #isMade(task) {
      try {
        task.message ??= task.make();
      } catch {
        this.#waiting.shift();
        this.#wasKept = false;
        task.dropped();
      }
      return Boolean(task.message);
    }

    async #ask(message, slow) {
      try {
        return await keepTrying(() => post(message), () => {
          clearTimeout(slow);
          this.#isInTrouble = true;
          this.#say("offline");
        });
      } catch {
        return null;
      }
    }

    #follow(task, told) {
      delete task.message;
      if (told !== "again") this.#waiting.shift();
      if (told !== "stop") return;
      this.#isClosed = true;
      this.#wasKept = false;
      this.#waiting = [];
    }
  };
}
