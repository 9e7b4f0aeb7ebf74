"""Coverage as it was: the statement says what replaying the facts says, and the past stays."""

from datetime import date, timedelta
from random import Random

import pytest
from django.urls import reverse

from learning.actions import bring_up_to_date, extend
from learning.models import Assignment, AssignmentEvent, Completion, Revocation
from learning.rules.coverage import group_of
from learning.rules.status import standing_on
from learning.selectors.coverage import Coverage, coverage_at_month_ends, coverage_on, months_of
from learning.selectors.facts import facts_of
from learning.selectors.people import dates_as_of, people_of_team
from learning.selectors.team import tallies_today
from tests.factories.learning import (
    TODAY,
    covered,
    make_assignment,
    make_completion,
    make_programme,
    make_rule,
    on,
)
from tests.factories.organisations import (
    make_employment,
    make_leave,
    make_manager,
    make_organisation,
    make_team,
    make_user,
    make_worker,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
START = date(2024, 1, 1)
MARCH = date(2026, 3, 1)


@pytest.fixture
def team():
    return make_team(name="De Wilg")


@pytest.fixture
def rule(team):
    return make_rule(team.organisation, make_programme(grace_days=10))


def tally_on(day, team, rule):
    return coverage_on(day, {team.pk: None}, rule.programme_id).total


def imported(assignment, *, completed_on, recorded_on, today=TODAY):
    through = completed_on + timedelta(days=365)
    Completion.objects.create(
        worker=assignment.worker,
        assignment=assignment,
        source=Completion.Source.IMPORTED,
        completed_on=completed_on,
        valid_through=through,
        covered_through=through,
        remembered_day=through.day,
        active_months=12,
        recorded_on=recorded_on,
        recorded_at=on(recorded_on),
    )
    bring_up_to_date([assignment.pk], today=today)


def revoke(completion, day, today=TODAY):
    Revocation.objects.create(completion=completion, on=day, reason="mistake", at=on(day, 11))
    bring_up_to_date([completion.assignment_id], today=today)


# What may and may not change the past


def test_a_later_completion_does_not_change_a_past_day(team, rule):
    assignment = make_assignment(make_worker(team), day=date(2026, 1, 5), rule=rule)
    before = tally_on(MARCH, team, rule)
    make_completion(assignment, completed_on=MARCH + DAY, valid_through=date(2027, 3, 2))
    assert tally_on(MARCH, team, rule) == before
    assert (before.covered, before.not_covered) == (0, 1)
    assert tally_on(MARCH + DAY, team, rule).covered == 1


def test_a_move_to_another_team_does_not_change_a_past_day(team, rule):
    worker = make_user()
    make_employment(worker, team, ends_before=MARCH)
    make_employment(worker, make_team(team.organisation), starts_on=MARCH)
    covered(worker, through=date(2026, 12, 24), day=date(2026, 2, 1))
    assert tally_on(MARCH - DAY, team, rule).covered == 1
    assert tally_on(MARCH, team, rule).total == 0


def test_a_new_rule_does_not_change_a_past_day(team, rule):
    worker = make_worker(team)
    before = tally_on(MARCH, team, rule)
    make_assignment(worker, day=MARCH + DAY, rule=rule)
    assert tally_on(MARCH, team, rule) == before
    assert before.unassigned == 1


def test_being_unassigned_later_does_not_change_a_past_day(team, rule):
    assignment = covered(make_worker(team), through=date(2026, 12, 24))
    before = tally_on(MARCH, team, rule)
    AssignmentEvent.objects.create(
        assignment=assignment, kind="unassigned", on=MARCH + DAY, reason="no_rule", at=on(MARCH)
    )
    assert tally_on(MARCH, team, rule) == before
    assert tally_on(MARCH + DAY, team, rule).unassigned == 1


def test_what_was_completed_elsewhere_counts_from_its_own_day(team, rule):
    assignment = make_assignment(make_worker(team), day=date(2026, 1, 5), rule=rule)
    imported(assignment, completed_on=MARCH, recorded_on=date(2026, 5, 1))
    assert tally_on(MARCH - DAY, team, rule).covered == 0
    assert tally_on(MARCH, team, rule).covered == 1


def test_a_revocation_counts_from_its_own_day(team, rule):
    assignment = covered(make_worker(team), through=date(2026, 12, 24))
    revoke(assignment.completions.get(), MARCH)
    assert tally_on(MARCH - DAY, team, rule).covered == 1
    assert tally_on(MARCH, team, rule).covered == 0


def test_an_extension_covers_through_its_grace(team, rule):
    assignment = covered(make_worker(team), through=date(2026, 4, 1), day=MARCH)
    extend(
        assignment=assignment,
        to=date(2026, 4, 20),
        reason="ext_illness",
        by=None,
        at=on(date(2026, 3, 20)),
    )
    event = assignment.events.get(kind="extended")
    assert event.covered_through is not None
    assert tally_on(event.covered_through, team, rule).covered == 1
    assert tally_on(event.covered_through + DAY, team, rule).covered == 0


def test_leave_then_and_not_now(team, rule):
    worker = make_worker(team)
    covered(worker, through=date(2026, 12, 24))
    make_leave(worker, starts_on=MARCH, ends_before=MARCH + DAY)
    assert tally_on(MARCH, team, rule).on_leave == 1
    assert tally_on(MARCH + DAY, team, rule).on_leave == 0


def test_teams_below_are_added_once(team, rule):
    below = make_team(parent=team)
    both = make_worker(team)
    make_employment(both, below)
    covered(both, through=date(2026, 12, 24))
    covered(make_worker(below), through=date(2026, 12, 24))
    found = coverage_on(MARCH, {team.pk: None, below.pk: team.pk}, rule.programme_id)
    assert (found.own[team.pk].covered, found.own[below.pk].covered) == (1, 2)
    assert (found.whole[team.pk].covered, found.total.covered) == (2, 2)


def test_the_page_shows_the_past_with_and_without_the_teams_below(client, team, rule):
    below = make_team(parent=team)
    covered(make_worker(below), through=date(2026, 12, 24))
    client.force_login(make_manager(team))
    overview = client.get(reverse("learning:team"), {"op": "2026-03-01"}).context["overview"]
    assert overview.is_past
    assert not overview.attention
    top, under = overview.rows
    assert (top.tally.covered, top.whole.covered, under.tally.covered) == (0, 1, 1)
    assert under.whole is None


# Random histories: the statements against replay, person by person


def live(dice, team, elsewhere, rule):
    """Somebody's history; what a person does follows what the rules would let them do."""
    worker = make_user()
    day = START + timedelta(days=dice.randrange(200))
    moves = day + timedelta(days=dice.randrange(100, 600))
    make_employment(worker, team, starts_on=day, ends_before=dice.choice([None, moves]))
    if dice.random() < 0.5:
        make_employment(worker, elsewhere, starts_on=moves)
    if dice.random() < 0.4:
        away = day + timedelta(days=dice.randrange(800))
        make_leave(worker, starts_on=away, ends_before=dice.choice([None, away + 60 * DAY]))
    if dice.random() < 0.2:
        return
    assignment = make_assignment(worker, day=day, rule=rule)
    for _fact in range(dice.randrange(6)):
        day += timedelta(days=dice.randrange(1, 200))
        if day <= TODAY:
            happen(dice, assignment, day)
    bring_up_to_date([assignment.pk], today=TODAY)


def happen(dice, assignment, day):
    kind = dice.choice(["done", "done", "import", "off", "on", "extend", "revoke"])
    bring_up_to_date([assignment.pk], today=day)
    known = facts_of([assignment.pk])[assignment.pk].ledger_on(day)
    if kind == "done" and known.open_cycle is not None:
        through = day + timedelta(days=365)
        make_completion(assignment, completed_on=day, valid_through=through, today=day)
    elif kind == "import":
        imported(assignment, completed_on=day - 50 * DAY, recorded_on=day, today=day)
    elif kind == "extend" and known.is_assigned:
        to = max(day, known.due_on or day) + 40 * DAY
        extend(assignment=assignment, to=to, reason="ext_other", by=None, at=on(day))
    elif kind in {"off", "on"}:
        AssignmentEvent.objects.create(
            assignment=assignment,
            kind="unassigned" if kind == "off" else "assigned",
            on=day,
            day=None if kind == "off" else day + 90 * DAY,
            reason="no_rule" if kind == "off" else "rule_again",
            at=on(day),
        )
    elif kind == "revoke":
        current = known.current
        done = assignment.completions.filter(
            completed_on=current.completed_on if current else None, revocation=None
        ).first()
        if done is not None and done.recorded_on < day:
            revoke(done, day, today=day)
    bring_up_to_date([assignment.pk], today=day)


def replayed(teams, day, rule):
    """Per group the people of the teams, from each one's facts."""
    names = {"covered": 0, "not_covered": 0, "on_leave": 0, "unassigned": 0}
    groups = {}
    for team in teams:
        for row in people_of_team(team, rule.programme, day=day, today=TODAY + DAY):
            standing = row.standing
            groups[row.person.pk] = (
                str(group_of(standing, day))
                if not standing.in_denominator
                else "covered"
                if standing.covered
                else "not_covered"
            )
    for group in groups.values():
        names[group] += 1
    return names


@pytest.mark.parametrize("seed", range(4))
def test_the_statements_say_what_replay_says(seed):
    dice = Random(seed)
    team = make_team()
    elsewhere = make_team(team.organisation)
    rule = make_rule(team.organisation, make_programme())
    for _person in range(12):
        live(dice, team, elsewhere, rule)
    parents = {team.pk: None, elsewhere.pk: None}
    days = [START + timedelta(days=dice.randrange(880)) for _day in range(12)]
    for day in [*days, TODAY]:
        total = coverage_on(day, parents, rule.programme_id).total
        found = {
            name: getattr(total, name)
            for name in ("covered", "not_covered", "on_leave", "unassigned")
        }
        assert found == replayed([team, elsewhere], day, rule), day
    now = tallies_today(parents, rule.programme_id, TODAY).total
    assert (now.covered, now.not_covered, now.on_leave, now.unassigned) == tuple(found.values())


def test_today_the_maintained_dates_say_what_replay_says():
    dice = Random(20)
    team = make_team()
    rule = make_rule(team.organisation, make_programme())
    for _person in range(20):
        live(dice, team, make_team(team.organisation), rule)
    held = {row.pk: row for row in Assignment.objects.select_related("validity")}
    for pk, facts in facts_of(list(held)).items():
        then = standing_on(dates_as_of(facts, TODAY), TODAY)
        assert standing_on(held[pk].validity.dates, TODAY) == then


# By month


def test_months_end_today(team, rule):
    covered(make_worker(team), through=date(2026, 12, 24))
    months = [date(2025, 12, 1), date(2026, 6, 1), date(2026, 7, 1)]
    found = months_of([team.pk], rule.programme_id, day=TODAY, months=months)
    assert [(row.month, row.day) for row in found] == [
        (date(2025, 12, 1), date(2025, 12, 31)),
        (date(2026, 6, 1), TODAY),
    ]
    assert [row.tally.covered for row in found] == [1, 1]


# For the counts of institutions


def share(organisation, month, **more):
    found = coverage_at_month_ends(
        organisations=[organisation.pk], months=[month], today=TODAY, **more
    )
    return found.get((organisation.pk, month))


def test_before_training_begins_coverage_is_nought_and_not_unknown(team, rule):
    away = make_worker(team)
    make_leave(away)
    make_assignment(make_worker(team), day=date(2026, 3, 10), rule=rule)
    make_worker(team)
    assert share(team.organisation, date(2026, 2, 1)) == Coverage(covered=0, eligible=2)
    assert share(team.organisation, MARCH) == Coverage(covered=0, eligible=1)


def test_only_who_has_the_training_counts(team, rule):
    covered(make_worker(team), through=date(2026, 12, 24))
    make_worker(team)
    assert share(team.organisation, MARCH) == Coverage(covered=1, eligible=1)


def test_another_employer_does_not_begin_the_training_here(team):
    worker = make_worker(make_team())
    covered(worker, through=date(2026, 12, 24))
    make_employment(worker, team)
    assert share(team.organisation, MARCH) == Coverage(covered=0, eligible=1)


def test_without_a_programme_one_valid_training_covers(team, rule):
    worker = make_worker(team)
    covered(worker, through=date(2026, 12, 24))
    other = make_rule(team.organisation, make_programme())
    make_assignment(worker, day=date(2026, 1, 5), rule=other)
    assert share(team.organisation, MARCH) == Coverage(covered=1, eligible=1)
    assert share(team.organisation, MARCH, programme=rule.programme).covered == 1
    assert share(team.organisation, MARCH, programme=other.programme).covered == 0


def test_months_to_come_and_empty_organisations_are_absent(team, rule):
    make_worker(team)
    assert share(team.organisation, date(2026, 7, 1)) is None
    assert share(make_organisation(), MARCH) is None
    assert coverage_at_month_ends(organisations=[], months=[MARCH], today=TODAY) == {}
