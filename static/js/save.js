// Forms with data-save are sent by fetch, so that a lost connection loses nothing: the same body (and so the same
// idempotency key) is sent again for at least a minute (keep-trying.js), after that on request. Without this script they
// are ordinary forms. The words come from the template (components/save_status.html). Who listens to "answered" on a form
// may take the answer and leave the page as it is (see talk.js).

async function send(url, method, body) {
  const response = await askOnce(url, { method, body });
  return { response, html: await response.text() };
}

// What the browser itself would send, as x-www-form-urlencoded; files keep their own encoding.
function bodyOf(form, submitter) {
  const data = new FormData(form, submitter);
  return form.enctype === "multipart/form-data" ? data : new URLSearchParams(data);
}

// The same page anew, at the place that the address names (see below) rather than where one was scrolled to.
function reloadAt(address) {
  if (address.hash) {
    window.history.replaceState(null, "", address);
    window.history.scrollRestoration = "manual";
  }
  window.location.reload();
}

// Show the answer as the browser would have: go where the site sends us (config/middleware.py names it), or put the
// answer to this very form (faults beside the fields) in place of the page.
function show({ response, html }, form) {
  const next = response.headers.get("X-Location") ?? (response.redirected ? response.url : null);
  if (next !== null) {
    const address = new URL(next, window.location.href);
    if (address.href.split("#")[0] === window.location.href.split("#")[0]) reloadAt(address);
    else window.location.assign(address);
    return;
  }
  const answer = new DOMParser().parseFromString(html, "text/html");
  const asked = new CustomEvent("answered", { detail: answer, bubbles: true, cancelable: true });
  if (!form.dispatchEvent(asked)) return;
  const main = answer.querySelector("main");
  if (!main || !document.querySelector("main")) {
    window.location.assign(response.url);
    return;
  }
  document.title = answer.title;
  document.querySelector("main").replaceWith(main);
  window.scrollTo(0, 0);
  (main.querySelector(".error-summary") ?? main).focus();
}

function onSubmit(event) {
  const form = event.target;
  if (!form.matches("form[data-save]")) return;
  event.preventDefault();
  if (form.dataset.sending) {
    form.querySelector("[data-save-again]")?.click(); // nothing came of it: the same once more
    return; // the second click of a double click
  }
  const submitter = event.submitter;
  const body = bodyOf(form, submitter); // before the button is switched off: its value belongs to it
  const url = submitter?.getAttribute("formaction") ? submitter.formAction : form.getAttribute("action") || window.location.href;
  deliver(form, url, form.method, body);
}

async function deliver(form, url, method, body) {
  const status = form.querySelector("[data-save-status]");
  const say = (words) => {
    if (status && status.textContent !== words) status.textContent = words;
  };
  setBusy(form, true);
  const slow = setTimeout(() => say(status?.dataset.saving ?? ""), 1_000);
  try {
    const answer = await keepTrying(() => send(url, method, body), () => {
      clearTimeout(slow);
      say(status?.dataset.offline ?? "");
    });
    clearTimeout(slow);
    show(answer, form);
  } catch {
    clearTimeout(slow);
    offerAgain(status, () => deliver(form, url, method, body));
  }
}

function setBusy(form, busy) {
  if (busy) form.dataset.sending = "yes";
  else delete form.dataset.sending;
  form.setAttribute("aria-busy", String(busy));
  for (const button of form.querySelectorAll("button")) button.classList.toggle("is-busy", busy);
}

// The form stays as it was sent: sending something else now might save both.
function offerAgain(status, again) {
  if (!status) return;
  const words = document.createElement("span");
  words.textContent = status.dataset.failed;
  const button = document.createElement("button");
  button.type = "button";
  button.dataset.saveAgain = "";
  button.className = "utrecht-button utrecht-button--secondary-action utrecht-button--small";
  button.textContent = status.dataset.again;
  button.addEventListener("click", () => {
    status.replaceChildren();
    again();
  });
  status.replaceChildren(words, button);
}

// Coming Back to a page from the browser's memory: it may be sent anew.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("form[data-sending]")) setBusy(form, false);
});

document.addEventListener("submit", onSubmit);

// What is on its way is what stays ticked: another choice now would not be the one that is kept.
document.addEventListener("click", (event) => {
  const choice = event.target.closest("label, input[type=radio], input[type=checkbox]");
  if (choice?.closest("form[data-sending]")) event.preventDefault();
});

// Left behind by reloadAt: a browser that reloads does not go to the place in the address by itself.
if (window.history.scrollRestoration === "manual") {
  const place = document.getElementById(window.location.hash.slice(1));
  place?.scrollIntoView();
  place?.focus({ preventScroll: true });
}
