// The tries of an H5P activity: which statement belongs to which, and where one is (docs/api.md says what is posted). One
// try ends once, at the first statement about the whole that says answered or completed. Who tries again inside the
// activity begins another try, but only when that comes to an end as well; what is merely told again is not sent.
"use strict";

{
  const XAPI = "http://adlnet.gov/expapi/verbs/";
  const VERBS = ["attempted", "interacted", "answered", "completed", "progressed", "passed", "failed", "experienced"];
  const DECIDE = ["answered", "completed"];
  const MOST_BYTES = 65_536;
  const MOST_WAITING = 400; // an end is always taken
  const MOST_SINCE = 200; // told after the end, and sent if another end follows
  const STOPS = { ATTEMPT_CLOSED: "closed", TOO_MANY_TRIES: "too_many" }; // others: it went on elsewhere

  const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
  const bytes = (text) => new TextEncoder().encode(text).length;

  // The verb, as far as it is one that is kept.
  function verbOf(statement) {
    const id = isObject(statement) && isObject(statement.verb) ? statement.verb.id : "";
    return VERBS.find((verb) => id === XAPI + verb);
  }

  function isAboutTheWhole({ context, object }) {
    const parents = context?.contextActivities?.parent;
    const isPart = /[?&]subContentId=[^&#]/.test(object?.id ?? "");
    return !isPart && (Array.isArray(parents) ? parents.length === 0 : !parents);
  }

  window.Tries = class Tries {
    #beginUrl;
    #run; // {nonce, next, statementUrl, stateUrl, version}: the open try, or else the last one; null before the first
    #hasEnded = false;
    #isFull = false;
    #since = [];
    #say;

    // `say(code)` is told: ended (and kept), refused (its end could not be kept), elsewhere, closed, too_many.
    constructor({ beginUrl, nonce, nextSequence, statementUrl, stateUrl, version }, outbox, say) {
      this.#beginUrl = beginUrl;
      this.#run = nonce ? { nonce, next: Number(nextSequence), statementUrl, stateUrl, version } : null;
      this.#say = say;
      this.outbox = outbox;
    }

    // What the frame told; anything of another shape is left.
    statement({ statement, report, touched }) {
      const verb = verbOf(statement);
      if (!verb) return;
      const told = isObject(report) ? { statement, report } : { statement };
      const isEnd = DECIDE.includes(verb) && isAboutTheWhole(statement);
      if (!this.#hasEnded) this.#keep(told, isEnd);
      else if (!isEnd) this.#since = [...this.#since, told].slice(-MOST_SINCE);
      else if (touched === true) this.#keepAnother(told);
      else this.#since = []; // the end that is known, told again
    }

    // Where one is: nothing before anything was told, and nothing after the end.
    place(state) {
      if (typeof state !== "string" || bytes(state) > MOST_BYTES || this.#hasEnded) return;
      if (this.#run === null && this.outbox.length === 0) return;
      this.outbox.put({
        isPlace: true,
        make: () => this.#message(this.#run.stateUrl, { version: this.#run.version, state }),
        done: (answer) => this.#answered(answer),
      });
    }

    #keepAnother(told) {
      this.#begin();
      for (const one of this.#since) this.#keep(one, false);
      this.#since = [];
      this.#keep(told, true);
    }

    #begin() {
      this.#isFull = false;
      this.outbox.put({
        make: () => ({ url: this.#beginUrl, body: JSON.stringify({ nonce: this.#run?.nonce ?? "" }) }),
        done: (answer) => {
          const { nonce, sequence: next, statement_url: statementUrl, state_url: stateUrl, version } = answer.content;
          if (answer.status === 200) this.#run = { nonce, next, statementUrl, stateUrl, version };
          else return this.#stop(answer.content.code);
        },
      });
    }

    #keep(told, isEnd) {
      if (!isEnd && (this.#isFull || this.outbox.length >= MOST_WAITING)) return;
      if (this.#run === null && this.outbox.length === 0) this.#begin();
      if (isEnd) this.#hasEnded = true;
      this.outbox.put({
        make: () => {
          const whole = this.#message(this.#run.statementUrl, { sequence: this.#run.next, ...told });
          if (bytes(whole.body) <= MOST_BYTES || !told.report) return whole;
          delete told.report;
          return this.#message(this.#run.statementUrl, { sequence: this.#run.next, ...told });
        },
        done: (answer) => this.#kept(answer, told, isEnd),
      });
    }

    #message(url, fields) {
      return { url, body: JSON.stringify({ nonce: this.#run.nonce, ...fields }) };
    }

    #kept(answer, told, isEnd) {
      const { status, content } = answer;
      if (status === 200) {
        this.#run.next += 1;
        if (content.ended && !content.kept) return this.#stop(""); // it had come to its end in another window
        if (isEnd) this.#say("ended");
        return undefined;
      }
      if (status === 409 && content.code === "SEQUENCE_TAKEN") {
        this.#run.next = content.sequence; // another window told something in the same try
        return "again";
      }
      if (status === 413 && told.report) {
        delete told.report;
        return "again";
      }
      if (status === 409 && content.code === "TRY_IS_FULL") {
        this.#isFull = true;
        return undefined;
      }
      const next = this.#answered(answer);
      if (isEnd && next !== "stop") this.#say("refused");
      return next;
    }

    // What was refused for itself holds nothing up; the rest ends here.
    #answered({ status, content }) {
      return [404, 409].includes(status) ? this.#stop(content.code) : undefined;
    }

    #stop(code) {
      this.#say(STOPS[code] ?? "elsewhere");
      return "stop";
    }
  };
}
