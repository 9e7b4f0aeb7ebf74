"""Three years of monthly counts per institution, made up but shaped like real ones.

Over-dispersed, with a season, drifting numbers of clients, months that are missing, and some
corrections. Signals go up somewhat where more people are trained, with much noise: the demo is
no evidence of anything, and the pages say so.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from math import cos, exp, log, pi
from random import Random

from analytics.models import CorrectionReason, MonthlyCount
from analytics.rules.counts import Status
from analytics.rules.indicators import Indicator
from config.demo.moments import moment
from learning.rules.calendar import add_months
from organisations.models import Organisation, User

PER_CLIENT_MONTH = 0.005  # suspicions; the level found in the advisory simulations
RISE = log(1.7)  # of the rate, from nobody to everybody trained
MISSING = 0.08  # of months not handed in


class CountMaker:
    """Writes the counts of one institution."""

    def __init__(self, rng: Random, months: Sequence[date]) -> None:
        self.rng = rng
        self.months = months

    def build(
        self,
        organisation: Organisation,
        keeper: User,
        *,
        clients: int,
        coverage: Mapping[date, float],
        last_months_open: int,
    ) -> None:
        own_level = self.rng.gauss(0, 0.35)
        lasting = 0.0
        rows: list[MonthlyCount] = []
        for place, month in enumerate(self.months):
            clients = max(30, clients + round(self.rng.gauss(0, clients * 0.02)))
            lasting = 0.5 * lasting + self.rng.gauss(0, 0.3)
            handed_in = place < len(self.months) - last_months_open
            if not handed_in or (self.rng.random() < MISSING and last_months_open == 0):
                continue
            trained = coverage.get(add_months(month, -1), 0.0)
            season = 0.15 * cos(2 * pi * (month.month - 2) / 12)
            rate = PER_CLIENT_MONTH * exp(own_level + lasting + season + RISE * trained)
            rows += self._month(organisation, keeper, month, clients, rate)
        MonthlyCount.objects.bulk_create(rows)
        self._correct(organisation, keeper)

    def _month(
        self, organisation: Organisation, keeper: User, month: date, clients: int, rate: float
    ) -> list[MonthlyCount]:
        suspicions = min(clients, self._poisson(clients * rate * self.rng.gammavariate(4, 0.25)))
        reports = sum(self.rng.random() < 0.5 for _one in range(suspicions))
        registrations = sum(self.rng.random() < 0.55 for _one in range(reports))
        numbers = {
            Indicator.CLIENTS: clients,
            Indicator.SUSPICIONS: suspicions,
            Indicator.REPORTS: reports,
            Indicator.REGISTRATIONS: registrations,
        }
        at = moment(add_months(month, 1) + timedelta(days=self.rng.randint(2, 12)))
        return [
            self._row(organisation, keeper, month, indicator, value, at)
            for indicator, value in numbers.items()
        ]

    def _row(
        self,
        organisation: Organisation,
        keeper: User,
        month: date,
        indicator: Indicator,
        value: int,
        at: datetime,
    ) -> MonthlyCount:
        status = Status.COUNTED if value else Status.CONFIRMED_ZERO
        known: int | None = value
        if indicator is Indicator.REGISTRATIONS and self.rng.random() < 0.04:
            status, known = Status.NOT_YET_KNOWN, None
        return MonthlyCount(
            organisation=organisation,
            month=month,
            indicator=indicator.value,
            status=status.value,
            value=known,
            recorded_at=at,
            recorded_by=keeper,
        )

    def _poisson(self, mean: float) -> int:
        """Knuth's method; the means here are small."""
        limit, product, count = exp(-mean), self.rng.random(), 0
        while product > limit:
            product *= self.rng.random()
            count += 1
        return count

    def _correct(self, organisation: Organisation, keeper: User) -> None:
        """One suspicion more in two months: what it was stays visible."""
        known = MonthlyCount.objects.filter(
            organisation=organisation,
            indicator=Indicator.SUSPICIONS.value,
            status=Status.COUNTED.value,
        ).order_by("month", "pk")
        for former in self.rng.sample(list(known), k=min(2, known.count())):
            MonthlyCount.objects.create(
                organisation=organisation,
                month=former.month,
                indicator=former.indicator,
                status=Status.COUNTED.value,
                value=former.value + 1,
                recorded_at=former.recorded_at + timedelta(days=9),
                recorded_by=keeper,
                reason=CorrectionReason.LATE_INFORMATION.value,
                supersedes=former,
            )
