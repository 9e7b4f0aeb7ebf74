"""Counts and coverage side by side: a panel of institutions by months."""

from collections.abc import Mapping, Sequence
from datetime import date

from analytics.models import Study
from analytics.rules.months import last_complete_month, months_between
from analytics.rules.panel import NOTHING, Observation, Panel
from analytics.rules.pseudonyms import pseudonym, study_key
from analytics.selectors.counts import cells_by_month
from learning.selectors.coverage import Coverage, coverage_at_month_ends
from organisations.models import Organisation

NO_COVERAGE = Coverage(covered=0, eligible=0)


def panel_of(
    names: Mapping[int, str], months: Sequence[date], *, today: date, order: Sequence[int] = ()
) -> Panel:
    """One row per organisation and month, whether reported or not.

    `names` gives each organisation (by primary key) the name that the panel uses for it. Queries:
    one for the counts and those of the coverage, however many organisations.
    """
    keys = list(order or sorted(names))
    cells = cells_by_month(keys, months)
    coverage = coverage_at_month_ends(organisations=keys, months=months, today=today)
    observations = []
    for key in keys:
        for month in months:
            covered = coverage.get((key, month), NO_COVERAGE)
            observations.append(
                Observation(
                    institution=names[key],
                    month=month,
                    cells=cells.get((key, month), NOTHING),
                    covered=covered.covered,
                    eligible=covered.eligible,
                )
            )
    return Panel(tuple(names[key] for key in keys), tuple(months), tuple(observations))


def panel_of_study(study: Study, *, site_key: str, today: date) -> Panel:
    """The institutions of a study under their codes, in the order of the codes.

    Months from the first of the study to its last, or to the last month that has ended. Raises
    PseudonymKeyMissingError.
    """
    key = study_key(site_key, study.public_id)
    rows = Organisation.objects.filter(studies=study).values_list("pk", "public_id")
    names = {pk: pseudonym(key, public_id) for pk, public_id in rows.order_by("pk")}
    months = months_between(study.starts_month, min(study.ends_month, last_complete_month(today)))
    return panel_of(names, months, today=today, order=sorted(names, key=names.__getitem__))
