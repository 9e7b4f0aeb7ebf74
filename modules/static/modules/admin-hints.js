// Beside each text of a scenario: how it reads and what in it steers or blames. The server knows the
// rules (modules/rules/readability.py, phrasing.py); this asks it when somebody stops typing.
{
  const WAIT = 700;
  const asked = new Map(); // each field with the text and quality that its hints are about
  let timer = null;

  const fields = () => [
    ...document.querySelectorAll("[data-streamfield-stream-container] textarea, #id_note"),
  ];

  const qualityOf = (field) => {
    if (!/-choices-\d+-value-text$/.test(field.name)) return "";
    const select = document.getElementsByName(field.name.replace(/text$/, "quality"))[0];
    return select?.value ?? "";
  };

  const place = (field) => {
    const id = `${field.id}-hints`;
    let box = document.getElementById(id);
    if (!box) {
      box = document.createElement("div");
      box.id = id;
      box.className = "text-hints";
      field.after(box);
      const described = field.getAttribute("aria-describedby");
      field.setAttribute("aria-describedby", described ? `${described} ${id}` : id);
    }
    return box;
  };

  const tell = (field, { figures, remarks }) => {
    const figure = Object.assign(document.createElement("p"), { textContent: figures });
    const list = document.createElement("ul");
    list.append(
      ...remarks.map((text) => Object.assign(document.createElement("li"), { textContent: text })),
    );
    place(field).replaceChildren(...(figures ? [figure] : []), ...(remarks.length ? [list] : []));
  };

  const ask = async () => {
    const changed = fields().filter(
      (field) =>
        field.id &&
        !field.name.endsWith("-remark") &&
        asked.get(field) !== `${qualityOf(field)} ${field.value}` &&
        (asked.has(field) || field.value.trim()),
    );
    if (!changed.length) return;
    for (const field of changed) asked.set(field, `${qualityOf(field)} ${field.value}`);
    const response = await fetch(window.opmerkzaam.moments.words.hints, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        "X-CSRFToken": document.querySelector("[name=csrfmiddlewaretoken]").value,
      },
      body: JSON.stringify(changed.map((field) => [field.value, qualityOf(field)])),
    }).catch(() => null);
    if (!response?.ok) {
      for (const field of changed) asked.delete(field); // ask again at the next change
      return;
    }
    const { hints } = await response.json();
    changed.forEach((field, number) => tell(field, hints[number]));
  };

  const later = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(ask, wait);
  };

  document.addEventListener("opmerkzaam:moments", () => later(WAIT));
  document.addEventListener("input", () => window.opmerkzaam?.moments && later(WAIT));
  document.addEventListener("change", () => window.opmerkzaam?.moments && later(WAIT));
}
