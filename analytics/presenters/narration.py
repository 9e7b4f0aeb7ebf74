"""Sentences about rates and associations. From templates only, and never of cause.

The words that are banned here stand in ANALYTICS (function 12) and in tests/analytics.
"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from analytics.catalogue import BY_INDICATOR
from analytics.formats import number, percent
from analytics.rules.association import (
    MINIMUM_INSTITUTIONS,
    MINIMUM_REPORTED,
    SPAN,
    Association,
    Code,
)
from analytics.rules.indicators import Indicator
from analytics.rules.panel import Observation, Panel, pooled_rate
from analytics.rules.rates import Rate

YEAR = 12  # months


def own_summary(panel: Panel, outcome: Indicator) -> list[str]:
    """What the chart of one organisation says, for those who read better than they look."""
    rows = list(panel.observations)
    sentences = [
        _rate_sentence(_("In the last 12 months"), rows[-YEAR:], outcome),
        _rate_sentence(_("In the 12 months before that"), rows[-2 * YEAR : -YEAR], outcome),
        _coverage_sentence(rows),
        _gaps_sentence(sum(not row.is_reported(outcome) for row in rows), len(rows)),
    ]
    return [sentence for sentence in sentences if sentence]


def _rate_sentence(when: str, rows: list[Observation], outcome: Indicator) -> str:
    found = pooled_rate(rows, outcome)
    what = str(BY_INDICATOR[outcome].in_a_sentence)
    if found is None:
        return _("%(when)s there are no months in which %(what)s and clients are both known.") % {
            "when": when,
            "what": what,
        }
    return _told(_with_known(when, rows, outcome), found, what)


def _with_known(when: str, rows: list[Observation], outcome: Indicator) -> str:
    """Says it when the sum is not over all twelve months: it then looks smaller than it was."""
    known = sum(row.is_known(outcome) for row in rows)
    if known == YEAR:
        return when
    return ngettext(
        "%(when)s (%(known)s of the 12 months is known)",
        "%(when)s (%(known)s of the 12 months are known)",
        known,
    ) % {"when": when, "known": number(known)}


def _told(when: str, found: Rate, what: str) -> str:
    return _(
        "%(when)s: %(events)s %(what)s over %(exposure)s client-months. That is %(estimate)s per "
        "1,000 client-months (95%% interval %(lower)s to %(upper)s)."
    ) % {
        "when": when,
        "events": number(found.events),
        "what": what,
        "exposure": number(found.exposure),
        "estimate": number(found.estimate, 1),
        "lower": number(found.lower, 1),
        "upper": number(found.upper, 1),
    }


def _coverage_sentence(rows: list[Observation]) -> str:
    now = rows[-1].coverage if rows else None
    before = rows[-YEAR - 1].coverage if len(rows) > YEAR else None
    if now is None:
        return _("It is not known how many workers had valid training.")
    if before is None:
        return _("At the end of last month %(now)s of the workers had valid training.") % {
            "now": percent(now)
        }
    return _(
        "At the end of last month %(now)s of the workers had valid training; a year before it "
        "was %(before)s."
    ) % {"now": percent(now), "before": percent(before)}


def _gaps_sentence(missing: int, total: int) -> str:
    if not missing:
        return ""
    return ngettext(
        "%(missing)s of the %(total)s months has no number: that is a gap in the chart.",
        "%(missing)s of the %(total)s months have no number: those are gaps in the chart.",
        missing,
    ) % {"missing": number(missing), "total": number(total)}


def association_sentence(result: Association, outcome: Indicator) -> str:
    """The result in words, or why there is none and what would be enough."""
    if result.correlation is None:
        return refusal_sentence(result)
    found = result.correlation
    if found.lower > 0:
        pattern = _(
            "At institutions where training coverage rose more, the rate of %(what)s rose more "
            "as well, or fell less."
        )
    elif found.upper < 0:
        pattern = _(
            "At institutions where training coverage rose more, the rate of %(what)s rose less, "
            "or fell more."
        )
    else:
        pattern = _(
            "It is too uncertain to say whether the change in training coverage and the change "
            "in the rate of %(what)s go together: the interval includes 0."
        )
    figures = _(
        "Rank correlation (Spearman) %(rho)s, 95%% interval %(lower)s to %(upper)s, over %(n)s "
        "institutions."
    ) % {
        "rho": number(found.rho, 2),
        "lower": number(found.lower, 2),
        "upper": number(found.upper, 2),
        "n": number(found.n),
    }
    caution = _("This is an association; other explanations are possible.")
    what = BY_INDICATOR[outcome].in_a_sentence
    return " ".join([pattern % {"what": what}, figures, caution])


def refusal_sentence(result: Association) -> str:
    """Too little data is a full sentence with what would be enough."""
    if result.code is Code.TOO_FEW_MONTHS:
        return _(
            "The study has %(have)s months that have ended. At least %(needed)s are needed: "
            "%(span)s to begin with and %(span)s to compare them with."
        ) % {
            "have": number(result.n_months),
            "needed": number(2 * SPAN),
            "span": number(SPAN),
        }
    if result.code is Code.TOO_FEW_INSTITUTIONS:
        return _(
            "%(have)s institutions have enough data. At least %(needed)s are needed, each with "
            "at least %(months)s of the first 12 and %(months)s of the last 12 months in which "
            "the number, the clients in care and the training coverage are all known."
        ) % {
            "have": number(result.n_informative),
            "needed": number(MINIMUM_INSTITUTIONS),
            "months": number(MINIMUM_REPORTED),
        }
    return _(
        "All institutions changed equally much, in coverage or in rate, so there is nothing to "
        "compare. An answer needs institutions that differ in both."
    )
