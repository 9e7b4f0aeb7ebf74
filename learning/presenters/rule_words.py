"""Whom a rule is for and what it asks, in words."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learning.models import AssignmentEvent, AssignmentRule
from learning.presenters.day_words import in_words
from organisations.models import Employment


def audience(rule: AssignmentRule) -> str:
    """*everybody at X*, or the teams and job functions. The caller prefetched the teams."""
    return audience_of(
        [(one.team.name, one.with_subteams) for one in rule.teams.all()],
        rule.job_functions,
        rule.organisation.name,
    )


def audience_of(
    meant: Iterable[tuple[str, bool]], job_functions: Iterable[str], organisation: str
) -> str:
    """The same for a rule that is not saved: teams with whether those below are meant."""
    teams = [_team(name, with_those_below) for name, with_those_below in meant]
    names = dict(Employment.JobFunction.choices)
    functions = [str(names.get(one, one)) for one in job_functions]
    words = {"organisation": organisation, "teams": _listed(teams)}
    words["functions"] = _listed(functions)
    if teams and functions:
        return _("%(functions)s in %(teams)s") % words
    if teams:
        return _("everybody in %(teams)s") % words
    if functions:
        return _("%(functions)s at %(organisation)s") % words
    return _("everybody at %(organisation)s") % words


def _team(name: str, with_those_below: bool) -> str:
    return _("%(team)s and the teams below it") % {"team": name} if with_those_below else name


def _listed(names: list[str]) -> str:
    """*a, b and c*."""
    if len(names) < 2:
        return "".join(names)
    return _("%(some)s and %(last)s") % {"some": ", ".join(names[:-1]), "last": names[-1]}


def due_words(*, due_from: str, days: int | None, due_on: date | None, counts_from: date) -> str:
    """By when a rule asks it the first time."""
    if due_on is not None:
        return _("on %(day)s at the latest") % {"day": in_words(due_on)}
    number = days or 0
    if due_from == AssignmentRule.DueFrom.EMPLOYMENT:
        text = ngettext(
            "within %(days)d day after the first working day",
            "within %(days)d days after the first working day",
            number,
        )
    else:
        text = ngettext(
            "within %(days)d day after the start of this rule (%(start)s)",
            "within %(days)d days after the start of this rule (%(start)s)",
            number,
        )
    return text % {"days": number, "start": in_words(counts_from)}


def rule_lines(row: AssignmentEvent, rules: Mapping[str, AssignmentRule]) -> list[dict[str, Any]]:
    """Each rule that matched: whom it is for, by when, and whether its date is the one."""
    lines = []
    latest = _("This is the latest date, so this one holds.")
    for one in row.matched:
        rule = rules[one["rule"]]
        due = date.fromisoformat(one["due"])
        counts = rule.pk == row.rule_id
        text = rule_words(rule, due)
        if len(row.matched) > 1 and counts:
            text = f"{text} {latest}"
        lines.append(
            {"for": audience(rule), "due": one["due"], "counts": counts, "text": text},
        )
    return lines


def rule_words(rule: AssignmentRule, due: date) -> str:
    words = {"who": audience(rule), "due": in_words(due)}
    if rule.due_after_days is None:
        return _("The rule for %(who)s names this date: %(due)s.") % words
    counted = due - timedelta(days=rule.due_after_days)
    words["days"] = ngettext("%(days)d day", "%(days)d days", rule.due_after_days) % {
        "days": rule.due_after_days
    }
    words["start"] = in_words(counted)
    if rule.due_from == AssignmentRule.DueFrom.EMPLOYMENT and counted != rule.counts_from:
        text = _("The rule for %(who)s gives %(days)s, counted from %(start)s: through %(due)s.")
    else:
        text = _(
            "The rule for %(who)s gives %(days)s from the day on which the rule began, %(start)s: "
            "through %(due)s."
        )
    return text % words
