"""The preview of a rule says what the run then does: held against saving, over many situations."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from learning.actions import end_rule, exempt, follow_rules, set_rule
from learning.models import Assignment, AssignmentEvent, AssignmentRule, ExceptionCase, Validity
from learning.models.rule import RuleDraft
from learning.selectors import planning, preview
from learning.selectors.preview import preview_rule
from organisations.models import Employment
from tests.factories.learning import NOW, TODAY, covered, make_programme, make_rule, on
from tests.factories.organisations import (
    make_employment,
    make_leave,
    make_organisation,
    make_team,
    make_user,
    make_worker,
)

pytestmark = pytest.mark.django_db
FUNCTIONS = [
    Employment.JobFunction.RESIDENTIAL_WORKER,
    Employment.JobFunction.FOSTER_CARE_WORKER,
]


def state():
    rows = Validity.objects.values_list("worker", "is_assigned", "due_on")
    return {worker: (assigned, due) for worker, assigned, due in rows}


def named(listed):
    return {one.pk for one in listed.people}


def check_against_the_run(organisation, programme, draft, replaces, said):
    """Save or end, let the day come, and compare everybody before and after."""
    before, cases = state(), set(ExceptionCase.objects.values_list("pk", flat=True))
    if draft is None:
        end_rule(rule=replaces, by=None, at=NOW)
    else:
        set_rule(
            organisation=organisation,
            programme=programme,
            draft=draft,
            replaces=replaces,
            by=None,
            at=NOW,
        )
    if said.day > TODAY:
        workers = planning.staff_of(organisation, said.day)
        follow_rules(workers=workers, by=None, at=on(said.day))
    after = state()
    nothing = (False, None)
    gets = {w for w in after if after[w][0] and not before.get(w, nothing)[0]}
    loses = {w for w in after if not after[w][0] and before.get(w, nothing)[0]}
    later = {w for w in after if w in before and w not in gets | loses and after[w] != before[w]}
    fresh = ExceptionCase.objects.exclude(pk__in=cases)
    decide = set(fresh.values_list("assignment__worker", flat=True))
    assert named(said.gets) == gets
    assert named(said.loses) == loses
    assert named(said.later) == later
    assert named(said.to_decide) == decide
    assert named(said.stays) & (gets | loses | later) == set()
    for listed in [said.gets, said.later]:
        for one in listed.people:
            assert after[one.pk][1] == one.due_on
    assert said.counts == (len(gets), len(decide), len(loses), len(later))


@st.composite
def drafts(draw):
    by_date = draw(st.booleans())
    from_rule = draw(st.booleans())
    starts = TODAY + timedelta(days=draw(st.sampled_from([0, 0, 0, 20])))
    days = draw(st.sampled_from([14, 60, 120]))
    return {
        "due_from": "date" if by_date else "rule" if from_rule else "employment",
        "due_after_days": None if by_date else days,
        "due_on": starts + timedelta(days=days) if by_date else None,
        "starts_on": starts,
        "teams": draw(st.sampled_from([(), ((0, True),), ((0, False),), ((1, True), (2, False))])),
        "job_functions": draw(st.sampled_from([(), (FUNCTIONS[0],), (FUNCTIONS[1],)])),
    }


people = st.lists(
    st.tuples(
        st.integers(0, 2),  # team
        st.sampled_from(FUNCTIONS),
        st.sampled_from([-3000, -100, -30, 0, 10, 40]),  # first working day, from today
        st.sampled_from(["", "", "leave", "exempt", "ended", "valid", "expired", "elsewhere"]),
    ),
    min_size=1,
    max_size=6,
)


def settle(organisation, programme, teams, listed, old):
    """People with a past, under an old rule of years ago if there is one."""
    rule = None
    if old is not None:
        rule = make_rule(
            organisation,
            programme,
            starts_on=TODAY - timedelta(days=100),
            due_after_days=old[1],
            job_functions=list(old[0]),
        )
    elsewhere = make_team()
    make_rule(elsewhere.organisation, programme, due_after_days=9000)
    for team, function, first, what in listed:
        worker = make_user()
        ends = TODAY + timedelta(days=60) if what == "ended" else None
        start = TODAY + timedelta(days=first)
        make_employment(
            worker, teams[team], starts_on=start, ends_before=ends, job_function=function
        )
        if what == "elsewhere":
            make_employment(worker, elsewhere)
        if what == "leave":
            make_leave(worker, starts_on=TODAY - timedelta(days=5), ends_before=None)
        if what in {"valid", "expired"} and rule is not None:
            through = TODAY + timedelta(days=25 if what == "valid" else -3)
            covered(worker, through=through)
        follow_rules(workers=[worker.pk], by=None, at=on(TODAY - timedelta(days=1)))
        held = Assignment.objects.filter(worker=worker, validity__is_assigned=True).first()
        if what == "exempt" and held is not None:
            reason = AssignmentEvent.Reason.EXEMPT_OTHER
            exempt(assignment=held, reason=reason, until=None, by=None, at=on(TODAY, 9))
    return rule


@given(
    draft=st.none() | drafts(),
    listed=people,
    old=st.none() | st.tuples(st.sampled_from([(), (FUNCTIONS[0],)]), st.sampled_from([30, 104])),
)
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_the_preview_is_what_the_run_then_does(db, draft, listed, old):
    organisation, programme = make_organisation(), make_programme()
    above = make_team(organisation)
    teams = [above, make_team(parent=above), make_team(organisation)]
    for model in [ExceptionCase, Validity]:
        model.objects.all().delete()
    rule = settle(organisation, programme, teams, listed, old)
    if draft is None and rule is None:
        return
    meant = None
    if draft is not None:
        of_draft = tuple((teams[place].pk, below) for place, below in draft["teams"])
        meant = RuleDraft(**{**draft, "teams": of_draft})
    said = preview_rule(organisation, programme, meant, rule, TODAY)
    check_against_the_run(organisation, programme, meant, rule, said)


def test_widening_a_rule_to_another_team():
    organisation, programme = make_organisation(), make_programme()
    team, taken_in = make_team(organisation, "Oever"), make_team(organisation, "De Els")
    make_worker(team)
    newly = make_worker(taken_in, first_name="Noor", last_name="Bos")
    draft = RuleDraft(teams=((team.pk, False),))
    set_rule(
        organisation=organisation,
        programme=programme,
        draft=draft,
        by=None,
        at=on(TODAY - timedelta(days=80)),
    )
    rule = AssignmentRule.objects.get()
    wider = RuleDraft(teams=((team.pk, False), (taken_in.pk, False)))
    said = preview_rule(organisation, programme, wider, rule, TODAY)
    [person] = said.gets.people
    assert (person.pk, person.name, person.team) == (newly.pk, "Noor Bos", "De Els")
    assert person.due_on == TODAY + timedelta(days=90)
    assert (said.stays.count, said.to_decide.count) == (1, 0)
    check_against_the_run(organisation, programme, wider, rule, said)


def test_due_this_month_and_too_little_time():
    organisation, programme = make_organisation(), make_programme()
    team = make_team(organisation)
    make_worker(team)
    set_rule(organisation=organisation, programme=programme, by=None, at=on(date(2026, 3, 20)))
    rule = AssignmentRule.objects.get()
    make_employment(make_user(), team, starts_on=date(2026, 3, 18))  # nothing followed yet
    late = make_user()
    make_employment(late, team, starts_on=date(2026, 3, 10))
    shorter = RuleDraft(due_after_days=80)
    said = preview_rule(organisation, programme, shorter, rule, TODAY)
    assert (said.gets.count, said.to_decide.count) == (2, 2)
    assert {one.follows for one in said.to_decide.people} == {date(2026, 6, 8)}
    assert said.stays.count == 1  # never earlier
    longer = RuleDraft(due_after_days=100)
    said = preview_rule(organisation, programme, longer, rule, TODAY)
    assert (said.gets.count, said.this_month.count, said.later.count) == (2, 2, 1)
    check_against_the_run(organisation, programme, longer, rule, said)


def test_nothing_is_saved_by_looking():
    organisation, programme = make_organisation(), make_programme()
    make_worker(make_team(organisation))
    preview_rule(organisation, programme, RuleDraft(), None, TODAY)
    assert not AssignmentRule.objects.exists()
    assert not Assignment.objects.exists()


def test_names_are_in_order_and_at_most_so_many(monkeypatch):
    monkeypatch.setattr(preview, "NAMES_AT_MOST", 3)
    monkeypatch.setattr(preview, "AT_A_TIME", 2)
    organisation, programme = make_organisation(), make_programme()
    team = make_team(organisation)
    for name in ["Ee", "Cc", "Aa", "Bb", "Dd"]:
        make_worker(team, last_name=name)
    said = preview_rule(organisation, programme, RuleDraft(), None, TODAY)
    assert (said.gets.count, said.gets.unnamed) == (5, 2)
    assert [one.last_name for one in said.gets.people] == ["Aa", "Bb", "Cc"]


def test_more_people_cost_no_more_queries():
    def queries(number):
        organisation, programme = make_organisation(), make_programme()
        team = make_team(organisation)
        for _each in range(number):
            make_worker(team)
            make_worker(team)
        set_rule(
            organisation=organisation,
            programme=programme,
            draft=RuleDraft(due_after_days=30),
            by=None,
            at=NOW,
        )
        for _each in range(number):
            make_worker(team)
        rule = AssignmentRule.objects.get(organisation=organisation)
        with CaptureQueriesContext(connection) as captured:
            said = preview_rule(organisation, programme, RuleDraft(), rule, TODAY)
        assert said.counts == (number, 0, 0, 2 * number)
        return len(captured)

    assert queries(2) == queries(22)
