// "Snel weg": leave and replace this page in the tab's history, so that Back does not return here.
for (const link of document.querySelectorAll("[data-quick-exit]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    window.location.replace(link.href);
  });
}
