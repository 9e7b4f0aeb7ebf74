// A drawing wider than its frame begins in the middle, where the story does.
{
  const centre = (frame) => {
    const svg = frame.querySelector("svg");
    frame.scrollLeft = (Number(svg.dataset.start) || 0) - frame.clientWidth / 2;
  };
  const centreAll = () => document.querySelectorAll(".drawing").forEach(centre);
  document.addEventListener("DOMContentLoaded", () => {
    centreAll();
    const overview = document.getElementById("scenario-overview");
    if (overview) new MutationObserver(centreAll).observe(overview, { childList: true });
  });
}
