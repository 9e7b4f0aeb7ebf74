// Menus are <details> and work without this; it closes them on Escape and on a tap elsewhere.
const menus = () => document.querySelectorAll("details[data-menu][open]");

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

document.addEventListener("click", (event) => {
  for (const menu of menus()) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

// After a form came back with faults, start where they are told.
document.querySelector(".error-summary")?.focus();
