"""A large institution with years of training, made inside PostgreSQL.

Everybody follows every programme, with a day of the year of their own, and renewed each year some
days before the expiry; one in twenty did not the last time. The numbers of rows follow from that
of the person and of the programme, so that the same size is always the same data.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db import connection
from django.db.models import Model

from learning.models import (
    Assignment,
    AssignmentEvent,
    AssignmentRule,
    Completion,
    Cycle,
    DailyRun,
    PolicyTerms,
    Programme,
    RecertificationPolicy,
    Validity,
)
from organisations.models import Employment, Leave, Organisation, Team, User
from scripts.bench_data import insert_select

FIRST = 1_000_000_000  # numbers below it are of the example data
PER_TEAM = 25
AS_OF = date(2026, 3, 2)
AT = datetime(2026, 3, 2, 5, tzinfo=UTC)
LONG_AGO = date(2019, 1, 1)

# One row per person and programme: the last valid day of the first certification, how long
# before an expiry this person renews, and how often they did before AS_OF.
TRAINED = """
(SELECT p, g, %(first)s::bigint + p * 16 + g AS assignment, first_through, early,
    CASE WHEN (p + g) %% 20 = 0 THEN 5 ELSE 5 + CASE
      WHEN first_through + interval '4 years' - early * interval '1 day' < %(as_of)s THEN 1 ELSE 0
    END END AS times
  FROM (
    SELECT p, g, 1 + (p * 11 + g * 5) %% 27 AS early,
      make_date(extract(year FROM d)::int, extract(month FROM d)::int,
        least(extract(day FROM d)::int, 28)) AS first_through
    FROM (SELECT p, g, date '2021-03-02' + ((p * 37 + g * 101) %% 365)::int AS d
      FROM generate_series(%(start)s, %(stop)s - 1) p, generate_series(1, %(programmes)s) g) days
  ) phases
) x"""
LAST = """
(SELECT *, (first_through + (times - 1) * interval '1 year')::date AS through,
    (first_through + (times - 1) * interval '1 year' - interval '1 month')::date AS opens
  FROM {trained}) y"""


@dataclass(frozen=True)
class Scale:
    """So many people of the institution, following so many programmes."""

    people: int
    programmes: int


def grow_to(scale: Scale, *, start: int = 0) -> Organisation:
    """The institution, from `start` people to those of the scale."""
    organisation, _made = Organisation.objects.get_or_create(
        name="Bench zorg", defaults={"works_council_agreed_on": LONG_AGO, "created_at": AT}
    )
    _make_programmes(organisation, scale.programmes)
    filling = _Filling(organisation, scale, start)
    filling.people()
    filling.training()
    DailyRun.objects.get_or_create(
        as_of=AS_OF - timedelta(days=1), defaults={"finished_at": AT - timedelta(days=1)}
    )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return organisation


def _make_programmes(organisation: Organisation, number: int) -> None:
    """Programmes with consecutive numbers, each with its policy and the institution's rule."""
    pks = [FIRST + place for place in range(1, number + 1)]
    known = set(Programme.objects.filter(pk__in=pks).values_list("pk", flat=True))
    for pk in [pk for pk in pks if pk not in known]:
        policy = RecertificationPolicy.objects.create(name=f"Bench {pk}")
        PolicyTerms.objects.create(policy=policy, starts_on=LONG_AGO, ladder=[-30], made_at=AT)
        Programme.objects.create(pk=pk, title=f"Bench {pk}", reason="–", policy=policy)
        AssignmentRule.objects.create(
            pk=pk,
            organisation=organisation,
            programme_id=pk,
            starts_on=LONG_AGO,
            counts_from=LONG_AGO,
            made_at=AT,
        )


