"""The numbers of a policy in sentences, with the days that follow from them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learning.actions.terms import TermsDraft
from learning.presenters.day_words import in_words
from learning.rules.calendar import add_months, first_of_month
from learning.rules.certifying import Anchor, Certification, renewal, window_opens_on
from learning.rules.consequences import Effect
from learning.rules.policy import Basis, Policy

TWO_WEEKS, LATE_BY = timedelta(days=14), timedelta(days=20)


@dataclass(frozen=True)
class NumberLine:
    """One thing that is agreed; `before` is empty where nothing changes."""

    label: str
    text: str
    before: str = ""


def basis_choice(basis: Basis, policy: Policy, today: date) -> SafeString:
    """A choice with its explanation and an example by these numbers."""
    title, text = basis_words(basis)
    return format_html(
        '<strong>{}</strong><span class="choice__hint">{}</span>'
        '<span class="choice__hint">{}</span>',
        title,
        text,
        example(replace(policy, basis=basis), today),
    )


def basis_words(basis: Basis) -> tuple[str, str]:
    """What a basis is called, and what it means in one sentence."""
    return {
        Basis.EXPIRY: (
            _("From the last valid day"),
            _("Who renews in time keeps the same date every time."),
        ),
        Basis.FIXED: (
            _("Fixed dates"),
            _("The dates are set by the first day to finish by; who is late comes back to them."),
        ),
        Basis.COMPLETION: (
            _("From the day that somebody finishes"),
            _("Each renewal starts a new period on that day."),
        ),
    }[basis]


def example(policy: Policy, today: date) -> str:
    """Somebody who renews in time and somebody who is late, by the rule itself."""
    through = add_months(first_of_month(today), 4).replace(day=15)
    early = max(window_opens_on(through, policy), through - TWO_WEEKS)
    late = through + LATE_BY
    return _(
        "For instance: valid through %(through)s. Renewed on %(early)s: valid through "
        "%(after_early)s. Renewed late, on %(late)s: valid through %(after_late)s."
    ) % {
        "through": in_words(through),
        "early": in_words(early),
        "after_early": in_words(_renewed(early, through, policy)),
        "late": in_words(late),
        "after_late": in_words(_renewed(late, through, policy)),
    }


def _renewed(day: date, through: date, policy: Policy) -> date:
    current = Certification(add_months(through, -12), through, through.day)
    anchor = Anchor(through, through.day)
    return renewal(day, current=current, anchor=anchor, policy=policy).valid_through


def lines(draft: TermsDraft) -> list[NumberLine]:
    """Everything that is agreed, in words."""
    return [NumberLine(label, text) for label, text in _said(draft)]


def changed_lines(before: TermsDraft, after: TermsDraft) -> list[NumberLine]:
    """What is agreed otherwise from now on."""
    old = dict(_said(before))
    new = dict(_said(after))
    return [
        NumberLine(label, new.get(label, _("plays no part")), old.get(label, _("plays no part")))
        for label in {**new, **old}
        if new.get(label) != old.get(label)
    ]


def _said(draft: TermsDraft) -> Iterator[tuple[str, str]]:
    policy = draft.policy
    yield _("A renewal counts"), basis_words(policy.basis)[0]
    yield _("Valid"), months(policy.active_months)
    yield _("Renewing"), _window(policy.window_months)
    if policy.basis is Basis.FIXED:
        yield _("At least valid"), months(policy.minimum_months)
    yield _("Days of grace"), days(policy.grace_days)
    yield (
        _("Certificate from elsewhere"),
        _("at most %(days)s old") % {"days": days(policy.evidence_max_age_days)},
    )
    yield _("After leave"), _("%(days)s to finish") % {"days": days(policy.leave_return_days)}
    yield _("Reminders before"), _rungs([-day for day in sorted(draft.ladder) if day <= 0])
    yield _("Reminders after"), _rungs([day for day in sorted(draft.ladder) if day > 0])
    yield _("The manager hears of it"), _after(draft.manager_after_days)
    yield _("The focal person hears of it"), _after(draft.focal_person_after_days)


def months(number: int) -> str:
    return ngettext("%(number)d month", "%(number)d months", number) % {"number": number}


def days(number: int) -> str:
    return ngettext("%(number)d day", "%(number)d days", number) % {"number": number}


def _window(number: int) -> str:
    if not number:
        return _("only on the last valid day")
    return ngettext("in the last month", "in the last %(number)d months", number) % {
        "number": number
    }


def _rungs(given: list[int]) -> str:
    if not given:
        return _("none")
    return _("%(days)s days") % {"days": ", ".join(str(day) for day in given)}


def _after(number: int | None) -> str:
    if number is None:
        return _("never")
    return _("%(days)s after the last day") % {"days": days(number)}


def effect_words(effect: Effect, number: int) -> str:
    """How many people, and what it is that changes for them."""
    one, more = {
        Effect.ENDS_EARLIER: (
            _("%(number)d person stays covered less long."),
            _("%(number)d people stay covered less long."),
        ),
        Effect.DUE_EARLIER: (
            _("%(number)d person must finish earlier."),
            _("%(number)d people must finish earlier."),
        ),
        Effect.OPENS_LATER: (
            _("%(number)d person can renew only later."),
            _("%(number)d people can renew only later."),
        ),
        Effect.RENEWAL_SHORTER: (
            _("For %(number)d person the next time is valid less long."),
            _("For %(number)d people the next time is valid less long."),
        ),
        Effect.OPENS_EARLIER: (
            _("%(number)d person can renew earlier."),
            _("%(number)d people can renew earlier."),
        ),
        Effect.DUE_LATER: (
            _("%(number)d person may finish later."),
            _("%(number)d people may finish later."),
        ),
        Effect.ENDS_LATER: (
            _("%(number)d person stays covered longer."),
            _("%(number)d people stay covered longer."),
        ),
        Effect.RENEWAL_LONGER: (
            _("For %(number)d person the next time is valid longer."),
            _("For %(number)d people the next time is valid longer."),
        ),
    }[effect]
    return (one if number == 1 else more) % {"number": number}
