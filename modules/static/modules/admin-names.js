// What axe finds in Wagtail's editor and a template cannot reach: fields for formatted text without
// a name, a table of contents that scrolls without a place for the keyboard, and the brand's link
// that is not called what it says. Also for steps that are added later.
const labelOf = (box) => {
  const field = box.closest("[data-field-input]")?.querySelector("input[id]");
  const label = field && document.querySelector(`label[for="${field.id}"]`);
  return label ?? box.closest("[data-contentpath]")?.querySelector("label");
};

const complete = () => {
  for (const box of document.querySelectorAll(".public-DraftEditor-content:not([aria-label])")) {
    const words = labelOf(box)?.textContent.replace("*", "").trim();
    if (words) box.setAttribute("aria-label", words);
  }
  document.querySelector(".w-minimap__list:not([tabindex])")?.setAttribute("tabindex", "0");
  const brand = document.querySelector(".sidebar-custom-branding[aria-label]");
  if (brand && !brand.ariaLabel.startsWith(brand.textContent.trim())) {
    brand.ariaLabel = `${brand.textContent.trim()}, ${brand.ariaLabel}`;
  }
};

document.addEventListener("DOMContentLoaded", () => {
  complete();
  new MutationObserver(complete).observe(document.body, { childList: true, subtree: true });
});