class _Filling:
    def __init__(self, organisation: Organisation, scale: Scale, start: int) -> None:
        self.facts = {
            "first": FIRST,
            "start": start,
            "stop": scale.people,
            "programmes": scale.programmes,
            "as_of": AS_OF,
            "organisation": organisation.pk,
            "per_team": PER_TEAM,
            "at": AT,
        }

    def people(self) -> None:
        people = "generate_series(%(start)s, %(stop)s - 1) p"
        teams = "generate_series(%(start)s / %(per_team)s, (%(stop)s - 1) / %(per_team)s) t"
        self.insert(
            Team,
            teams,
            id="%(first)s + t",
            organisation_id="%(organisation)s",
            parent_id="CASE WHEN t %% 10 > 0 THEN %(first)s + t - t %% 10 END",
            name="'Team ' || t",
            public_id=_public("t", "t"),
        )
        self.insert(
            User,
            people,
            id="%(first)s + p",
            email="'p' || p || '@scale.example'",
            first_name="'Bench'",
            last_name="lpad(p::text, 7, '0')",
            public_id=_public("u", "p"),
            date_joined="%(at)s",
        )
        self.insert(
            Employment,
            people,
            id="%(first)s + p",
            user_id="%(first)s + p",
            team_id="%(first)s + p / %(per_team)s",
            starts_on="date '2019-06-01'",
            public_id=_public("e", "p"),
        )
        self.insert(
            Leave,
            "generate_series(%(start)s, %(stop)s - 1, 30) p",
            id="%(first)s + p",
            user_id="%(first)s + p",
            starts_on="%(as_of)s - 200",
            public_id=_public("l", "p"),
        )

    def training(self) -> None:
        due = "(first_through - interval '1 year')::date"
        self.insert(
            Assignment,
            TRAINED,
            id="assignment",
            worker_id="%(first)s + p",
            programme_id="%(first)s + g",
            organisation_id="%(organisation)s",
            public_id=_public("a", "p * 16 + g"),
        )
        self.insert(
            AssignmentEvent,
            TRAINED,
            id="assignment",
            assignment_id="assignment",
            kind="'assigned'",
            on=f"{due} - 90",
            day=due,
            reason="'rule'",
            rule_id="%(first)s + g",
            at=f"{due} - 90",
        )
        self._periods(due)
        self._validity()

    def _periods(self, due: str) -> None:
        each = f"{TRAINED}, generate_series(1, times) k"
        before = "(first_through + (k - 2) * interval '1 year')::date"
        through = "(first_through + (k - 1) * interval '1 year')::date"
        opens = f"({before} - interval '1 month')::date"
        self.insert(
            Cycle,
            each,
            id="assignment * 16 + k",
            assignment_id="assignment",
            number="k",
            path="CASE WHEN k = 1 THEN 'onboarding' ELSE 'refresher' END",
            opened_on=f"CASE WHEN k = 1 THEN {due} - 90 ELSE {opens} END",
            window_opens_on=f"CASE WHEN k > 1 THEN {opens} END",
            due_on=before,
            closed_on=f"{before} - early",
            closed_as="'on_time'",
        )
        self.insert(
            Completion,
            each,
            id="assignment * 16 + k",
            public_id=_public("c", "(p * 16 + g) * 16 + k"),
            worker_id="%(first)s + p",
            assignment_id="assignment",
            cycle_id="assignment * 16 + k",
            completed_on=f"{before} - early",
            valid_through=through,
            covered_through=through,
            remembered_day=f"extract(day FROM {through})",
            active_months="12",
            recorded_on=f"{before} - early",
            recorded_at=f"{before} - early + time '12:00'",
        )
        lapsed = "through + 1 < %(as_of)s"
        self.insert(
            Cycle,
            f"{LAST.format(trained=TRAINED)}, generate_series(1, 2) k "
            f"WHERE opens < %(as_of)s AND (k = 1 OR {lapsed})",
            id="assignment * 16 + times + k",
            assignment_id="assignment",
            number="times + k",
            path="'refresher'",
            opened_on="CASE WHEN k = 1 THEN opens ELSE through + 1 END",
            window_opens_on="CASE WHEN k = 1 THEN opens END",
            due_on="through",
            closed_on=f"CASE WHEN k = 1 AND {lapsed} THEN through + 1 END",
            closed_as=f"CASE WHEN k = 1 AND {lapsed} THEN 'lapsed' ELSE '' END",
        )

    def _validity(self) -> None:
        self.insert(
            Validity,
            LAST.format(trained=TRAINED),
            assignment_id="assignment",
            worker_id="%(first)s + p",
            programme_id="%(first)s + g",
            is_assigned="true",
            certified_through="through",
            covered_through="through",
            window_opens_on="opens",
            due_on="through",
            next_change_on="CASE WHEN opens >= %(as_of)s THEN opens "
            "WHEN through + 1 >= %(as_of)s THEN through + 1 END",
        )

    def insert(self, model: type[Model], source: str, **columns: str) -> None:
        insert_select(model, source, self.facts, columns)


def _public(kind: str, number: str) -> str:
    return f"'{kind}' || lpad(({number})::text, 11, '0')"
