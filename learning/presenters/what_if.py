"""*Suppose somebody begins then, and finishes then*: the days that follow, in sentences."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from learning.presenters.day_words import in_words
from learning.rules.events import Refusal
from learning.rules.policy import Policy
from learning.rules.what_if import policy_as_json, simulate


@dataclass(frozen=True)
class Supposed:
    """Days that a coordinator fills in."""

    begins: date
    due: date | None = None
    finishes: date | None = None
    renews: date | None = None


@dataclass(frozen=True)
class Moment:
    """One line of the story. `kind` is done, later or missed."""

    on: date
    text: str
    kind: str = "done"


def story(policy: Policy, supposed: Supposed) -> list[Moment]:
    """What the rules make of it, in order of date."""
    found = [*_told(policy, supposed)]
    return sorted(found, key=lambda moment: moment.on)


def _told(policy: Policy, supposed: Supposed) -> Iterator[Moment]:
    first = _asked(policy, supposed, [supposed.finishes])
    yield _beginning(supposed, first)
    if supposed.finishes is None:
        if first["due"]:
            told = _("The last day to finish in time. From the next day somebody is too late.")
            yield Moment(_day(first["due"]), told, "later")
        return
    yield _finished(supposed.finishes, first["cycles"][0])
    last = first
    if supposed.renews is not None:
        if not first["window_opens"] or _day(first["window_opens"]) <= supposed.renews:
            yield _opening(first)
        last = _asked(policy, supposed, [supposed.finishes, supposed.renews])
        yield _renewed(supposed.renews, first, last)
    if last is first or last["certified_through"] == first["certified_through"]:
        yield _opening(first)
    elif supposed.renews is not None:
        yield from _passed(first, policy, until=supposed.renews)
        yield _opening(last)
    yield from _ending(last, policy)


def _asked(policy: Policy, supposed: Supposed, completed: list[date | None]) -> dict[str, Any]:
    begin: dict[str, Any] = {"on": supposed.begins.isoformat(), "type": "assigned"}
    if supposed.due is not None:
        begin["due"] = supposed.due.isoformat()
    done = [{"on": day.isoformat(), "type": "completed"} for day in completed if day]
    return simulate(
        {"policy": policy_as_json(policy), "events": [begin, *done]},
        least_days_to_finish=settings.LEAST_DAYS_TO_FINISH,
    )


def _beginning(supposed: Supposed, found: dict[str, Any]) -> Moment:
    if any(one["reason"] == Refusal.TOO_LITTLE_TIME for one in found["refused"]):
        told = _(
            "Gets the training, with less than %(days)d days to finish. You decide what the last "
            "day becomes."
        ) % {"days": settings.LEAST_DAYS_TO_FINISH}
    elif supposed.due is None:
        told = _("Gets the training.")
    else:
        told = _("Gets the training, to finish by %(due)s.") % {"due": in_words(supposed.due)}
    return Moment(supposed.begins, told)


def _finished(day: date, cycle: dict[str, Any]) -> Moment:
    facts = {"through": in_words(_day(cycle["valid_through"]))}
    if cycle["closed_as"] == "late":
        return Moment(day, _("Finishes, too late. Valid through %(through)s.") % facts)
    return Moment(day, _("Finishes. Valid through %(through)s.") % facts)


def _renewed(day: date, before: dict[str, Any], after: dict[str, Any]) -> Moment:
    through = _day(after["certified_through"])
    facts = {"through": in_words(through)}
    if after["certified_through"] == before["certified_through"]:
        told = _("Does it again, earlier than it counts: still valid through %(through)s.")
    elif day > _day(before["certified_through"]):
        told = _("Renews, too late. Valid through %(through)s.")
    else:
        told = _("Renews in time. Valid through %(through)s.")
    return Moment(day, told % facts)


def _opening(found: dict[str, Any]) -> Moment:
    return Moment(_day(found["window_opens"]), _("From this day renewing counts."), "later")


def _passed(found: dict[str, Any], policy: Policy, *, until: date) -> Iterator[Moment]:
    """The end of the first period, where somebody let it go by."""
    through = _day(found["certified_through"])
    if through < until:
        yield Moment(through, _("The last valid day, not renewed in time."), "missed")


def _ending(found: dict[str, Any], policy: Policy) -> Iterator[Moment]:
    through = _day(found["certified_through"])
    if not policy.grace_days:
        told = _("The last valid day. Without renewing, somebody is too late from the next day.")
        yield Moment(through, told, "later")
        return
    yield Moment(through, _("The last valid day. From the next day: too late."), "later")
    told = _("The last day of grace: until here somebody still counts as covered.")
    yield Moment(through + timedelta(days=policy.grace_days), told, "later")


def _day(text: str) -> date:
    return date.fromisoformat(text)
