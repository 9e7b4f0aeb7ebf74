"""Taking over a scenario from text: first what it would do, then as a draft. Never live."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import IntegrityError, transaction
from wagtail.log_actions import log

from modules.library import library_of_the_site
from modules.models import Scenario
from modules.scenario_text import Library, Reading, read
from modules.scenario_text.blocks import raw_fields
from modules.scenario_text.story import Said
from modules.scenario_text.writing import said_by
from modules.yaml_text.problems import Unreadable
from modules.yaml_text.tree import decoded
from organisations.models import User


class NotAsSeen(Exception):
    """The text or the scenario is another than the one that was looked at."""


@dataclass(frozen=True)
class Changes:
    """What another text makes of a scenario."""

    fields: tuple[str, ...]  # names of fields of the model
    added: tuple[str, ...]  # names of moments
    gone: tuple[str, ...]
    changed: tuple[str, ...]
    is_reordered: bool

    def __bool__(self) -> bool:
        return bool(self.fields or self.added or self.gone or self.changed or self.is_reordered)


@dataclass(frozen=True)
class Plan:
    """What taking over a text would do. Nothing has been done."""

    source: str | bytes
    reading: Reading
    library: Library
    there: Scenario | None  # as last written, when there is one with this slug
    lock: str = ""  # why this person may not change it now

    @property
    def is_new(self) -> bool:
        return self.there is None

    @cached_property
    def changes(self) -> Changes | None:
        """None for a new scenario, and for a text that cannot be taken over."""
        if self.there is None or self.reading.said is None or not self.reading.can_be_a_draft:
            return None
        slug, fields = self.there.slug, raw_fields(self.reading.said, self.library)
        return changes(said_by(self.there), said_by(Scenario(slug=slug, **fields)))

    @property
    def is_the_same(self) -> bool:
        return self.changes is not None and not self.changes

    @property
    def can_be_saved(self) -> bool:
        return self.reading.can_be_a_draft and not self.is_the_same and not self.lock

    @property
    def seen(self) -> str:
        """Stands for what was looked at: this text, and the scenario as it was."""
        state = f"{self.there.pk} {self.there.latest_revision_id}" if self.there else "new"
        return hashlib.sha256(f"{state}\n{_plain(self.source)}".encode()).hexdigest()


def _plain(source: str | bytes) -> str:
    """The same whether it came from a file or from a field of a page."""
    try:
        return decoded(source).replace("\r\n", "\n").replace("\r", "\n").strip()
    except Unreadable:
        return repr(source)


def plan(source: str | bytes, *, by: User) -> Plan:
    library = library_of_the_site()
    reading = read(source, library)
    slug = (reading.said or {}).get("slug")
    row: Scenario | None = Scenario.objects.filter(slug=slug).first()
    if row is None:
        return Plan(source, reading, library, None)
    lock = row.get_lock()
    is_locked = lock is not None and lock.for_user(by)
    message = lock.get_message(by) if is_locked else ""  # HTML that Wagtail escaped
    return Plan(source, reading, library, row.get_latest_revision_as_object(), message)


def take_over(source: str | bytes, *, seen: str, by: User) -> Scenario:
    """Save the text as a draft. Raises NotAsSeen when this is not what was looked at."""
    try:
        with transaction.atomic():
            return _saved(source, seen=seen, by=by)
    except IntegrityError as error:  # somebody made it at the same moment
        raise NotAsSeen from error


def _saved(source: str | bytes, *, seen: str, by: User) -> Scenario:
    said = read(source).said or {}
    Scenario.objects.select_for_update().filter(slug=said.get("slug")).first()
    now = plan(source, by=by)
    if now.seen != seen or not now.can_be_saved:
        raise NotAsSeen
    scenario = now.there or Scenario(slug=said["slug"], live=False)
    names = {block.value["name"]: block.id for block in scenario.nodes} if now.there else {}
    for field, value in raw_fields(now.reading.said or {}, now.library, names).items():
        setattr(scenario, field, value)
    if now.is_new:
        scenario.save()
    revision = scenario.save_revision(user=by, log_action=not now.is_new)
    if now.is_new:
        log(instance=scenario, action="wagtail.create", user=by, revision=revision)
    return scenario


def changes(before: Said, after: Said) -> Changes:
    """Between two scenarios as they are written."""
    fields = [key for key in {**before, **after} if key != "nodes"]
    was, now = _by_name(before.get("nodes", [])), _by_name(after["nodes"])
    kept = [name for name in now if name in was]
    return Changes(
        fields=tuple(key for key in fields if before.get(key) != after.get(key)),
        added=tuple(name for name in now if name not in was),
        gone=tuple(name for name in was if name not in now),
        changed=tuple(name for name in kept if was[name] != now[name]),
        is_reordered=kept != [name for name in was if name in now],
    )


def _by_name(nodes: list[Said]) -> dict[str, list[Any]]:
    found: defaultdict[str, list[Any]] = defaultdict(list)
    for node in nodes:
        found[node.get("id", "")].append(node)
    return dict(found)
