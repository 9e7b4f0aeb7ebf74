"""The pictures in the README, from the example data: everybody's main page.

python -m scripts.screenshots --port 8011     writes docs/screenshots/*.png

Serves a throw-away site of its own, so that what was done in `make demo` neither shows nor changes.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from scripts import browser

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "screenshots"
LARGEST = 200_000  # bytes
COLOURS = 128
PHONE: ViewportSize = {"width": 360, "height": 740}
DESKTOP: ViewportSize = {"width": 1280, "height": 900}


@dataclass(frozen=True)
class Shot:
    """One picture: whose page, where it is, and what to follow from there."""

    name: str
    account: str  # the first part of the address
    path: str
    follow: str = ""  # selector of a link on that page
    scroll_to: str = ""  # selector of what should stand at the top
    on_phone: bool = False


# What should stand at the top: the chart, the result of the study.
CHART, RESULT = "main .figure", "main .card"
SHOW = "element => scrollTo(0, element.getBoundingClientRect().top + scrollY - 72)"
SHOTS = [
    Shot("worker", "nieuw", "/leerpad/", on_phone=True),
    Shot("refresher", "herhaling", "/leerpad/", on_phone=True),
    Shot("manager", "leidinggevende", "/team/"),
    Shot("focal-person", "aandachtsfunctionaris", "/cijfers/overzicht/", scroll_to=CHART),
    Shot("researcher", "onderzoeker", "/cijfers/studies/", "main a[href*='/studies/']", RESULT),
    Shot("editor", "redacteur", "/admin/pages/", "main a[href$='/edit/']:has-text('gesprek')"),
]


@contextmanager
def site(port: int) -> Iterator[tuple[str, dict[str, str]]]:
    """A new demo on this port: its address, and the password by account."""
    with tempfile.TemporaryDirectory(prefix="opmerkzaam-") as var:
        environment = {
            **os.environ,
            "OPMERKZAAM_VAR": var,
            "DATABASE_URL": f"sqlite:///{var}/demo.sqlite3",
            "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        }
        command = [sys.executable, "-m", "scripts.demo", "--port", str(port)]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
        try:
            wait_for(f"http://127.0.0.1:{port}/gezond/", process)
            yield f"http://127.0.0.1:{port}", passwords(environment)
        finally:
            process.terminate()
            process.wait(20)


def wait_for(address: str, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 300
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urlopen(address, timeout=2).close()  # noqa: S310  # our own server
        except (URLError, OSError):
            time.sleep(0.5)
        else:
            return
    sys.exit("screenshots: the demo does not answer")


def passwords(environment: dict[str, str]) -> dict[str, str]:
    told = subprocess.run(
        [sys.executable, "manage.py", "demo_accounts", "--json"],
        cwd=ROOT,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return {one["email"].partition("@")[0]: one["password"] for one in json.loads(told)}


def take(browser_: Browser, shot: Shot, address: str, password: str) -> bytes:
    context = browser_.new_context(
        base_url=address,
        viewport=PHONE if shot.on_phone else DESKTOP,
        device_scale_factor=2 if shot.on_phone else 1,
        locale="nl-NL",
        timezone_id="Europe/Amsterdam",
    )
    page = context.new_page()
    sign_in(page, f"{shot.account}@demo.example", password)
    page.goto(shot.path)
    if shot.follow:
        page.locator(shot.follow).first.click()
    page.wait_for_load_state("networkidle")
    if shot.scroll_to:
        page.locator(shot.scroll_to).first.evaluate(SHOW)
    picture = page.screenshot(animations="disabled")
    context.close()
    return picture


def sign_in(page: Page, email: str, password: str) -> None:
    page.goto("/account/login/")
    page.locator("#id_login").fill(email)
    page.locator("#id_password").fill(password)
    page.locator("#id_password").press("Enter")
    page.wait_for_url(lambda url: "/account/login/" not in url)


def keep(name: str, picture: bytes) -> None:
    """Fewer colours make a page of text a fraction of the size, and nobody sees it."""
    target = FOLDER / f"{name}.png"
    with Image.open(BytesIO(picture)) as image:
        image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(target, optimize=True)
    size = target.stat().st_size
    print(f"screenshots: {target.relative_to(ROOT)} {size:,} bytes", flush=True)
    if size > LARGEST:
        sys.exit(f"screenshots: {name} is larger than {LARGEST:,} bytes")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8011)
    port = parser.parse_args().port
    chromium = browser.found()
    if chromium is None:
        sys.exit(browser.HOW)
    FOLDER.mkdir(parents=True, exist_ok=True)
    flags = ["--no-sandbox"] if os.geteuid() == 0 else []
    with site(port) as (address, known), sync_playwright() as playwright:
        dutch: dict[str, str | float | bool] = {**os.environ, "LANGUAGE": "nl"}  # fields for dates
        opened = playwright.chromium.launch(executable_path=chromium, args=flags, env=dutch)
        for shot in SHOTS:
            keep(shot.name, take(opened, shot, address, known[shot.account]))
        opened.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
