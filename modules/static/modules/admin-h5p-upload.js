// Sends an H5P file and shows how far it is. Without this script the form is an ordinary one.
const form = document.querySelector("[data-h5p-upload]");
const file = form.querySelector("input[type=file]");
const button = form.querySelector("button[type=submit]");
const progress = form.querySelector("[data-h5p-progress]");
const bar = progress.querySelector("progress");
const barText = form.querySelector("[data-h5p-progress-text]");
const stopButton = form.querySelector("[data-h5p-stop]");
const said = form.querySelector("[data-h5p-said]");
const errors = form.querySelector("[data-h5p-error]");
const TOLD_EVERY = 25; // percent: a screen reader need not say each step
let isGoing = false;
let told = 0;

const isUnloading = (event) => event.preventDefault();

const show = (message) => {
  const block = document.createElement("div");
  block.className = "help-block help-critical";
  block.append(message);
  errors.replaceChildren(...(message ? [block] : []));
};

const stop = (message) => {
  isGoing = false;
  button.disabled = false;
  progress.hidden = true;
  window.removeEventListener("beforeunload", isUnloading);
  show(message);
  if (message) file.focus();
};

const advance = (percent, text) => {
  bar.value = percent;
  barText.textContent = text;
  if (percent >= told + TOLD_EVERY) {
    told = percent;
    said.textContent = text;
  }
};

const start = () => {
  isGoing = true;
  told = 0;
  button.disabled = true;
  progress.hidden = false;
  stopButton.hidden = false;
  show("");
  advance(0, form.dataset.going.replace("{percent}", 0));
  window.addEventListener("beforeunload", isUnloading);
};

const answered = (request) => {
  const next = request.getResponseHeader("X-Location");
  if (request.status === 204 && next) {
    window.removeEventListener("beforeunload", isUnloading);
    window.location.assign(next);
    return;
  }
  let message = form.dataset.failed;
  try {
    message = JSON.parse(request.responseText).message || message;
  } catch {
    // a page instead of an answer: the session has ended, or a proxy refused it
  }
  stop(request.status === 413 ? form.dataset.tooLarge : message);
};

const send = () => {
  const request = new XMLHttpRequest();
  request.open("POST", form.getAttribute("action") || window.location.href);
  request.setRequestHeader("X-Requested-With", "fetch"); // config/middleware.py tells where to go
  request.upload.addEventListener("progress", (event) => {
    if (!event.lengthComputable) return;
    const percent = Math.floor((event.loaded / event.total) * 100);
    advance(percent, form.dataset.going.replace("{percent}", percent));
  });
  request.upload.addEventListener("load", () => {
    advance(100, form.dataset.sent);
    stopButton.hidden = true; // it is there: to stop now would only hide it
    said.textContent = form.dataset.sent;
  });
  request.addEventListener("load", () => answered(request));
  request.addEventListener("error", () => stop(form.dataset.lost));
  request.addEventListener("abort", () => stop(form.dataset.stopped));
  stopButton.onclick = () => request.abort();
  request.send(new FormData(form));
};

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (isGoing) return;
  const [chosen] = file.files;
  if (!chosen) {
    stop(form.dataset.none);
  } else if (chosen.size > Number(form.dataset.mostBytes)) {
    stop(form.dataset.tooLarge);
  } else {
    start();
    send();
  }
});

// Back from the next page: as it was, ready to send another.
window.addEventListener("pageshow", (event) => event.persisted && stop(""));
