// The tries of an H5P activity: which statement belongs to which, and where one is (docs/api.md says what is posted). One
// try ends once, at the first statement about the whole that says answered or completed. Who tries again inside the
// activity begins another try, but only when that comes to an end as well; what is merely told again is not sent.
"use strict";

{
  const XAPI = "http://adlnet.gov/expapi/verbs/";
  const VERBS = ["attempted", "interacted", "answered", "completed", "progressed", "passed", "failed", "experienced"];
  const DECIDE = ["answered", "completed"];
  const MOST_BYTES = 65_536;
  const MOST_TOLD = MOST_BYTES - 128; // what is told, without what stands around it
  const MOST_TEXT = 1_000_000; // characters; no activity tells so much at once
  const MOST_WAITING = 400; // an end is always taken
  const MOST_SINCE = 200; // told after the end, and sent if another end follows
  const MOST_ENDS = 3; // waiting; nobody comes to an end so often before the site answers
  const EMPTY = ["", "{}", "[]", "null", '""'];
  const STOPS = { ATTEMPT_CLOSED: "closed", TOO_MANY_TRIES: "too_many" }; // others: it went on elsewhere

  const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
  const bytes = (text) => new TextEncoder().encode(text).length;

  // Made once, as what is posted; "" where JSON has no words for it. It stops halfway through what is too much, so that
  // it takes no time either, and throws a RangeError.
  function textOf(value) {
    let left = MOST_TEXT;
    const count = (key, it) => {
      left -= key.length + (typeof it === "string" ? it.length : 1);
      if (left < 0 || ArrayBuffer.isView(it)) throw new RangeError("more than any activity tells");
      return it;
    };
    try {
      return JSON.stringify(value, count) ?? "";
    } catch (error) {
      if (error instanceof TypeError) return ""; // a circle, or a number beyond all numbers
      throw error;
    }
  }

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

  // What is too much for the site is left out: the report first. An end without words has come, but cannot be kept.
  function asKept(statement, report) {
    if (bytes(statement) > MOST_TOLD) return { statement: "", report: "" };
    return { statement, report: bytes(statement + report) > MOST_TOLD ? "" : report };
  }

  window.Tries = class Tries {
    #beginUrl;
    #run; // {nonce, next, statementUrl, stateUrl, version}: the open try, or else the last one; null before the first
    #hasEnded = false;
    #isFull = false;
    #endsWaiting = 0;
    #since = [];
    #say;

    // `say(code)` is told: ended (and kept), refused (its end could not be kept), elsewhere, closed, too_many.
    constructor({ beginUrl, nonce, nextSequence, statementUrl, stateUrl, version }, outbox, say) {
      this.#beginUrl = beginUrl;
      this.#run = nonce ? { nonce, next: Number(nextSequence), statementUrl, stateUrl, version } : null;
      this.#say = say;
      this.outbox = outbox;
    }

    // What the frame told; anything of another shape is left. A RangeError: it told more than any activity tells.
    statement({ statement, report, touched }) {
      const verb = verbOf(statement);
      const text = verb ? textOf(statement) : "";
      if (!text) return;
      const isEnd = DECIDE.includes(verb) && isAboutTheWhole(statement);
      const told = asKept(text, isEnd && isObject(report) ? textOf(report) : "");
      if (!this.#hasEnded) this.#keep(told, isEnd);
      else if (!isEnd) this.#since = [...this.#since, told].slice(-MOST_SINCE);
      else if (touched === true) this.#keepAnother(told);
      else this.#since = []; // the end that is known, told again
    }

    // Where one is: nothing after the end, and before anything was told only where somebody did something. So who merely
    // opens the page begins no try.
    place({ state, touched }) {
      if (typeof state !== "string" || this.#hasEnded) return;
      if (state.length > MOST_TEXT) throw new RangeError("more than any activity tells");
      if (bytes(state) > MOST_BYTES) return;
      if (this.#hasNotBegun) {
        if (touched !== true || EMPTY.includes(state.trim())) return;
        this.#begin();
      }
      this.outbox.put({
        isPlace: true,
        make: () => this.#message(this.#run.stateUrl, { version: this.#run.version, state }),
        done: (answer) => this.#answered(answer),
      });
    }

    get #hasNotBegun() {
      return this.#run === null && this.outbox.length === 0;
    }

    #keepAnother(told) {
      const since = this.#since;
      this.#since = [];
      if (this.#endsWaiting >= MOST_ENDS) return this.#say("refused");
      this.#begin();
      for (const one of since) this.#keep(one, false);
      return this.#keep(told, true);
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
      if (!isEnd && (this.#isFull || !told.statement || this.outbox.length >= MOST_WAITING)) return;
      if (this.#hasNotBegun) this.#begin();
      if (isEnd) this.#hasEnded = true;
      if (isEnd) this.#endsWaiting += 1;
      this.outbox.put({
        make: () => this.#statement(told),
        done: (answer) => this.#passed(this.#kept(answer, told, isEnd), isEnd),
        dropped: () => this.#passed(isEnd && this.#say("refused"), isEnd),
      });
    }

    #passed(next, isEnd) {
      if (isEnd && next !== "again") this.#endsWaiting -= 1;
      return next;
    }

    #message(url, fields) {
      return { url, body: JSON.stringify({ nonce: this.#run.nonce, ...fields }) };
    }

    #statement({ statement, report }) {
      if (!statement) throw new RangeError("more than the site takes");
      const { url, body } = this.#message(this.#run.statementUrl, { sequence: this.#run.next });
      const further = report ? `,"report":${report}` : "";
      return { url, body: `${body.slice(0, -1)},"statement":${statement}${further}}` };
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
        told.report = "";
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
