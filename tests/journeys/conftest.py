"""The rail under the journeys: a real browser, a real server, PostgreSQL, the example data.

Each journey starts from the same data: the database is copied from a template in a fraction of
a second, so nothing that an earlier journey did is seen by the next.
"""

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any, Literal, Protocol

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, connections
from django.test.utils import setup_databases, teardown_databases
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from scripts.browser import HOW, found
from tests.journeys.watch import Watch

# Playwright's loop runs in this thread; the journeys themselves are ordinary, blocking code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
Screen = Literal["phone", "desktop"]
SCREENS: dict[Screen, ViewportSize] = {
    "phone": {"width": 360, "height": 740},
    "desktop": {"width": 1280, "height": 900},
}


class OpenPage(Protocol):
    def __call__(self, screen: Screen = ..., *, javascript: bool = ...) -> Page: ...


@dataclass(frozen=True)
class Account:
    """Somebody of the example data, as `manage.py demo_accounts` tells it."""

    email: str
    password: str
    role: str
    name: str


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys run by themselves: their database is not the one that other tests roll back."""
    here = Path(__file__).parent
    journeys = [item for item in items if here in item.path.parents]
    for journey in journeys:
        journey.add_marker(pytest.mark.journey)
        if len(journeys) < len(items):
            journey.add_marker(pytest.mark.skip(reason="journeys run by themselves: make journeys"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    report = yield
    setattr(item, f"failed_{report.when}", report.failed)
    return report


@pytest.fixture(scope="session")
def baseline(
    django_test_environment: None, django_db_blocker: DjangoDbBlocker, worker_id: str
) -> Iterator[str]:
    """The name of a database with the curriculum and the example data, made once."""
    if connection.vendor != "postgresql":
        pytest.skip("journeys run on PostgreSQL: make journeys")
    connection.settings_dict["TEST"]["NAME"] = f"journeys_{worker_id}"
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, serialized_aliases=set())
        call_command("load_curriculum", verbosity=0)
        call_command("load_demo", verbosity=0)
        name = f"{connection.settings_dict['NAME']}_baseline"
        _copy_database(str(connection.settings_dict["NAME"]), name)
        yield name
        _drop_database(name)
        teardown_databases(made, verbosity=0)


def _copy_database(source: str, target: str) -> None:
    connections.close_all()
    _drop_database(target)
    with connection._nodb_cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')


def _drop_database(name: str) -> None:
    with connection._nodb_cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def server() -> Iterator[LiveServer]:
    server = LiveServer("127.0.0.1")
    yield server
    server.stop()


@pytest.fixture
def site(baseline: str, server: LiveServer, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The address of the site, its data as new. The journey may use the models as well."""
    with django_db_blocker.unblock():
        _copy_database(baseline, str(connection.settings_dict["NAME"]))
        cache.clear()
        yield server.url
        connections.close_all()


@pytest.fixture(scope="session")
def accounts(baseline: str, django_db_blocker: DjangoDbBlocker) -> dict[str, Account]:
    """The accounts of the example data by the first part of their address (`nieuw`, `beheer`)."""
    told = StringIO()
    with django_db_blocker.unblock():
        call_command("demo_accounts", "--json", stdout=told)
    known = [Account(**account) for account in json.loads(told.getvalue())]
    return {account.email.partition("@")[0]: account for account in known}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = found()
    if path is None:
        pytest.fail(HOW) if os.environ.get("CI") else pytest.skip(HOW)
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*FLAGS, *root])
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser, site: str, request: pytest.FixtureRequest) -> Iterator[OpenPage]:
    """Open a browser of its own on a phone or a desktop; at the end no complaint may be left."""
    opened: list[tuple[Page, Watch]] = []

    def open_one(screen: Screen = "desktop", *, javascript: bool = True) -> Page:
        context = browser.new_context(
            base_url=site,
            viewport=SCREENS[screen],
            java_script_enabled=javascript,
            locale="nl-NL",
            timezone_id="Europe/Amsterdam",
        )
        context.set_default_timeout(10_000)
        watch = Watch(context, site)
        opened.append((context.new_page(), watch))
        return opened[-1][0]

    yield open_one
    failed = getattr(request.node, "failed_call", False)
    for number, (page, _watch) in enumerate(opened, start=1):
        if failed and not page.is_closed():
            page.screenshot(path=_picture(request.node.name, number), full_page=True)
        page.context.close()
    for _page, watch in opened:
        watch.assert_quiet()


def _picture(name: str, number: int) -> Path:
    folder: Path = settings.BASE_DIR / "test-results" / "journeys"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{name}-{number}.png"


@pytest.fixture
def phone(open_page: OpenPage) -> Page:
    return open_page("phone")


@pytest.fixture
def desktop(open_page: OpenPage) -> Page:
    return open_page("desktop")


@pytest.fixture
def phone_without_javascript(open_page: OpenPage) -> Page:
    return open_page("phone", javascript=False)


@pytest.fixture
def desktop_without_javascript(open_page: OpenPage) -> Page:
    return open_page("desktop", javascript=False)


@pytest.fixture
def sign_in(accounts: dict[str, Account]) -> Callable[[Page, str], Account]:
    """Sign in on a page by the first part of an account's address: `sign_in(phone, "nieuw")`."""

    def go(page: Page, name: str) -> Account:
        account = accounts[name]
        page.goto("/account/login/")
        page.locator("#id_login").fill(account.email)
        page.locator("#id_password").fill(account.password)
        page.locator("#id_password").press("Enter")
        page.wait_for_url(lambda url: "/account/login/" not in url)
        return account

    return go
