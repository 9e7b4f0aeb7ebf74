"""The policy of every address: who may come there, and by which methods.

The rows stand in url_policy.txt, columns apart by two spaces or more:
    route  policy  methods  [variable=thing …] [path=/an/example/]
`*` for the methods leaves them to the framework that the address comes from.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

FILE = Path(__file__).with_suffix(".txt")
START = "(start)"
VARIABLE = re.compile(r"<(?:\w+:)?(\w+)>")
HERE = {"worker", "colleague", "manager", "other_manager", "focal", "coordinator"}
ELSEWHERE = {f"{role}_elsewhere" for role in ["worker", "manager", "focal", "coordinator"]}
PLATFORM = {"researcher", "other_researcher", "editor", "approver", "administrator"}
SIGNED_IN = HERE | ELSEWHERE | PLATFORM
EVERYBODY = SIGNED_IN | {"anonymous"}


def anywhere(*roles: str) -> set[str]:
    """These roles of either organisation: pages that show what is one's own."""
    return set(roles) | {f"{role}_elsewhere" for role in roles}


POLICIES: dict[str, set[str]] = {
    "public": EVERYBODY,
    "signed-in": SIGNED_IN,
    # Pages that begin with what somebody may see.
    "team": anywhere("manager", "focal", "coordinator") | {"other_manager"},
    "overview": anywhere("focal", "coordinator"),
    "counts": anywhere("focal"),
    "studies": {"researcher", "other_researcher"},
    "staff": anywhere("coordinator") | {"administrator"},
    "administrator": {"administrator"},
    "editor": {"editor", "administrator"},
    "libraries": {"approver", "editor", "administrator"},  # how the code of others stands
    "decider": {"approver", "administrator"},
    # Icons and texts, nothing of anybody.
    "assets": {"approver", "editor", "administrator", "anonymous"},
    # Pages about one thing of the organisation here; for all others it does not exist.
    "owner": {"worker"},
    "owner-or-staff": {"worker", "coordinator", "administrator"},
    "of-team": {"manager", "focal", "coordinator"},
    "of-overview": {"focal", "coordinator"},
    "of-counts": {"focal"},
    "of-study": {"researcher"},
    "of-staff": {"coordinator", "administrator"},
    "of-organisation": HERE | {"administrator"},
    "of-opened": {"focal", "coordinator"},
    # Addresses of Wagtail that our own sign-in and staff pages replace.
    "door": set(),
}
# What a variable part of an address stands for where a row says nothing else.
USUAL = {
    "page_id": "page",
    "parent_page_id": "page",
    "page_to_move_id": "page",
    "destination_id": "page",
    "page_pk": "page",
}


@dataclass(frozen=True)
class Row:
    """One address with its policy."""

    route: str
    policy: str
    methods: str
    extras: str = ""

    @property
    def allowed(self) -> set[str]:
        return POLICIES[self.policy]

    @property
    def is_ours(self) -> bool:
        return self.methods != "*"

    def accepts(self, method: str) -> bool:
        return not self.is_ours or method in self.methods.split(",")

    def address(self, things: dict[str, Any]) -> str:
        given = dict(extra.split("=", 1) for extra in self.extras.split())
        if "path" in given:
            return given["path"]

        def fill(match: re.Match[str]) -> str:
            name = match[1]
            thing = given.get(name, USUAL.get(name, name))
            return str(things.get(thing, "1"))

        return "/" + VARIABLE.sub(fill, self.route.replace("^", ""))


def rows() -> list[Row]:
    lines = FILE.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if line.strip() and not line.startswith("#")]
    columns = [re.split(r"\s{2,}", line.strip(), maxsplit=3) for line in kept]
    return [Row("" if route == START else route, *others) for route, *others in columns]


def routes(resolver: URLResolver | None = None, before: str = "") -> Iterator[tuple[str, Any]]:
    """Every address of the site with its view, in the order in which they are tried."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry, route)
        elif isinstance(entry, URLPattern):
            yield route, entry.callback


def suggestion(route: str, view: Any) -> str:
    """A row to paste and to think about."""
    framework = view.__module__.partition(".")[0]
    policy = {"wagtail": "editor", "allauth": "public"}.get(framework, "signed-in")
    methods = "*" if framework in {"wagtail", "allauth", "django"} else "GET"
    path = "  path=/FILL-IN/" if "(?P" in route else ""
    return f"{route or START}  {policy}  {methods}{path}"
