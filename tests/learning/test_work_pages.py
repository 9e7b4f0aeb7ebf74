"""Work that ends or was recorded wrongly, and leave: training dates follow at once."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from learning.actions import follow_rules, start_attempt
from learning.models import Assignment, AssignmentEvent, ExceptionCase, Validity
from organisations.models import AuditEvent, Employment, Leave
from tests.factories.learning import NOW, TODAY, covered, make_rule, module_of, on
from tests.factories.organisations import (
    make_coordinator,
    make_employment,
    make_leave,
    make_organisation,
    make_team,
    make_user,
    make_worker,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def team():
    return make_team(name="Kade")


@pytest.fixture
def rule(team):
    """Due ninety days after the first working day."""
    return make_rule(team.organisation)


@pytest.fixture
def coordinator(client, team):
    client.force_login(make_coordinator(team.organisation))
    return client


def starter(team, starts_on):
    worker = make_user()
    work = make_employment(worker, team, starts_on=starts_on)
    follow_rules(workers=[worker.pk], by=None, at=NOW)
    return work


def person_page(user, organisation):
    return reverse("organisations:person", args=[organisation.public_id, user.public_id])


def work_page(name, work):
    return reverse(f"learning:{name}", args=[work.team.organisation.public_id, work.public_id])


def leave_page(worker, team):
    organisation = team.organisation
    return reverse("learning:start_leave", args=[organisation.public_id, worker.public_id])


def due_of(user):
    return Validity.objects.get(worker=user).due_on


def text(response):
    return response.content.decode()


# The end of work


def test_work_ends_on_the_last_working_day(coordinator, team):
    work = make_worker(team).employments.get()
    page = work_page("end_employment", work)
    assert page.startswith("/organisaties/medewerkers/")
    for _press in range(2):
        answer = coordinator.post(page, {"last_day": TODAY.isoformat()})
        assert answer.headers["Location"] == person_page(work.user, team.organisation)
    work.refresh_from_db()
    assert work.ends_before == TODAY + DAY
    assert AuditEvent.objects.filter(action="employment_ended").count() == 1
    assert "error-summary" in text(coordinator.post(page, {"last_day": "2019-01-01"}))


def test_the_end_of_work_is_the_next_day_on_which_dates_change(coordinator, team, rule):
    work = starter(team, TODAY)
    coordinator.post(work_page("end_employment", work), {"last_day": "2026-06-30"})
    assert Validity.objects.get(worker=work.user).next_change_on == date(2026, 7, 1)


def test_who_leaves_a_team_no_longer_has_what_only_that_team_follows(coordinator, team):
    rule = make_rule(team.organisation)
    rule.teams.create(team=team)
    work = starter(team, TODAY - DAY)
    make_employment(work.user, make_team(team.organisation), starts_on=TODAY - DAY)
    coordinator.post(work_page("end_employment", work), {"last_day": (TODAY - DAY).isoformat()})
    assert not Validity.objects.get(worker=work.user).is_assigned


def test_a_refusal_changes_nothing_of_the_training(coordinator, team, rule):
    work = starter(team, TODAY)
    before = AssignmentEvent.objects.count()
    coordinator.post(work_page("end_employment", work), {"last_day": "2019-01-01"})
    assert AssignmentEvent.objects.count() == before


# Leave


def test_leave_recorded_twice_is_once_and_ends(coordinator, team):
    worker = make_worker(team)
    page = leave_page(worker, team)
    for _press in range(2):
        assert coordinator.post(page, {"starts_on": TODAY.isoformat()}).status_code == 302
    leave = Leave.objects.get()
    back = reverse("learning:end_leave", args=[team.organisation.public_id, leave.public_id])
    answer = coordinator.post(back, {"ends_before": (TODAY + 7 * DAY).isoformat()})
    assert answer.headers["Location"] == person_page(worker, team.organisation)


@pytest.mark.parametrize(
    "facts", [{"starts_on": "2019-01-01"}, {"starts_on": ""}, {"ends_before": "2020-01-01"}]
)
def test_leave_outside_work_or_backwards_is_refused(coordinator, team, facts):
    given = {"starts_on": TODAY.isoformat()} | facts
    answer = coordinator.post(leave_page(make_worker(team), team), given)
    assert "error-summary" in text(answer)
    assert not Leave.objects.exists()


def test_leave_that_was_over_moves_the_due_date_at_once(coordinator, team):
    """Due on 20 June; back on 1 June with thirty days to go."""
    worker = make_worker(team)
    covered(worker, through=date(2026, 6, 20))
    given = {"starts_on": "2026-05-01", "ends_before": "2026-06-01"}
    coordinator.post(leave_page(worker, team), given)
    assert due_of(worker) == date(2026, 7, 1)


def test_return_from_leave_gives_time_and_a_withdrawn_leave_takes_it_back(coordinator, team):
    worker = make_worker(team)
    covered(worker, through=date(2026, 6, 20))
    leave = make_leave(worker, starts_on=TODAY - 60 * DAY)
    page = reverse("learning:end_leave", args=[team.organisation.public_id, leave.public_id])
    coordinator.post(page, {"ends_before": TODAY.isoformat()})
    assert due_of(worker) == date(2026, 7, 1)


def test_leave_recorded_by_one_employer_counts_for_the_training_of_both(coordinator, team):
    worker = make_worker(make_team())
    covered(worker, through=date(2026, 6, 20))  # asked by the other employer
    make_employment(worker, team)
    coordinator.post(
        leave_page(worker, team), {"starts_on": "2026-05-01", "ends_before": "2026-06-01"}
    )
    assert due_of(worker) == date(2026, 7, 1)


# A corrected first working day


def test_a_later_first_day_moves_the_due_date_later(coordinator, team, rule):
    work = starter(team, date(2026, 5, 1))
    assert due_of(work.user) == date(2026, 7, 30)
    answer = coordinator.post(
        work_page("correct_start", work), {"starts_on": "2026-05-20"}, follow=True
    )
    assert due_of(work.user) == date(2026, 8, 18)
    assert "schuift naar 18 augustus 2026" in text(answer)
    event = AssignmentEvent.objects.get(kind="due_changed")
    assert (event.reason, event.counted_from) == ("corrected_start", date(2026, 5, 20))


def test_an_earlier_first_day_leaves_the_due_date(coordinator, team, rule):
    work = starter(team, date(2026, 5, 20))
    answer = coordinator.post(
        work_page("correct_start", work), {"starts_on": "2026-05-01"}, follow=True
    )
    assert due_of(work.user) == date(2026, 8, 18)
    assert "blijft 18 augustus 2026" in text(answer)
    assert not AssignmentEvent.objects.filter(kind="due_changed").exists()


def test_corrected_twice_is_once_and_what_was_wrong_stays_on_record(coordinator, team, rule):
    work = starter(team, date(2026, 5, 1))
    for _press in range(2):
        answer = coordinator.post(work_page("correct_start", work), {"starts_on": "2026-05-20"})
        assert answer.status_code == 302
    days = Employment.objects.filter(user=work.user).order_by("pk")
    assert list(days.values_list("starts_on", "ends_before")) == [
        (date(2026, 5, 1), date(2026, 5, 1)),
        (date(2026, 5, 20), None),
    ]
    assert AuditEvent.objects.filter(action="start_corrected").count() == 1
    assert "1 mei 2026" in text(coordinator.get(person_page(work.user, team.organisation)))


def test_a_year_that_was_mistyped_solves_the_question_it_raised(coordinator, team, rule):
    work = starter(team, date(2025, 5, 20))
    assert due_of(work.user) is None
    answer = coordinator.post(
        work_page("correct_start", work), {"starts_on": "2026-05-20"}, follow=True
    )
    assert due_of(work.user) == date(2026, 8, 18)
    assert "de einddatum is nu 18 augustus 2026" in text(answer)
    assert ExceptionCase.objects.get().decision == "overtaken"


def test_still_too_little_time_stays_a_question(coordinator, team, rule):
    work = starter(team, date(2025, 5, 20))
    coordinator.post(work_page("correct_start", work), {"starts_on": "2026-03-01"})
    assert due_of(work.user) is None
    assert ExceptionCase.objects.open().count() == 1


@pytest.mark.parametrize("day", ["", "9999-01-01", "gisteren"])
def test_a_first_day_that_cannot_be_is_told(coordinator, team, rule, day):
    work = starter(team, date(2026, 5, 1))
    assert "error-summary" in text(
        coordinator.post(work_page("correct_start", work), {"starts_on": day})
    )
    assert Employment.objects.filter(user=work.user).count() == 1


def begin(work, day):
    held = Assignment.objects.get(worker=work.user)
    start_attempt(assignment=held, module=module_of(held, "onboarding"), at=on(day))


def correct(coordinator, work, day):
    return coordinator.post(work_page("correct_start", work), {"starts_on": day}, follow=True)


def test_a_first_day_after_something_was_begun_here_is_refused(coordinator, team, rule):
    work = starter(team, date(2026, 5, 1))
    begin(work, date(2026, 5, 10))
    refused = correct(coordinator, work, "2026-05-11")
    assert "10 mei 2026" in str(refused.context["form"].errors["starts_on"])
    assert not Employment.objects.filter(starts_on=date(2026, 5, 11)).exists()
    correct(coordinator, work, "2026-05-10")
    assert Employment.objects.filter(starts_on=date(2026, 5, 10)).exists()


def test_a_first_day_after_something_was_completed_here_is_refused(coordinator, team):
    work = make_worker(team).employments.get()
    covered(work.user, through=date(2026, 6, 20))  # completed on 20 June 2025
    refused = correct(coordinator, work, "2025-06-21")
    assert "20 juni 2025" in str(refused.context["form"].errors["starts_on"])


def test_what_was_done_in_other_work_here_does_not_hold_back_a_correction(coordinator, team, rule):
    work = starter(team, date(2026, 5, 1))
    begin(work, date(2026, 5, 10))
    second = make_employment(work.user, make_team(team.organisation), starts_on=date(2026, 5, 5))
    correct(coordinator, second, "2026-05-20")
    assert Employment.objects.filter(starts_on=date(2026, 5, 20)).exists()


@pytest.mark.parametrize(("day", "is_taken"), [("2027-06-01", True), ("2027-06-02", False)])
def test_a_first_day_is_at_most_a_year_ahead(coordinator, team, rule, day, is_taken):
    work = starter(team, date(2026, 5, 1))
    answer = correct(coordinator, work, day)
    assert Employment.objects.filter(starts_on=day).exists() is is_taken
    assert ("binnen een jaar: 1 juni 2027" in text(answer)) is not is_taken


def test_of_a_rule_with_a_date_nothing_is_told(coordinator, team):
    make_rule(team.organisation, due_from="date", due_after_days=None, due_on=date(2026, 9, 1))
    work = starter(team, date(2026, 5, 20))
    answer = correct(coordinator, work, "2026-05-01")
    assert len(answer.context["messages"]) == 1  # that it is saved
    assert "nooit vroeger" not in text(answer)


def test_for_others_it_is_not_there(client, team):
    worker = make_worker(team)
    work, leave = worker.employments.get(), make_leave(worker)
    client.force_login(make_coordinator(make_organisation()))
    pages = [work_page("end_employment", work), work_page("correct_start", work)]
    pages += [leave_page(worker, team)]
    pages += [reverse("learning:end_leave", args=[team.organisation.public_id, leave.public_id])]
    for page in pages:
        assert client.get(page).status_code == 404
        assert client.post(page, {}).status_code == 404
