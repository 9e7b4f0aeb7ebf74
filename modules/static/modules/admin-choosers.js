// Wagtail starts its choosers from inline scripts, which our policy refuses. wagtail_hooks.py leaves
// the options beside the field; this starts them. Before Stimulus does: it lifts the menus with the
// choosers' buttons out of the page.
document.addEventListener("readystatechange", () => {
  if (document.readyState !== "interactive") return;
  for (const marker of document.querySelectorAll("[data-chooser-class]")) {
    const Chooser = window[marker.dataset.chooserClass];
    if (Chooser) new Chooser(marker.dataset.field, JSON.parse(marker.dataset.options));
  }
});
