"""The mails of a day: to whom, about what, and never twice."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from learning.actions import bring_up_to_date, change_due_date, extend, reminding, start_attempt
from learning.actions.daily import move_on
from learning.actions.reminding import AT_A_TIME, Reminding, remind
from learning.actions.sending import withdraw_unsent
from learning.models import Mail, Reminder
from organisations.models import Role
from tests.factories.learning import (
    TODAY,
    covered,
    make_assignment,
    make_completion,
    make_programme,
    make_rule,
    module_of,
    on,
)
from tests.factories.organisations import (
    make_employment,
    make_focal_person,
    make_grant,
    make_leave,
    make_manager,
    make_organisation,
    make_team,
    make_user,
    make_worker,
)

pytestmark = pytest.mark.django_db
DUE = TODAY + timedelta(90)  # of `assignment`
LATE = timedelta(21)  # the manager is told
LATER = timedelta(35)  # the focal person is told


def run(day):
    move_on(as_of=day)
    return remind(as_of=day, at=on(day))


def rungs(outcome="mailed"):
    rows = Reminder.objects.filter(outcome=outcome).order_by("scheduled_on", "pk")
    return list(rows.values_list("rung", flat=True))


def days_of(start, end):
    return [start + timedelta(n) for n in range((end - start).days + 1)]


def test_every_rung_once_when_it_runs_every_day(assignment):
    for day in days_of(DUE - timedelta(35), DUE + timedelta(20)):
        run(day)
    rows = Reminder.objects.order_by("on").values_list("rung", "on", "scheduled_on", "outcome")
    assert [(rung, (day - DUE).days) for rung, day, _scheduled, _outcome in rows] == [
        ("-30", -30),
        ("-14", -14),
        ("-3", -3),
        ("+1", 1),
        ("+14", 14),
    ]
    assert all(day == scheduled for _rung, day, scheduled, _outcome in rows)
    assert Mail.objects.count() == 5


def test_the_same_day_twice_makes_nothing(assignment):
    day = DUE - timedelta(30)
    assert run(day).mails == 1
    assert run(day) == Reminding(0, 0)
    assert Mail.objects.count() == 1


def test_nothing_between_rungs(assignment):
    run(DUE - timedelta(30))
    assert run(DUE - timedelta(29)).mails == 0


def test_ten_days_without_a_run_give_one_mail(assignment):
    run(DUE - timedelta(20))
    run(DUE - timedelta(10))
    run(DUE + timedelta(1))
    assert rungs() == ["-30", "-14", "+1"]
    assert rungs("superseded") == ["-3"]
    assert Reminder.objects.get(rung="-3").mail is None


def test_an_outage_over_several_rungs(assignment):
    run(DUE + timedelta(3))
    assert rungs() == ["+1"]
    assert rungs("superseded") == ["-30", "-14", "-3"]
    assert Mail.objects.count() == 1


def test_what_was_before_the_assignment_is_no_reminder(worker):
    make_assignment(worker, day=TODAY, due_on=TODAY + timedelta(10))
    assert run(TODAY).mails == 0
    run(TODAY + timedelta(7))
    assert rungs() == ["-3"]
    assert rungs("superseded") == []


def test_one_mail_for_all_programmes(worker, assignment):
    other = make_rule(assignment.organisation, make_programme(ladder=[-30]))
    make_assignment(worker, rule=other)
    run(DUE - timedelta(30))
    mail = Mail.objects.get()
    assert mail.reminders.count() == 2
    for title in [assignment.programme.title, other.programme.title]:
        assert title in mail.text
        assert title in mail.html


def test_what_is_late_already_is_in_the_mail_about_something_else(worker, assignment):
    """Everything that somebody must do stands in one mail; a rung is noted for what is new."""
    other = make_rule(assignment.organisation, make_programme(ladder=[-30]))
    day = DUE + timedelta(40)
    make_assignment(worker, rule=other, due_on=day + timedelta(30))
    run(day - timedelta(1))
    run(day)
    mail = Mail.objects.get(on=day)
    assert mail.reminders.get().assignment.programme == other.programme
    assert assignment.programme.title in mail.text


def test_what_comes_after_the_mail_of_the_day_waits_for_tomorrow(worker, assignment):
    day = DUE - timedelta(30)
    run(day)
    other = make_rule(assignment.organisation, make_programme(ladder=[-90]))
    make_assignment(worker, rule=other, day=day)
    assert run(day).mails == 0
    assert run(day + timedelta(1)).mails == 1


def test_on_leave_nobody_is_mailed_and_nothing_piles_up(worker, assignment):
    leave = make_leave(worker, starts_on=DUE - timedelta(40), ends_before=DUE - timedelta(10))
    bring_up_to_date([assignment.pk], today=TODAY)
    for day in days_of(DUE - timedelta(40), leave.ends_before - timedelta(1)):
        assert run(day).mails == 0
    run(leave.ends_before)  # the due date moves to thirty days after the return
    assert [(row.rung, row.due_on) for row in Reminder.objects.all()] == [
        ("-30", DUE + timedelta(20))
    ]


def test_rungs_during_leave_are_kept_as_paused(worker):
    """Where coming back moves no date, the return brings one mail and no stack."""
    rule = make_rule(
        worker.employments.get().team.organisation, make_programme(leave_return_days=0)
    )
    make_assignment(worker, rule=rule)
    make_leave(worker, starts_on=DUE - timedelta(40), ends_before=DUE - timedelta(5))
    for day in days_of(DUE - timedelta(40), DUE - timedelta(5)):
        run(day)
    assert rungs() == ["-14"]
    assert rungs("paused") == ["-30"]
    assert Mail.objects.get().on == DUE - timedelta(5)


def test_who_left_is_not_mailed(assignment, worker):
    worker.employments.update(ends_before=DUE - timedelta(31))
    assert run(DUE - timedelta(30)).mails == 0


def test_a_closed_account_is_not_mailed(assignment, worker):
    worker.is_active = False
    worker.save()
    assert run(DUE - timedelta(30)).mails == 0


def test_an_organisation_that_is_not_live_mails_nobody(assignment):
    organisation = assignment.organisation
    organisation.works_council_agreed_on = None
    organisation.save()
    assert run(DUE - timedelta(30)).mails == 0


def test_a_due_date_that_moved_has_rungs_of_its_own(assignment):
    run(DUE - timedelta(3))
    moved = DUE + timedelta(20)
    change_due_date(assignment=assignment, due_on=moved, by=None, at=on(DUE - timedelta(1)))
    for day in days_of(DUE, moved):
        run(day)
    rows = Reminder.objects.filter(due_on=moved).order_by("on")
    assert [(row.rung, row.outcome) for row in rows] == [("-14", "mailed"), ("-3", "mailed")]


def test_an_extension_gives_no_mail_about_days_that_were(worker):
    assignment = covered(worker, through=TODAY + timedelta(5))
    to = TODAY + timedelta(12)
    extend(assignment=assignment, to=to, reason="ext_other", by=None, at=on(TODAY))
    assert run(TODAY + timedelta(1)).mails == 0
    run(to - timedelta(3))
    assert rungs() == ["-3"]


def test_a_renewal_is_reminded_in_its_window_only(worker):
    expires = TODAY + timedelta(60)
    covered(worker, through=expires)
    for day in days_of(TODAY, expires + timedelta(1)):
        run(day)
    assert rungs() == ["-30", "-14", "-3", "+1"]
    texts = list(Mail.objects.order_by("on").values_list("text", flat=True))
    assert "opnieuw" in texts[0] or "Do it again" in texts[0]


def test_who_finished_is_left_alone(assignment):
    done = DUE - timedelta(20)
    run(DUE - timedelta(30))
    make_completion(assignment, completed_on=done, valid_through=DUE + timedelta(365), today=done)
    for day in days_of(done, DUE + timedelta(60)):
        run(day)
    assert rungs() == ["-30"]


def test_dutch_and_english(assignment, worker):
    colleague = make_worker(worker.employments.get().team, language="en")
    make_assignment(colleague)
    run(DUE - timedelta(30))
    ours = Mail.objects.get(recipient=worker)
    theirs = Mail.objects.get(recipient=colleague)
    assert (ours.language, theirs.language) == ("nl", "en")
    assert "Hello Kim," in theirs.text
    assert theirs.subject.startswith("Your training: finish it on or before 30 August 2026")
    assert "30 augustus 2026" in ours.text


def test_the_link_goes_to_the_path_or_straight_to_where_one_was(worker, assignment, settings):
    settings.SITE_URL = "https://opmerkzaam.example/"
    run(DUE - timedelta(30))
    mail = Mail.objects.get()
    assert "https://opmerkzaam.example/leerpad/\n" in mail.text
    assert f"https://opmerkzaam.example/leerpad/waarom/{assignment.public_id}/" in mail.text
    attempt = start_attempt(
        assignment=assignment, module=module_of(assignment, "onboarding"), at=on(TODAY)
    )
    run(DUE - timedelta(14))
    later = Mail.objects.order_by("on").last()
    assert f"https://opmerkzaam.example/leren/{attempt.public_id}/" in later.text
    assert f'href="https://opmerkzaam.example/leren/{attempt.public_id}/"' in later.html


@pytest.mark.parametrize(
    ("grace", "after", "said"),
    [(30, 1, "still covered through"), (0, 1, "no longer valid")],
)
def test_other_words_in_grace_and_after(db, grace, after, said):
    worker = make_worker(language="en")
    organisation = worker.employments.get().team.organisation
    rule = make_rule(organisation, make_programme(grace_days=grace))
    assignment = make_assignment(worker, rule=rule, day=TODAY - timedelta(400))
    expires = TODAY - timedelta(1)
    completion = make_completion(
        assignment, completed_on=expires - timedelta(365), valid_through=expires
    )
    if grace:
        connection.cursor().execute(
            "UPDATE learning_completion SET covered_through = %s WHERE id = %s",
            [expires + timedelta(grace), completion.pk],
        )
    bring_up_to_date([assignment.pk], today=TODAY)
    run(expires + timedelta(after))
    assert said in Mail.objects.get().text


# Others


@pytest.fixture
def team(worker):
    return worker.employments.get().team


def test_the_manager_hears_after_three_weeks_and_the_focal_person_later(assignment, worker, team):
    manager, focal = make_manager(team), make_focal_person(team.organisation)
    for day in days_of(DUE + timedelta(15), DUE + LATER + timedelta(5)):
        run(day)
    told = Reminder.objects.exclude(recipient=worker)
    assert [(row.rung, row.recipient, row.on) for row in told.order_by("on")] == [
        ("manager", manager, DUE + LATE),
        ("focal_person", focal, DUE + LATER),
    ]
    text = Mail.objects.get(recipient=manager).text
    assert str(worker) in text
    assert assignment.programme.title in text


def test_a_manager_of_the_team_above_is_told(assignment, team, worker):
    above = make_team(team.organisation)
    team.parent = above
    team.save()
    manager = make_grant(Role.MANAGER, team=above).user
    sideways = make_manager(make_team(team.organisation))
    run(DUE + LATE)
    assert Mail.objects.filter(recipient=manager).exists()
    assert not Mail.objects.filter(recipient=sideways).exists()


def test_another_organisation_is_told_nothing(assignment, worker):
    elsewhere = make_team(make_organisation())
    make_employment(worker, elsewhere)
    manager = make_manager(elsewhere)
    run(DUE + LATE)
    assert not Mail.objects.filter(recipient=manager).exists()


def test_a_role_that_ended_tells_nothing(assignment, team):
    manager = make_grant(Role.MANAGER, team=team, ends_before=DUE).user
    run(DUE + LATE)
    assert not Mail.objects.filter(recipient=manager).exists()


def test_about_somebody_on_leave_nobody_is_told(assignment, worker, team):
    manager = make_manager(team)
    make_leave(worker, starts_on=DUE + timedelta(2))
    run(DUE + LATE)
    assert not Mail.objects.filter(recipient=manager).exists()


def test_a_manager_on_leave_hears_on_return(assignment, team):
    manager = make_manager(team)
    make_leave(manager, starts_on=DUE, ends_before=DUE + timedelta(30))
    run(DUE + LATE)
    assert not Mail.objects.filter(recipient=manager).exists()
    run(DUE + timedelta(30))
    assert Mail.objects.filter(recipient=manager).count() == 1


def test_no_escalation_where_the_policy_has_none(worker, team):
    rule = make_rule(
        team.organisation,
        make_programme(manager_after_days=None, focal_person_after_days=None),
    )
    make_assignment(worker, rule=rule)
    make_manager(team)
    run(DUE + LATER)
    assert Mail.objects.count() == 1


def test_a_manager_who_is_late_too_gets_one_mail(assignment, worker, team):
    manager = make_manager(team, language="en")
    mine = make_rule(team.organisation, make_programme(ladder=[21], manager_after_days=21))
    make_assignment(manager, rule=mine)
    run(DUE + LATE)
    mail = Mail.objects.get(recipient=manager)
    assert mine.programme.title in mail.text
    assert str(worker) in mail.text
    assert f"- {manager}" not in mail.text


def test_who_was_told_is_not_told_again(assignment, team):
    manager = make_manager(team)
    for day in days_of(DUE + LATE, DUE + LATE + timedelta(10)):
        run(day)
    assert Mail.objects.filter(recipient=manager).count() == 1


def test_a_long_list_is_cut_and_says_so(team, worker, assignment):
    manager = make_manager(team, language="en")
    for _person in range(30):
        make_assignment(make_worker(team))
    run(DUE + LATE)
    mail = Mail.objects.get(recipient=manager)
    assert mail.subject == "Training: 31 people are late"
    assert mail.text.count("too late") == 25
    assert "And 6 more people." in mail.text
    assert mail.reminders.count() == 31


def test_names_are_escaped_in_html(assignment, worker, team):
    worker.first_name = "<b>Kim</b>"
    worker.save()
    manager = make_manager(team)
    run(DUE + LATE)
    assert "<b>Kim" not in Mail.objects.get(recipient=manager).html
    assert "<b>Kim" not in Mail.objects.get(recipient=worker).html
    assert "<b>Kim" in Mail.objects.get(recipient=manager).text


# How it is carried out


def test_a_run_that_is_broken_off_is_finished_by_the_next(team, worker, monkeypatch):
    people = [worker, *(make_worker(team) for _person in range(5))]
    for person in people:
        make_assignment(person)
    monkeypatch.setattr(reminding, "AT_A_TIME", 2)
    day = DUE - timedelta(30)
    calls = []

    def breaks(*args, **kwargs):
        calls.append(args)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return original(*args, **kwargs)

    original = reminding._write
    with monkeypatch.context() as patch:
        patch.setattr(reminding, "_write", breaks)
        with pytest.raises(KeyboardInterrupt):
            run(day)
    assert Mail.objects.count() == 2
    run(day)
    assert Mail.objects.count() == len(people)
    assert Reminder.objects.count() == len(people)


def test_queries_do_not_grow_with_people(team, worker, assignment):
    make_manager(team)
    make_focal_person(team.organisation)

    def queries(day):
        move_on(as_of=day)
        with CaptureQueriesContext(connection) as captured:
            assert remind(as_of=day, at=on(day)).mails > 0
        asked = [query["sql"] for query in captured.captured_queries]
        return len([sql for sql in asked if not sql.startswith("INSERT")])  # those go in batches

    few = queries(DUE + LATER)
    for _person in range(20):
        make_assignment(make_worker(team), day=TODAY + timedelta(1))
    many = queries(DUE + timedelta(1) + LATER)
    assert AT_A_TIME > 22
    assert many <= few
    assert few <= 32


def test_somebody_whose_dates_are_behind_waits(assignment, worker):
    """Another run is moving them on: what they see after it is what they are mailed."""
    worker.validities.update(next_change_on=DUE - timedelta(30))
    assert remind(as_of=DUE - timedelta(30), at=on(DUE)).mails == 0


def test_two_jobs_of_one_person_give_one_mail(assignment, worker):
    make_employment(worker, make_team(assignment.organisation))
    run(DUE - timedelta(30))
    assert Mail.objects.count() == Reminder.objects.count() == 1


def test_what_was_not_sent_is_told_by_the_mail_of_the_next_day(assignment, worker, team):
    manager = make_manager(team)
    run(DUE + LATE)
    withdraw_unsent(as_of=DUE + LATE + timedelta(4))
    run(DUE + LATE + timedelta(4))
    for person in (worker, manager):
        states = (
            Mail.objects.filter(recipient=person).order_by("on").values_list("state", flat=True)
        )
        assert list(states) == ["withdrawn", "queued"]
    assert Reminder.objects.filter(recipient=manager).get().mail.on == DUE + LATE + timedelta(4)


def test_an_outage_over_the_day_of_a_lapse_loses_no_escalation(worker, team):
    rule = make_rule(team.organisation, make_programme(grace_days=21))
    assignment = make_assignment(worker, day=TODAY - timedelta(400), rule=rule)
    through = TODAY + timedelta(40)
    make_completion(
        assignment,
        completed_on=TODAY - timedelta(300),
        valid_through=through,
        grace_days=21,
    )
    manager = make_manager(team)
    run(through + timedelta(20))
    run(through + timedelta(22))  # it lapses on this day; the manager was due on the day missed
    assert assignment.cycles.get(closed_as="lapsed").closed_on == through + timedelta(22)
    assert Reminder.objects.filter(recipient=manager, rung="manager").count() == 1
    told = Reminder.objects.filter(recipient=worker).order_by("pk").values_list("rung", flat=True)
    assert len(told) == len(set(told))


def test_nobody_to_remind(db):
    make_user()
    assert remind(as_of=TODAY, at=on(TODAY)).mails == 0
