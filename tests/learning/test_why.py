"""*Waarom moet ik dit, en waarom dan?*: the page and the API, for each fact that there may be."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.urls import reverse

from learning.actions import bring_up_to_date, decisions
from learning.models import (
    Assignment,
    AssignmentEvent,
    Completion,
    ExceptionCase,
    PolicyTerms,
    Revocation,
    RuleTeam,
)
from learning.presenters.reason_words import COMING, FACTS
from learning.presenters.rule_words import audience
from organisations.models import AuditEvent
from tests.factories import (
    make_coordinator,
    make_employment,
    make_leave,
    make_manager,
    make_organisation,
    make_team,
)
from tests.factories.learning import (
    NOW,
    TODAY,
    covered,
    make_assignment,
    make_completion,
    make_programme,
    make_rule,
    on,
)

pytestmark = pytest.mark.django_db
LONG_AGO = TODAY - timedelta(days=500)


def page_of(client, assignment):
    return client.get(reverse("learning:why", args=[assignment.public_id])).content.decode()


def answer_of(client, assignment, **asked):
    url = reverse("learning:why_json", args=[assignment.public_id])
    response = client.get(url, asked)
    assert response.status_code == 200
    return response.json()


def codes_of(answer):
    return [fact["code"] for fact in answer["facts"]]


def note(assignment, kind, day=None, *, at=TODAY, reason="decided", **fields):
    AssignmentEvent.objects.create(
        assignment=assignment, kind=kind, on=at, day=day, reason=reason, at=on(at), **fields
    )
    bring_up_to_date([assignment.pk], today=TODAY)


# What is told


def test_the_rule_says_whom_it_is_for_and_from_which_day_it_counts(signed_in, assignment):
    page = page_of(signed_in, assignment)
    assert "De regel voor iedereen bij" in page
    assert "90 dagen, geteld vanaf 1 juni 2026: tot en met 30 augustus 2026" in page


def test_of_several_rules_the_latest_date_holds_and_it_says_so(signed_in, worker):
    organisation = worker.employments.get().team.organisation
    programme = make_programme()
    first = make_rule(organisation, programme, due_after_days=30)
    second = make_rule(organisation, programme, job_functions=["residential"])
    assignment = make_assignment(worker, rule=second, day=LONG_AGO)
    due = TODAY + timedelta(days=100)
    note(
        assignment,
        "due_changed",
        due,
        reason="latest_due",
        rule=second,
        matched=[
            {"rule": first.public_id, "due": (TODAY + timedelta(days=30)).isoformat()},
            {"rule": second.public_id, "due": due.isoformat()},
        ],
    )
    fact = answer_of(signed_in, assignment)["facts"][-1]
    assert [rule["counts"] for rule in fact["rules"]] == [False, True]
    assert "Dit is de laatste datum" not in fact["rules"][0]["text"]
    assert "Dit is de laatste datum" in fact["rules"][1]["text"]
    assert "pedagogisch medewerker" in fact["rules"][1]["for"]


def test_audiences_in_words(worker):
    organisation = worker.employments.get().team.organisation
    rule = make_rule(organisation, job_functions=["residential", "foster"])
    assert audience(rule).endswith(f"bij {organisation.name}")
    team = make_team(organisation, "Noord")
    RuleTeam.objects.create(rule=rule, team=team, with_subteams=True)
    RuleTeam.objects.create(rule=rule, team=make_team(organisation, "Zuid"), with_subteams=False)
    assert audience(rule).endswith("in Noord en de teams daaronder en Zuid")
    rule.job_functions = []
    assert audience(rule) == "iedereen in Noord en de teams daaronder en Zuid"


def test_a_rule_with_a_date_and_one_that_counts_from_its_own_start(signed_in, worker):
    organisation = worker.employments.get().team.organisation
    dated = make_rule(organisation, due_from="date", due_on=date(2026, 9, 1), due_after_days=None)
    assignment = make_assignment(worker, rule=dated, due_on=date(2026, 9, 1))
    assert "noemt deze datum: 1 september 2026" in page_of(signed_in, assignment)
    started = make_rule(organisation, due_from="rule", starts_on=TODAY)
    other = make_assignment(worker, rule=started)
    assert "vanaf het begin van de regel, 1 juni 2026" in page_of(signed_in, other)


def test_a_date_that_is_too_near_waits_for_the_coordinator(signed_in, worker):
    near = TODAY + timedelta(days=5)
    organisation = worker.employments.get().team.organisation
    rule = make_rule(organisation)
    other = Assignment.objects.create(
        worker=worker, programme=rule.programme, organisation=organisation
    )
    note(
        other,
        "assigned",
        near,
        reason="rule",
        rule=rule,
        matched=[{"rule": rule.public_id, "due": near.isoformat()}],
    )
    page = page_of(signed_in, other)
    assert "6 juni 2026, was te dichtbij" in page
    assert "Dag nog niet bekend" in page
    assert answer_of(signed_in, other)["coming"] == [
        {"on": None, "code": "due_undecided", "text": coming_text(signed_in, other)}
    ]


def coming_text(client, assignment):
    return answer_of(client, assignment)["coming"][0]["text"]


def test_a_corrected_first_working_day(signed_in, assignment):
    note(
        assignment,
        "due_changed",
        TODAY + timedelta(days=120),
        reason="corrected_start",
        counted_from=TODAY + timedelta(days=30),
    )
    page = page_of(signed_in, assignment)
    assert "De eerste werkdag is verbeterd naar 1 juli 2026." in page
    assert "van 30 augustus 2026 naar 29 september 2026" in page


def test_an_extension_names_its_reason(signed_in, worker):
    assignment = covered(worker, through=TODAY + timedelta(days=10))
    coordinator = make_coordinator(assignment.organisation)
    to = TODAY + timedelta(days=40)
    decisions.extend(assignment=assignment, to=to, reason="ext_workload", by=coordinator, at=NOW)
    page = page_of(signed_in, assignment)
    assert "Er is meer tijd, tot en met 11 juli 2026." in page
    assert "te weinig mensen" in page
    assert coordinator.get_full_name() not in page


def test_leave_gives_dates_only_and_moves_the_due_date(signed_in, worker):
    assignment = make_assignment(worker, day=TODAY - timedelta(days=80))
    make_leave(worker, starts_on=TODAY - timedelta(days=20), ends_before=TODAY)
    answer = answer_of(signed_in, assignment)
    assert codes_of(answer) == ["assigned", "leave", "back"]
    assert answer["facts"][-1]["was"] == (TODAY + timedelta(days=10)).isoformat()
    assert answer["dates"]["due"] == (TODAY + timedelta(days=30)).isoformat()
    assert "30 dagen" in answer["facts"][-1]["text"]


def test_exempt_and_asked_again_restores_the_dates(signed_in, worker):
    assignment = covered(worker, through=TODAY + timedelta(days=100))
    until = TODAY + timedelta(days=50)
    note(assignment, "unassigned", reason="ex_elsewhere", until=until)
    answer = answer_of(signed_in, assignment)
    assert answer["status"] == "unassigned"
    assert answer["covered"] is True
    assert [step["code"] for step in answer["coming"]] == ["exemption_ends", "expires"]
    assert "Vrijgesteld tot en met 21 juli 2026" in page_of(signed_in, assignment)
    note(assignment, "assigned", until, reason="ex_over")
    restored = answer_of(signed_in, assignment)
    assert codes_of(restored)[-1] == "dates_restored"
    assert restored["dates"]["certified_through"] == (TODAY + timedelta(days=100)).isoformat()


def test_a_completion_that_changed_no_date_is_told(signed_in, worker):
    assignment = covered(worker, through=TODAY + timedelta(days=200))
    Completion.objects.create(
        worker=worker,
        assignment=assignment,
        completed_on=TODAY - timedelta(days=3),
        active_months=12,
        recorded_on=TODAY - timedelta(days=3),
        recorded_at=on(TODAY - timedelta(days=3)),
    )
    answer = answer_of(signed_in, assignment)
    assert codes_of(answer)[-1] == "history"
    assert "veranderde geen datum" in answer["facts"][-1]["text"]


def test_an_import_stands_on_the_day_it_was_taken_over(signed_in, assignment):
    day = TODAY - timedelta(days=30)
    Completion.objects.create(
        worker=assignment.worker,
        assignment=assignment,
        source="imported",
        completed_on=day,
        valid_through=date(2027, 5, 2),
        covered_through=date(2027, 5, 2),
        remembered_day=2,
        active_months=12,
        recorded_on=TODAY,
        recorded_at=on(TODAY, 12),
    )
    bring_up_to_date([assignment.pk], today=TODAY)
    fact = answer_of(signed_in, assignment)["facts"][-1]
    assert (fact["on"], fact["completed_on"], fact["counts"]) == (
        TODAY.isoformat(),
        day.isoformat(),
        "completion",
    )
    assert "elders" in fact["text"]


def test_a_revocation_names_its_reason_and_its_completion(signed_in, worker):
    assignment = covered(worker, through=TODAY + timedelta(days=100))
    completion = Completion.objects.get()
    Revocation.objects.create(completion=completion, on=TODAY, reason="evidence", at=on(TODAY, 13))
    bring_up_to_date([assignment.pk], today=TODAY)
    answer = answer_of(signed_in, assignment)
    assert codes_of(answer)[-1] == "revoked"
    assert "het bewijs bleek niet te kloppen" in answer["facts"][-1]["text"]


def test_another_policy_of_the_programme(signed_in, worker):
    assignment = make_assignment(worker, day=TODAY - timedelta(days=10))
    PolicyTerms.objects.create(
        policy=assignment.programme.policy, starts_on=TODAY, active_months=6, made_at=NOW
    )
    assert "6 maanden geldig" in page_of(signed_in, assignment)
    assert "policy_changed" in codes_of(answer_of(signed_in, assignment))


def test_what_the_coordinator_refused_is_told_without_a_name(signed_in, assignment):
    ExceptionCase.objects.create(
        organisation=assignment.organisation,
        assignment=assignment,
        kind="evidence_too_old",
        key="x",
        opened_at=NOW,
        decision="refuse",
        decided_at=NOW,
    )
    assert codes_of(answer_of(signed_in, assignment))[-2:] == ["to_be_decided", "decided"]
    assert "dit bewijs telt niet" in page_of(signed_in, assignment)


def test_every_code_of_the_rules_has_words():
    told = "".join(
        Path(f"learning/rules/{name}.py").read_text() for name in ("explained", "explanation")
    )
    named = set(re.findall(r'(?:return|Step\([\w.]+,|code =) "(\w+)"', told))
    assert {"assigned", "history", "lapsed"} <= named | set(FACTS)
    assert named - set(FACTS) - set(COMING) <= {"stated"}  # a way of counting


# As of a day


def test_as_of_a_day_it_knows_nothing_later(signed_in, worker):
    assignment = covered(worker, through=TODAY + timedelta(days=10))
    day = TODAY - timedelta(days=380)
    answer = answer_of(signed_in, assignment, op=day.isoformat())
    assert codes_of(answer) == ["assigned"]
    assert answer["as_of"] == day.isoformat()
    assert answer["status"] == "assigned"
    assert answer["dates"]["certified_through"] is None


def test_before_anything_was_known(signed_in, assignment):
    answer = answer_of(signed_in, assignment, op="2019-01-01")
    assert (answer["facts"], answer["coming"]) == ([], [])


@pytest.mark.parametrize("asked", ["gisteren", "2026-13-01", "20260101", "2027-01-01", "1" * 5000])
def test_a_day_that_cannot_be_answered(signed_in, assignment, asked):
    url = reverse("learning:why_json", args=[assignment.public_id])
    response = signed_in.get(url, {"op": asked})
    assert response.status_code == 400
    assert "error" in response.json()


# Who may ask


def test_nothing_of_it_is_kept_by_browsers_or_caches(signed_in, assignment):
    response = signed_in.get(reverse("learning:why_json", args=[assignment.public_id]))
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["Content-Type"].startswith("application/json")


@pytest.mark.parametrize("name", ["why_json", "team_why_json"])
def test_what_is_not_there_and_what_is_not_for_you_are_alike(client, assignment, name):
    client.force_login(make_manager(make_team()))
    theirs = client.get(reverse(f"learning:{name}", args=[assignment.public_id]))
    nobodys = client.get(reverse(f"learning:{name}", args=["abcdefghjkmn"]))
    assert theirs.status_code == nobodys.status_code == 404
    assert theirs.content == nobodys.content == b'{"error": "not found"}'


def test_a_manager_asks_it_of_the_team_and_that_is_recorded(client, assignment, worker):
    client.force_login(make_manager(worker.employments.get().team))
    url = reverse("learning:team_why_json", args=[assignment.public_id])
    assert client.get(url).json()["assignment"] == assignment.public_id
    assert AuditEvent.objects.filter(action="validity_seen").count() == 1
    assert client.get(reverse("learning:why_json", args=[assignment.public_id])).status_code == 404


def test_a_manager_here_does_not_see_what_another_employer_asks(client, assignment, worker):
    elsewhere = make_team(make_organisation())
    make_employment(worker, elsewhere)
    client.force_login(make_manager(elsewhere))
    url = reverse("learning:team_why_json", args=[assignment.public_id])
    assert client.get(url).status_code == 404


def test_without_signing_in_it_leads_to_the_door(client, assignment):
    response = client.get(reverse("learning:why_json", args=[assignment.public_id]))
    assert response.status_code == 302


def test_the_page_and_the_api_say_the_same(signed_in, worker):
    assignment = covered(worker, through=TODAY + timedelta(days=10))
    page = page_of(signed_in, assignment)
    answer = answer_of(signed_in, assignment)
    for told in [*answer["facts"], *answer["coming"]]:
        assert told["text"] in page


def test_queries_do_not_grow_with_history(signed_in, worker, django_assert_max_num_queries):
    assignment = make_assignment(worker, day=TODAY - timedelta(days=5000))
    url = reverse("learning:why", args=[assignment.public_id])
    make_completion(assignment, completed_on=LONG_AGO, valid_through=LONG_AGO + timedelta(days=365))
    signed_in.get(url)
    with django_assert_max_num_queries(22) as few:
        signed_in.get(url)
    for n in range(1, 11):
        note(assignment, "due_changed", TODAY + timedelta(days=n), reason="decided")
    with django_assert_max_num_queries(len(few)):
        signed_in.get(url)


def test_coming_back_from_leave_is_among_what_comes(signed_in, assignment, worker):
    make_leave(worker, starts_on=TODAY, ends_before=TODAY + timedelta(days=20))
    step = answer_of(signed_in, assignment)["coming"][0]
    assert (step["on"], step["code"]) == ("2026-06-21", "back")
    assert "minstens 30 dagen" in step["text"]
