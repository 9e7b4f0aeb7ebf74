"""Other numbers: first with whom they touch, then saved by a second click."""

from datetime import date, timedelta

import pytest

from learning.actions.terms import TermsDraft, set_terms
from learning.models import PolicyTerms
from learning.presenters.policy import example
from learning.presenters.what_if import Supposed, story
from learning.rules.consequences import Effect, policy_on
from learning.rules.policy import Basis, Policy, PolicyPeriod
from learning.rules.repetition import first_repetition, paths_needed, shared_between
from learning.selectors.policy_preview import preview_of_terms
from organisations.access import access_of
from organisations.models import AuditEvent
from tests.factories.learning import (
    NOW,
    TODAY,
    covered,
    make_assignment,
    make_programme,
    make_rule,
)
from tests.factories.organisations import (
    make_administrator,
    make_coordinator,
    make_employment,
    make_leave,
    make_organisation,
    make_team,
    make_user,
    make_worker,
)
from tests.learning.test_programme_pages import NUMBERS, shown, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return make_team()


@pytest.fixture
def own(team):
    programme = make_programme(organisation=team.organisation)
    make_rule(team.organisation, programme)
    return programme


@pytest.fixture
def coordinator(client, team):
    client.force_login(make_coordinator(team.organisation))
    return client


def preview(programme, policy, *, starts_on=TODAY, by=None):
    person = by or make_coordinator(programme.organisation)
    period = PolicyPeriod(starts_on, policy)
    return preview_of_terms(programme, period, access=access_of(person, TODAY), today=TODAY)


def effects(found):
    return {effect: [(row.person, row.change) for row in rows] for effect, rows in found.effects}


def test_a_longer_window_lets_people_renew_earlier(team, own):
    soon = make_worker(team)
    covered(soon, through=date(2026, 7, 15))
    covered(make_worker(team), through=date(2026, 6, 15))  # the window is open already
    found = preview(own, Policy(window_months=2))
    [(person, change)] = effects(found)[Effect.OPENS_EARLIER]
    assert person == soon
    assert (change.before, change.after) == (date(2026, 6, 15), TODAY)  # not before the change
    assert found.nobody_ends_earlier
    assert (found.people, found.untouched) == (2, 1)
    assert (found.days[0].can_renew, found.days[0].late) == ((1, 2), (0, 0))


def test_a_shorter_window_lets_people_renew_later(team, own):
    covered(make_worker(team), through=date(2026, 8, 15))
    [(_person, change)] = effects(preview(own, Policy(window_months=0)))[Effect.OPENS_LATER]
    assert (change.before, change.after) == (date(2026, 7, 15), date(2026, 8, 15))


def test_a_shorter_period_changes_only_the_next_renewal(team, own):
    covered(make_worker(team), through=date(2026, 8, 15))
    found = preview(own, Policy(active_months=6))
    [(_person, change)] = effects(found)[Effect.RENEWAL_SHORTER]
    assert (change.before, change.after) == (date(2027, 8, 15), date(2027, 2, 15))
    assert list(effects(found)) == [Effect.RENEWAL_SHORTER]


def test_another_basis_shows_in_the_next_renewal(team, own):
    covered(make_worker(team), through=date(2026, 8, 15))
    found = preview(own, Policy(basis=Basis.COMPLETION))
    [(_person, change)] = effects(found)[Effect.RENEWAL_SHORTER]
    assert change.after == date(2027, 8, 1)  # two weeks before the last day


def test_the_same_numbers_touch_nobody(team, own):
    covered(make_worker(team), through=date(2026, 8, 15))
    make_assignment(make_worker(team))
    found = preview(own, Policy())
    assert (found.effects, found.untouched) == ((), 2)
    assert not any(day.differs for day in found.days)


def test_grace_is_for_who_finishes_from_then_on(team, own):
    covered(make_worker(team), through=date(2026, 8, 15))
    assert preview(own, Policy(grace_days=30)).effects == ()


def test_more_days_after_leave_move_a_due_date_later(team, own):
    worker = make_worker(team)
    covered(worker, through=date(2026, 8, 15))
    make_leave(worker, starts_on=TODAY - timedelta(days=5), ends_before=date(2026, 8, 1))
    found = preview(own, Policy(leave_return_days=90))
    [(person, change)] = effects(found)[Effect.DUE_LATER]
    assert (person, change.after) == (worker, date(2026, 10, 30))


