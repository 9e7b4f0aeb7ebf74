"""The association of a study: its points, and what it rests on."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from analytics.charts import Point
from analytics.formats import number
from analytics.rules.association import Association, Change
from analytics.rules.disclosure import rounded


def points_of(result: Association) -> list[Point]:
    """Institutions whose changes may be shown; rounded, so that no count can be worked back."""
    return [_point(change) for change in result.changes if change.may_be_shown]


def _point(change: Change) -> Point:
    coverage = float(round(100 * change.of_coverage))
    rate = round(change.of_rate, 1)
    words = _("%(code)s: coverage %(coverage)s points, rate %(rate)s per 1,000") % {
        "code": change.institution,
        "coverage": signed(coverage),
        "rate": signed(rate, 1),
    }
    return Point(change.institution, coverage, rate, words)


def signed(value: float, digits: int = 0) -> str:
    """A change carries its sign: +12 or −3."""
    text = number(value, digits)
    return f"+{text}" if value > 0 else text


def change_rows(points: Sequence[Point]) -> list[tuple[str, str, str]]:
    """The table that says the same as the drawing."""
    return [(p.code, signed(p.coverage_points), signed(p.rate_change, 1)) for p in points]


def rests_on(result: Association, shown: int) -> list[tuple[str, str]]:
    """Term and number, for the list under the result. Counts rounded to five."""
    return [
        (_("Institutions in the study"), number(result.n_institutions)),
        (_("Institutions with enough data"), number(result.n_informative)),
        (_("Institutions drawn"), number(shown)),
        (_("Months"), number(result.n_months)),
        (_("Institution-months without both numbers"), number(result.n_missing)),
        (_("Events (about)"), number(rounded(result.n_events))),
        (_("Events at a coverage below 10% (about)"), number(rounded(result.n_events_untrained))),
        (
            _("Events at a coverage of 30% or more (about)"),
            number(rounded(result.n_events_trained)),
        ),
        (_("Method"), f"{result.method_id} {result.engine_version}"),
        (_("Mark of the data"), result.data_snapshot_sha256[:16]),
    ]
