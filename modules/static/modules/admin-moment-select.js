// Picking a moment of the scenario: a list of those that are there, and new ones. The hidden field
// holds the name; admin-moments.js knows the moments. Making a new moment by keyboard takes an
// Enter, as moving through a list with the arrows already chooses.
window.opmerkzaam = window.opmerkzaam ?? { widgets: {}, blocks: {}, moments: null };

class BoundMomentSelect {
  constructor(element) {
    this.element = element;
    element.momentSelect = this;
    this.input = element.querySelector("input[type=hidden]");
    this.select = element.querySelector("select");
    this.makeButton = element.querySelector("[data-moment-make]");
    this.showButton = element.querySelector("[data-moment-show]");
    this.idForLabel = this.select.id;
    this.isByKeys = false;
    this.listen();
    window.opmerkzaam.moments?.changed(0);
  }

  static of(element) {
    return element.momentSelect ?? new BoundMomentSelect(element);
  }

  listen() {
    this.select.addEventListener("pointerdown", () => (this.isByKeys = false));
    this.select.addEventListener("keydown", (event) => {
      this.isByKeys = true;
      if (event.key !== "Enter" || !this.wanted) return;
      event.preventDefault();
      this.make();
    });
    this.select.addEventListener("change", () => this.chosen());
    this.makeButton.addEventListener("click", () => this.make());
    this.showButton.addEventListener("click", () => this.moments?.showMoment(this.value));
    this.element.addEventListener("focusout", (event) => {
      if (this.wanted && !this.element.contains(event.relatedTarget)) this.reset();
    });
  }

  get moments() {
    return window.opmerkzaam.moments;
  }

  get value() {
    return this.input.value;
  }

  get wanted() {
    const [, kind] = this.select.value.split("new:");
    return kind;
  }

  chosen() {
    const kind = this.wanted;
    this.makeButton.hidden = !(kind && this.isByKeys);
    if (kind && this.isByKeys) this.moments.say(this.moments.words.press_enter);
    else if (kind) this.make();
    else this.take(this.select.value);
  }

  make() {
    const name = this.moments.make(this.wanted, this.element);
    this.makeButton.hidden = true;
    this.take(name);
    this.select.focus({ preventScroll: true });
  }

  take(name) {
    this.setState(name);
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
    this.moments?.changed();
  }

  reset() {
    this.makeButton.hidden = true;
    this.select.value = this.value;
  }

  // Called by admin-moments.js: `options` are [name, label], the own moment left out.
  offer(options, words) {
    if (document.activeElement === this.select && this.wanted) return;
    const isThere = options.some(([name]) => name === this.value);
    const group = (label, entries) => {
      const element = document.createElement("optgroup");
      element.label = label;
      element.append(...entries.map(([value, text]) => new Option(text, value)));
      return element;
    };
    const empty = this.element.closest("[data-streamfield-child]") ? words.choose : words.first;
    const kinds = Object.entries(words.kinds);
    const entries = [new Option(empty, "")];
    if (this.value && !isThere) {
      entries.push(new Option(words.gone.replace("%(name)s", this.value), this.value));
    }
    if (options.length) entries.push(group(words.moments, options));
    const made = kinds.map(([kind, label]) => [`new:${kind}`, words.new.replace("%(kind)s", label)]);
    entries.push(group(words.make, made));
    this.select.replaceChildren(...entries);
    this.select.value = this.value;
    this.showButton.hidden = !isThere;
    this.element.classList.toggle("moment-select--gone", Boolean(this.value) && !isThere);
  }

  // What Wagtail asks of a field in a block.
  getValue() {
    return this.value;
  }

  getState() {
    return this.value;
  }

  setState(name) {
    this.input.value = name ?? "";
    if (![...this.select.options].some((option) => option.value === this.input.value)) {
      this.select.add(new Option(this.input.value, this.input.value));
    }
    this.select.value = this.input.value;
  }

  setInvalid(isInvalid) {
    if (isInvalid) this.select.setAttribute("aria-invalid", "true");
    else this.select.removeAttribute("aria-invalid");
  }

  getTextLabel() {
    return this.value;
  }

  focus() {
    this.select.focus();
  }
}

window.opmerkzaam.BoundMomentSelect = BoundMomentSelect;

window.opmerkzaam.widgets.MomentSelect = class {
  constructor(html) {
    this.html = html;
  }

  render(placeholder, name, id, initialState, _capabilities, options) {
    const holder = document.createElement("template");
    holder.innerHTML = this.html.replace(/__NAME__/g, name).replace(/__ID__/g, id).trim();
    const element = holder.content.firstElementChild;
    placeholder.replaceWith(element);
    const bound = BoundMomentSelect.of(element);
    const help = options?.attributes?.["aria-describedby"];
    if (help) bound.select.setAttribute("aria-describedby", help);
    bound.setState(initialState);
    return bound;
  }

  getByName(name, container) {
    const input = container.querySelector(`[name="${name}"]`);
    return BoundMomentSelect.of(input.closest("[data-moment-select]"));
  }
};

window.telepath.register("opmerkzaam.widgets.MomentSelect", window.opmerkzaam.widgets.MomentSelect);