def test_terms_to_come_are_compared_from_their_own_day(team, own):
    covered(make_worker(team), through=date(2026, 12, 15))
    found = preview(own, Policy(window_months=6), starts_on=date(2026, 9, 1))
    [(_person, change)] = effects(found)[Effect.OPENS_EARLIER]
    assert change.after == date(2026, 9, 1)
    assert found.days[0].day == date(2026, 9, 1)


def test_people_elsewhere_and_people_who_left_are_not_named(client, team):
    shipped = make_programme()
    for house in [team.organisation, make_organisation()]:
        make_rule(house, shipped)
    here = make_worker(team)
    far = make_worker(make_team())
    make_rule(far.employments.get().team.organisation, shipped)
    left = make_user()
    make_employment(left, team, starts_on=date(2020, 1, 1), ends_before=TODAY)
    for person in [here, far, left]:
        covered(person, through=date(2026, 8, 15))
    coordinator = make_coordinator(team.organisation)
    found = preview(shipped, Policy(window_months=2), by=coordinator)
    assert [row.person for row in found.effects[0][1]] == [here]
    everywhere = preview(shipped, Policy(window_months=2), by=make_administrator())
    assert {row.person for row in everywhere.effects[0][1]} >= {here, far}


def test_nothing_is_saved_before_the_second_click(coordinator, team, own):
    worker = make_worker(team, first_name="Noor", last_name="de Vries")
    covered(worker, through=date(2026, 8, 15))
    address = url("change_policy", team.organisation, own)
    shown(coordinator.get(address))
    sent = NUMBERS | {"window_months": "2", "starts_on": "2026-06-01"}
    response = coordinator.post(address, sent | {"preview": "1"})
    page = shown(response)
    assert "Noor de Vries" in page
    assert own.policy.terms.count() == 1
    hidden = {field.html_name: field.value() for field in response.context["form"]}
    for _click in range(2):
        done = coordinator.post(address, hidden | {"confirm": "1"})
    assert done.url == url("policy", team.organisation, own)
    assert own.policy.terms.count() == 2
    assert AuditEvent.objects.filter(action="policy_terms_set").count() == 1


def test_going_back_from_the_preview_keeps_what_was_typed(coordinator, team, own):
    address = url("change_policy", team.organisation, own)
    sent = NUMBERS | {"grace_days": "17", "starts_on": "2026-06-01", "again": "1"}
    response = coordinator.post(address, sent)
    assert response.templates[0].name == "learning/policy_form.html"
    assert response.context["form"]["grace_days"].value() == "17"
    assert own.policy.terms.count() == 1


def test_numbers_that_hold_already_are_not_saved_again(coordinator, team, own):
    address = url("change_policy", team.organisation, own)
    sent = NUMBERS | {"starts_on": "2026-06-01", "preview": "1"}
    assert 'name="confirm"' not in shown(coordinator.post(address, sent))


@pytest.mark.parametrize("day", ["2026-05-31", "2032-01-01", "", "vandaag", "0001-01-01"])
@pytest.mark.parametrize("button", ["preview", "confirm"])
def test_terms_in_the_past_or_too_far_ahead_are_refused(coordinator, team, own, day, button):
    address = url("change_policy", team.organisation, own)
    sent = NUMBERS | {"grace_days": "9", "starts_on": day, button: "1"}
    assert 'href="#id_starts_on"' in shown(coordinator.post(address, sent))
    assert own.policy.terms.count() == 1


def test_the_page_shows_what_held_before_and_what_is_to_come(coordinator, team, own):
    coming = date(2026, 9, 1)
    PolicyTerms.objects.create(
        policy=own.policy,
        starts_on=coming,
        active_months=24,
        ladder=[],
        made_at=own.policy.terms.get().made_at,
    )
    page = shown(coordinator.get(url("policy", team.organisation, own)))
    assert "1 september 2026" in page
    sent = NUMBERS | {"grace_days": "9", "starts_on": "2026-06-01", "preview": "1"}
    page = shown(coordinator.post(url("change_policy", team.organisation, own), sent))
    assert "1 september 2026" in page


def test_queries_do_not_grow_with_people(coordinator, team, own, django_assert_max_num_queries):
    address = url("change_policy", team.organisation, own)
    sent = NUMBERS | {"window_months": "2", "starts_on": "2026-06-01", "preview": "1"}

    def queries():
        with django_assert_max_num_queries(100) as counted:
            coordinator.post(address, sent)
        return len(counted)

    for _person in range(2):
        covered(make_worker(team), through=date(2026, 8, 15))
    queries()
    few = queries()
    for _person in range(20):
        covered(make_worker(team), through=date(2026, 8, 15))
    assert queries() == few


