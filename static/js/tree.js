// The decision tree works without this. It puts what one leaves back as it was: an answer that is
// closed forgets the answers under it, and who comes back to this page finds it closed.
const tree = document.querySelector("[data-tree]");

const close = (within) => {
  for (const answer of within.querySelectorAll("details[open]")) answer.open = false;
};

tree?.addEventListener(
  "toggle",
  (event) => {
    if (!event.target.open) close(event.target);
  },
  true,
);

window.addEventListener("pagehide", () => tree && close(tree));

for (const part of document.querySelectorAll("[data-with-script]")) part.hidden = false;

document.querySelector("[data-print]")?.addEventListener("click", () => window.print());

document.querySelector("[data-tree-restart]")?.addEventListener("click", () => {
  close(tree);
  tree.querySelector("summary")?.focus();
});
