"""What axe-core finds on a page, as a list that says where and why."""

from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from playwright.sync_api import Page

GRAVE = {"serious", "critical"}
AXE = Path("node_modules/axe-core/axe.min.js")
SETTLED = """async () => {
  const ends = (one) => one.effect?.getComputedTiming().endTime < 2000;
  const going = document.getAnimations().filter((one) => one.playState === "running" && ends(one));
  await Promise.allSettled(going.map((one) => one.finished));
}"""
RUN = "async () => (await axe.run(document, {resultTypes: ['violations']})).violations"


@cache
def _axe() -> str:
    source: str = (settings.BASE_DIR / AXE).read_text()
    return source


def grave_violations(page: Page) -> list[dict[str, Any]]:
    """Serious and critical ones only. The page must run JavaScript; its CSP does not matter."""
    page.evaluate(SETTLED)  # what is fading in has little contrast yet; Wagtail has longer shows
    if not page.evaluate("typeof window.axe === 'object'"):
        page.evaluate(_axe())
    found: list[dict[str, Any]] = page.evaluate(RUN)
    return [violation for violation in found if violation["impact"] in GRAVE]


def assert_accessible(page: Page) -> None:
    """Fail with the rule, the element and what to do about it."""
    lines = [
        f"{violation['id']} ({violation['impact']}): {violation['help']}\n"
        f"    {node['html'][:200]}\n    {node['failureSummary']}"
        for violation in grave_violations(page)
        for node in violation["nodes"]
    ]
    assert not lines, f"axe on {page.url}:\n" + "\n".join(lines)