def test_the_what_if_box_answers_on_the_page(coordinator, team, own):
    address = url("policy", team.organisation, own)
    asked = {"begins": "2026-01-05", "due": "2026-05-03", "finishes": "2026-04-01", "renews": ""}
    page = shown(coordinator.get(address, asked))
    assert "3 mei 2027" in page
    wrong = asked | {"finishes": "2026-01-04"}
    assert 'href="#id_finishes"' in shown(coordinator.get(address, wrong))
    assert 'href="#id_begins"' in shown(coordinator.get(address, {"begins": "x"}))


def days_of(policy, **days):
    told = story(policy, Supposed(**{name: date.fromisoformat(day) for name, day in days.items()}))
    return [(moment.on.isoformat(), moment.kind) for moment in told]


def test_the_story_of_somebody_in_time():
    assert days_of(
        Policy(), begins="2026-01-05", due="2026-05-03", finishes="2026-04-01", renews="2027-04-20"
    ) == [
        ("2026-01-05", "done"),
        ("2026-04-01", "done"),
        ("2027-04-03", "later"),
        ("2027-04-20", "done"),
        ("2028-04-03", "later"),
        ("2028-05-03", "later"),
    ]


def test_the_story_of_somebody_who_renews_too_early_and_too_late():
    early = days_of(
        Policy(), begins="2026-01-05", due="2026-05-03", finishes="2026-04-01", renews="2026-12-01"
    )
    assert early[-1] == ("2027-05-03", "later")  # the date stays
    late = days_of(
        Policy(grace_days=10),
        begins="2026-01-05",
        due="2026-05-03",
        finishes="2026-06-01",
        renews="2027-08-01",
    )
    assert ("2027-06-01", "missed") in late
    assert late[-2:] == [("2028-08-01", "later"), ("2028-08-11", "later")]


def test_the_story_of_somebody_who_has_not_finished():
    assert days_of(Policy(), begins="2026-01-05", due="2026-05-03")[-1] == ("2026-05-03", "later")
    assert days_of(Policy(), begins="2026-01-05", due="2026-01-10") == [("2026-01-05", "done")]


@pytest.mark.parametrize(
    ("basis", "after_early", "after_late"),
    [
        (Basis.EXPIRY, "15 oktober 2027", "4 november 2027"),
        (Basis.FIXED, "15 oktober 2027", "15 oktober 2027"),
        (Basis.COMPLETION, "1 oktober 2027", "4 november 2027"),
    ],
)
def test_each_basis_is_explained_by_an_example(basis, after_early, after_late):
    text = example(Policy(basis=basis), TODAY)
    assert text.count(after_early) >= 1
    assert text.endswith(f"{after_late}.")


A, B, C, D = (frozenset({f"scenario:{name}"}) for name in "abcd")


def test_three_paths_beside_another_start_keep_three_years_apart():
    assert first_repetition(A, [B, C, D], active_months=12) is None
    again = first_repetition(A, [A, B, C], active_months=12)
    assert again is None  # the start comes back after three years exactly


def test_too_few_paths_come_back_too_soon():
    again = first_repetition(A, [B, C], active_months=12)
    assert (again.content, again.after_months) == (B, 24)
    assert first_repetition(A, [A], active_months=12).after_months == 12
    assert first_repetition(A, [A], active_months=36) is None
    assert first_repetition(A, [], active_months=12) is None


@pytest.mark.parametrize(("months", "needed"), [(12, 3), (36, 1), (24, 2), (6, 6), (13, 3)])
def test_paths_needed_for_three_years(months, needed):
    assert paths_needed(months) == needed


def test_what_two_paths_share():
    [pair] = shared_between([A, B, A | C])
    assert (pair.first, pair.second, pair.content) == (1, 3, A)


def test_who_keeps_a_shipped_programme_is_not_named(coordinator, team):
    shipped = make_programme()
    keeper = make_administrator(first_name="Beheer", last_name="Dersen")
    draft = TermsDraft(policy=Policy(active_months=6))
    set_terms(programme=shipped, draft=draft, by=keeper, at=NOW)
    page = shown(coordinator.get(url("policy", team.organisation, shipped)))
    assert "Dersen" not in page


def test_the_window_of_the_day_decides_when_somebody_renews():
    wide, narrow = Policy(window_months=6), Policy(window_months=1)
    later = [PolicyPeriod(date(2000, 1, 1), narrow), PolicyPeriod(date(2027, 1, 1), wide)]
    assert policy_on(later, TODAY) == narrow
    assert policy_on(later, date(2027, 1, 1)) == wide
    assert policy_on(later, date(1999, 1, 1)) == narrow
