// The moments of a scenario as Wagtail's stream of blocks, and what an author need not do by hand:
// names are made and stay apart, a rename carries along what leads there, a new moment comes from
// the field that refers to it, and nothing loses its way unasked.
{
  const { StreamBlock, StreamBlockDefinition } = window.wagtailStreamField.blocks;
  const MOST_WORDS = 4;
  const MOST_LETTERS = 32;
  const FIRST_WORDS = 48;
  const WAIT = 150;

  const nameFrom = (text) => {
    const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
    const words = (plain.match(/[a-z0-9]+/g) ?? []).slice(0, MOST_WORDS);
    while (words.length > 1 && words.join("-").length > MOST_LETTERS) words.pop();
    return words.join("-").slice(0, MOST_LETTERS);
  };

  const shortened = (text) => {
    const line = text.replace(/\s+/g, " ").trim();
    if (line.length <= FIRST_WORDS) return line;
    return `${line.slice(0, FIRST_WORDS).replace(/[.,;:!?…]*( \S*)?$/, "")}…`;
  };

  // Unfold a block and everything around it, and go there.
  const show = (section) => {
    for (let panel = section; panel; panel = panel.parentElement.closest("[data-panel]")) {
      const toggle = panel.querySelector("[data-panel-toggle][aria-expanded=false]");
      if (toggle && toggle.closest("[data-panel]") === panel) toggle.click();
    }
    section.querySelector("[data-panel-toggle]")?.focus({ preventScroll: true });
    requestAnimationFrame(() => section.scrollIntoView({ behavior: "instant", block: "start" }));
  };

  const showHash = () => {
    const id = decodeURIComponent(window.location.hash.slice(1));
    const section = id.startsWith("block-") && document.getElementById(id);
    if (section) show(section);
  };

  class Nodes extends StreamBlock {
    // After the constructor, which already inserts what was saved.
    begin() {
      this.words = this.blockDef.meta.words;
      this.names = new Map(); // each moment with the name that the others know it by
      this.provisional = new Set(); // made by a picker, to be named by their first words
      this.flagged = new Set();
      this.status = document.createElement("p");
      this.status.className = "w-sr-only";
      this.status.setAttribute("role", "status");
      this.container[0].before(this.status);
      for (const child of this.children) this.names.set(child, this.nameOf(child));
      this.container[0].addEventListener("change", (event) => this.named(event.target));
      this.container[0].addEventListener("focusout", (event) => this.written(event.target));
      this.container[0].addEventListener("input", () => this.changed());
      window.opmerkzaam.moments = this;
      this.flagTwins();
      this.refresh();
      return this;
    }

    get hasBegun() {
      return Boolean(this.words);
    }

    field(child, name) {
      return child.block.childBlocks[name];
    }

    nameOf(child) {
      return (this.field(child, "name").getValue() ?? "").trim();
    }

    textOf(child) {
      return this.field(child, "text").getValue() ?? "";
    }

    childOf(element) {
      return this.children.find((child) => child.element.contains(element));
    }

    childNamed(name) {
      return this.children.find((child) => this.nameOf(child) === name);
    }

    isTaken(name, by = null) {
      return this.children.some((child) => child !== by && this.nameOf(child) === name);
    }

    freeName(wanted, by = null) {
      if (!this.isTaken(wanted, by)) return wanted;
      const stem = wanted.replace(/-\d+$/, "");
      let number = 2;
      while (this.isTaken(`${stem}-${number}`, by)) number += 1;
      return `${stem}-${number}`;
    }

    say(text) {
      this.status.textContent = text;
    }

    // Names ---------------------------------------------------------------------------------------

    named(target) {
      const child = this.childOf(target);
      if (!child || target !== this.field(child, "name").widget.input) return;
      const wanted = target.value.trim();
      if (/^[\w-]+$/u.test(wanted)) target.value = wanted;
      else this.field(child, "name").setState(nameFrom(wanted));
      this.provisional.delete(child);
      if (!this.nameOf(child)) this.rename(child, this.nameFromText(child));
      else if (!this.isTaken(this.nameOf(child), child)) this.rename(child, this.nameOf(child));
      this.flagTwins();
      this.changed();
    }

    written(target) {
      const child = this.childOf(target);
      if (!child || target !== this.field(child, "text").widget.input) return;
      const isOpen = !this.nameOf(child) || this.provisional.has(child);
      if (!isOpen || !nameFrom(target.value)) return;
      this.rename(child, this.nameFromText(child));
      this.provisional.delete(child);
      this.changed();
    }

    nameFromText(child) {
      const speaker = this.field(child, "speaker")?.getValue() ?? "";
      const words = nameFrom(`${speaker} ${this.textOf(child)}`);
      return this.freeName(words || nameFrom(this.words.kinds[child.type]), child);
    }

    // What led to the old name leads to the new one, unless another moment still has the old one.
    rename(child, name) {
      const before = this.names.get(child);
      if (this.nameOf(child) !== name) this.field(child, "name").setState(name);
      this.names.set(child, name);
      if (!before || before === name || this.isTaken(before, child)) return;
      const following = this.pickers().filter((picker) => picker.value === before);
      for (const picker of following) picker.setState(name);
      if (following.length) this.say(this.words.renamed.replace("%(name)s", name));
    }

    flagTwins() {
      for (const child of this.children) {
        const name = this.nameOf(child);
        const isTwin = Boolean(name) && this.isTaken(name, child);
        if (isTwin) this.field(child, "name").setError({ messages: [this.words.taken] });
        else if (this.flagged.has(child)) this.field(child, "name").setError(null);
        this.flagged[isTwin ? "add" : "delete"](child);
      }
    }

    // Wagtail's own actions -----------------------------------------------------------------------

    _insert(...args) {
      const child = super._insert(...args);
      if (this.hasBegun) {
        this.names.set(child, this.nameOf(child));
        this.openChoices(child);
        this.refresh();
      }
      return child;
    }

    // Wagtail gives the first choice of every new decision the same id, made with the page.
    _getChildDataForInsertion(opts) {
      const [definition, state, id] = super._getChildDataForInsertion(opts);
      const fresh = Object.entries(state).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.map((item) => (item?.id ? { value: item.value } : item)) : value,
      ]);
      return [definition, Object.fromEntries(fresh), id];
    }

    // Choices are folded when the page opens; one that is still to be written is not.
    openChoices(child) {
      for (const choice of this.field(child, "choices")?.children ?? []) {
        if (!choice.block.childBlocks.text.getValue()) choice.setError({});
      }
    }

    moveBlock(...args) {
      super.moveBlock(...args);
      this.changed();
    }

    duplicateBlock(index, opts) {
      super.duplicateBlock(index, opts);
      const copy = this.children[index + 1];
      const name = this.freeName(this.nameOf(copy), copy);
      this.field(copy, "name").setState(name);
      this.names.set(copy, name);
      this.flagTwins();
      this.changed();
    }

    async deleteBlock(index, opts) {
      const child = this.children[index];
      const name = this.nameOf(child);
      const lost = this.isTaken(name, child) ? [] : this.leadingTo(name, child);
      if (lost.length && !(await this.isSure(name, lost))) return;
      super.deleteBlock(this.children.indexOf(child), opts);
      this.names.delete(child);
      this.flagTwins();
      this.changed();
    }

    isSure(name, lost) {
      const dialog = document.createElement("dialog");
      dialog.className = "moment-dialog";
      dialog.setAttribute("aria-labelledby", "moment-dialog-title");
      const element = (tag, text) => Object.assign(document.createElement(tag), { textContent: text });
      const title = element("h2", this.words.delete_title.replace("%(name)s", name));
      title.id = "moment-dialog-title";
      const list = document.createElement("ul");
      list.append(...lost.map((words) => element("li", words)));
      const form = Object.assign(document.createElement("form"), { method: "dialog" });
      const keep = Object.assign(element("button", this.words.keep), { className: "button" });
      const remove = Object.assign(element("button", this.words.delete), {
        className: "button no",
        value: "delete",
      });
      form.append(keep, remove);
      dialog.append(title, element("p", this.words.delete_text), list, form);
      document.body.append(dialog);
      dialog.showModal();
      keep.focus();
      return new Promise((answer) => {
        dialog.addEventListener("close", () => {
          answer(dialog.returnValue === "delete");
          dialog.remove();
        });
      });
    }

    // Pickers -------------------------------------------------------------------------------------

    pickers() {
      return [...document.querySelectorAll("[data-moment-select]")]
        .filter((element) => !this.isDeleted(element))
        .map((element) => window.opmerkzaam.BoundMomentSelect.of(element));
    }

    isDeleted(element) {
      const child = element.closest("[data-streamfield-child]");
      if (!child) return false;
      const mark = child.querySelector(":scope > input[name$='-deleted']");
      return mark?.value === "1" || this.isDeleted(child.parentElement);
    }

    leadingTo(name, but) {
      return this.pickers()
        .filter((picker) => picker.value === name && !but.element.contains(picker.element))
        .map((picker) => this.placeInWords(picker.element));
    }

    placeInWords(element) {
      const child = this.childOf(element);
      if (!child) return this.words.start;
      const inner = element.closest("[data-streamfield-child]");
      if (inner === child.element) return this.nameOf(child);
      const text = inner.querySelector("textarea")?.value ?? "";
      return this.words.choice
        .replace("%(name)s", this.nameOf(child))
        .replace("%(words)s", shortened(text));
    }

    // A new moment after the one that refers to it, and after those made for its other choices.
    make(kind, element) {
      const owner = this.childOf(element);
      let index = owner ? owner.index + 1 : 0;
      const named = owner
        ? [...owner.element.querySelectorAll("[data-moment-select] input")].map((one) => one.value)
        : [];
      while (this.children[index] && named.includes(this.nameOf(this.children[index]))) index += 1;
      const [definition, state, id] = this._getChildDataForInsertion({ type: kind });
      const child = this._insert(definition, state, id, index, { animate: true });
      const name = this.freeName(nameFrom(this.words.kinds[kind]), child);
      this.field(child, "name").setState(name);
      this.names.set(child, name);
      this.provisional.add(child);
      this.refresh();
      this.say(this.words.made.replace("%(name)s", name));
      return name;
    }

    showMoment(name) {
      const child = this.childNamed(name);
      if (child) show(child.element.querySelector("[data-panel]"));
    }

    changed(wait = WAIT) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.refresh(), wait);
    }

    refresh() {
      const options = this.children.map((child) => {
        const text = shortened(this.textOf(child)) || this.words.empty;
        return [child, this.nameOf(child), this.words.kinds[child.type], text];
      });
      for (const picker of this.pickers()) {
        const others = options
          .filter(([child, name]) => name && (picker.value === name || !child.element.contains(picker.element)))
          .map(([, name, kind, text]) => [name, `${name} · ${kind} · ${text}`]);
        picker.offer(others, this.words);
      }
      for (const child of this.children) {
        child.titleElement.text(child.getTextLabel({ maxLength: 70 }) ?? "");
      }
      document.dispatchEvent(new CustomEvent("opmerkzaam:moments"));
    }
  }

  class NodesDefinition extends StreamBlockDefinition {
    render(placeholder, prefix, initialState, initialError) {
      return new Nodes(this, placeholder, prefix, initialState, initialError).begin();
    }
  }

  window.telepath.register("opmerkzaam.blocks.Nodes", NodesDefinition);

  window.addEventListener("hashchange", showHash);
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href^='#block-']");
    if (link && link.hash === window.location.hash) showHash(); // the same link again
  });
  window.addEventListener("load", () => setTimeout(showHash, WAIT));
}
