"""Whom a rule is for and what it asks, in words."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learning.models import AssignmentEvent, AssignmentRule, RuleTeam
from learning.presenters.day_words import in_words
from organisations.models import Employment


def audience(rule: AssignmentRule) -> str:
    """*everybody at X*, or the teams and job functions. The caller prefetched the teams."""
    teams = [_team(one) for one in rule.teams.all()]
    names = dict(Employment.JobFunction.choices)
    functions = [str(names.get(one, one)) for one in rule.job_functions]
    words = {"organisation": rule.organisation.name, "teams": _listed(teams)}
    words["functions"] = _listed(functions)
    if teams and functions:
        return _("%(functions)s in %(teams)s") % words
    if teams:
        return _("everybody in %(teams)s") % words
    if functions:
        return _("%(functions)s at %(organisation)s") % words
    return _("everybody at %(organisation)s") % words


def _team(one: RuleTeam) -> str:
    if one.with_subteams:
        return _("%(team)s and the teams below it") % {"team": one.team.name}
    return one.team.name


def _listed(names: list[str]) -> str:
    """*a, b and c*."""
    if len(names) < 2:
        return "".join(names)
    return _("%(some)s and %(last)s") % {"some": ", ".join(names[:-1]), "last": names[-1]}


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
        text = _(
            "The rule for %(who)s gives %(days)s from the first working day, %(start)s: "
            "through %(due)s."
        )
    else:
        text = _(
            "The rule for %(who)s gives %(days)s from the day on which the rule began, %(start)s: "
            "through %(due)s."
        )
    return text % words
