// "Snel weg": leave and replace this page in the tab's history, so that Back does not return here. Nothing may hold it
// up: who asks whether to leave the page listens to "quickexit" on the window first, and then does not ask.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-quick-exit]");
  if (!link) return;
  event.preventDefault();
  window.dispatchEvent(new Event("quickexit"));
  window.location.replace(link.href);
});
