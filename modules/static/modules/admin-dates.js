// Wagtail starts its date and time pickers from inline scripts, which our policy refuses.
// The templates in templates/wagtailadmin/widgets leave the options on the field; this starts them.
document.addEventListener("DOMContentLoaded", () => {
  const starters = {
    date: "initDateChooser",
    time: "initTimeChooser",
    datetime: "initDateTimeChooser",
  };
  for (const marker of document.querySelectorAll("[data-picker]")) {
    const start = window[starters[marker.dataset.picker]];
    if (start) start(marker.dataset.field, JSON.parse(marker.dataset.options));
  }
});
