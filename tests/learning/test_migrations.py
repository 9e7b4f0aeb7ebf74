"""What was landed before the ledger becomes facts, and goes back."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

# Both apps: what the rows of that day hold must fit the tables of that day.
BEFORE = [("organisations", "0001_initial"), ("learning", "0001_initial")]
AFTER = [("organisations", "0001_initial"), ("learning", "0004_ledger_promises")]
pytestmark = pytest.mark.django_db(transaction=True)


def at(day):
    return datetime(day.year, day.month, day.day, 10, tzinfo=UTC)


def migrate(targets):
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    return MigrationExecutor(connection).loader.project_state(targets).apps


@pytest.fixture
def before():
    """The database as it was landed; whatever happens, the newest again afterwards."""
    yield migrate(BEFORE)
    migrate(MigrationExecutor(connection).loader.graph.leaf_nodes())


def landed(apps):
    """Somebody certified in time, lapsed, and certified again late; and somebody halfway."""

    def make(app, name, /, **fields):
        return apps.get_model(app, name).objects.create(**fields)

    organisation = make(
        "organisations",
        "Organisation",
        name="Oever",
        public_id="o",
        created_at=at(date(2024, 1, 1)),
    )
    policy = make(
        "learning", "RecertificationPolicy", name="Jaarlijks", active_months=12, window_months=2
    )
    programme = make("learning", "Programme", title="Leerlijn", policy=policy, public_id="p")
    rule = make(
        "learning",
        "AssignmentRule",
        public_id="r",
        organisation=organisation,
        programme=programme,
        due_after_days=90,
        starts_on=date(2024, 1, 1),
    )
    found = []
    for number, days in enumerate([[date(2024, 3, 1), date(2025, 6, 1)], []]):
        worker = make(
            "organisations",
            "User",
            email=f"{number}@care.example",
            public_id=f"w{number}",
            first_name="Sanne",
            last_name="de Wit",
        )
        assignment = make(
            "learning",
            "Assignment",
            public_id=f"a{number}",
            worker=worker,
            programme=programme,
            organisation=organisation,
            rule=rule,
            reason="rule",
            counted_from=date(2024, 1, 1),
            assigned_on=date(2024, 1, 1),
            first_due_on=date(2024, 3, 31),
            assigned_at=at(date(2024, 1, 1)),
        )
        found.append(assignment)
        for place, day in enumerate(days or [None], start=1):
            through = date(2025, 3, 31) if place == 1 else date(2026, 6, 1)
            cycle = make(
                "learning",
                "Cycle",
                assignment=assignment,
                number=place,
                path="onboarding" if place == 1 else "refresher",
                window_opens_on=None if place == 1 else date(2025, 1, 31),
                due_on=date(2024, 3, 31) if place == 1 else date(2025, 3, 31),
                opened_at=at(date(2024, 1, 1) if place == 1 else date(2025, 5, 20)),
                closed_at=at(day) if day else None,
            )
            if day:
                make(
                    "learning",
                    "Completion",
                    public_id=f"c{number}{place}",
                    worker=worker,
                    assignment=assignment,
                    cycle=cycle,
                    source="attempt",
                    completed_at=at(day),
                    completed_on=day,
                    valid_through=through,
                    remembered_day=through.day,
                    active_months=12,
                    window_months=2,
                )
    return found


def test_fields_become_facts_a_lapse_its_own_period_and_all_of_it_goes_back(before):
    lapsed, halfway = landed(before)
    apps = migrate(AFTER)
    model = {name: apps.get_model("learning", name) for name in ["AssignmentEvent", "Cycle"]}
    event = model["AssignmentEvent"].objects.get(assignment=lapsed.pk)
    assert (event.kind, event.on, event.day) == ("assigned", date(2024, 1, 1), date(2024, 3, 31))
    lines = model["Cycle"].objects.filter(assignment=lapsed.pk).order_by("number")
    assert [(line.number, line.closed_as, line.closed_on) for line in lines] == [
        (1, "on_time", date(2024, 3, 1)),
        (2, "lapsed", date(2025, 4, 1)),
        (3, "late", date(2025, 6, 1)),
    ]
    assert model["Cycle"].objects.get(assignment=halfway.pk).closed_on is None
    certificates = apps.get_model("learning", "Certificate").objects.order_by("completed_on")
    assert [one.name for one in certificates] == ["Sanne de Wit"] * 2
    terms = apps.get_model("learning", "PolicyTerms").objects.get()
    assert (terms.active_months, terms.window_months) == (12, 2)

    apps = migrate(BEFORE)
    kept = apps.get_model("learning", "Assignment").objects.order_by("pk")
    assert [one.first_due_on for one in kept] == [date(2024, 3, 31)] * 2
    assert apps.get_model("learning", "Completion").objects.count() == 2
    assert apps.get_model("learning", "RecertificationPolicy").objects.get().window_months == 2
