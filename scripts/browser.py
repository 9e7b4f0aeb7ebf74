"""A Chromium for the journeys: find one, or get one, or say what to type."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
HOW = """No browser for the journeys. One of these gives one:
    apt-get install chromium                                  (Debian, Ubuntu; as root)
    .venv/bin/python -m playwright install chromium           (downloads Playwright's own)
    OPMERKZAAM_CHROMIUM=/path/to/chromium make journeys       (one that you have)"""


def found() -> Path | None:
    """The browser that is named in the environment, on the PATH, or Playwright's own."""
    named = os.environ.get("OPMERKZAAM_CHROMIUM", "")
    if named:
        return Path(named) if Path(named).exists() else None
    for name in NAMES:
        path = shutil.which(name)
        if path:
            return Path(path)
    return playwrights_own()


def playwrights_own() -> Path | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return path if path.exists() else None


def quietly(command: list[str], seconds: int) -> None:
    print("journeys: trying", " ".join(command), flush=True)
    try:
        subprocess.run(command, check=False, timeout=seconds, capture_output=True)
    except (OSError, subprocess.TimeoutExpired) as problem:
        print(f"journeys: that did not work: {problem}", flush=True)


def get() -> Path | None:
    """Find a browser; install one when there is none and this machine lets us."""
    path = found()
    if path is not None or os.environ.get("OPMERKZAAM_CHROMIUM"):
        return path
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quietly(["apt-get", "update", "-q"], 300)
        quietly(["apt-get", "install", "-q", "-y", "--no-install-recommends", "chromium"], 600)
        path = found()
    if path is None:
        quietly([sys.executable, "-m", "playwright", "install", "chromium"], 600)
        path = found()
    return path


if __name__ == "__main__":
    browser = get()
    print(browser or HOW)
    sys.exit(0 if browser else 1)
