"""Taking over training that people completed elsewhere."""

from datetime import date, timedelta
from typing import Any

import pytest

from learning.actions import accept_evidence, bring_up_to_date, import_evidence, revoke
from learning.actions.evidence import Imported
from learning.models import (
    Assignment,
    Certificate,
    Completion,
    Cycle,
    EvidenceImport,
    ExceptionCase,
    Programme,
    Validity,
)
from learning.rules.evidence import EvidenceRow
from learning.rules.judging import Verdict
from learning.selectors.evidence import judgement_of
from organisations.models import AuditEvent, Organisation, Team
from tests.factories import make_team, make_worker
from tests.factories.learning import (
    NOW,
    TODAY,
    make_assignment,
    make_completion,
    make_programme,
    make_rule,
    on,
)

pytestmark = pytest.mark.django_db
TABLES = [Assignment, Completion, Cycle, Validity, ExceptionCase, EvidenceImport, AuditEvent]


@pytest.fixture
def team() -> Team:
    return make_team()


@pytest.fixture
def programme(team: Team) -> Programme:
    return make_rule(team.organisation, make_programme()).programme


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def row(who: Any, programme: Any, day: date, number: int = 2) -> EvidenceRow:
    return EvidenceRow(number, getattr(who, "email", who), str(programme), day, "certificate")


def carry(organisation: Organisation, *rows: EvidenceRow, at: Any = NOW) -> Imported:
    return import_evidence(
        organisation=organisation,
        rows=rows,
        file_name="eerder.csv",
        sha256="0" * 64,
        by=None,
        at=at,
    )


def verdicts(organisation: Organisation, *rows: EvidenceRow) -> list[Verdict]:
    return [one.verdict for one in judgement_of(organisation, rows, TODAY).rows]


def everything() -> list[list[dict[str, Any]]]:
    return [list(model.objects.order_by("pk").values()) for model in TABLES]


def replayed() -> None:
    """Replaying the facts gives the rows that are there."""
    before = everything()
    bring_up_to_date(list(Assignment.objects.values_list("pk", flat=True)), today=TODAY)
    assert everything() == before


# Taking


def test_who_has_the_training_to_do_is_covered_by_it(team: Team, programme: Programme) -> None:
    worker = make_worker(team)
    assignment = make_assignment(worker)
    assert carry(team.organisation, row(worker, programme, ago(30))) == Imported(taken=1)
    completion = Completion.objects.get()
    assert completion.source == "imported"
    assert completion.evidence == "certificate"
    assert completion.recorded_on == TODAY
    assert completion.valid_through == date(2027, 5, 2)
    assert completion.cycle == assignment.cycles.get(number=1)
    assert completion.cycle.closed_as == "on_time"
    assert completion.evidence_import == EvidenceImport.objects.get()
    validity = Validity.objects.get(assignment=assignment)
    assert validity.certified_through == completion.valid_through
    replayed()


def test_it_gives_no_certificate(team: Team, programme: Programme) -> None:
    carry(team.organisation, row(make_worker(team), programme, ago(30)))
    assert Completion.objects.exists()
    assert not Certificate.objects.exists()


def test_who_was_not_asked_is_covered_and_stays_unasked(team: Team, programme: Programme) -> None:
    worker = make_worker(team)
    carry(team.organisation, row(worker, programme, ago(30)))
    assignment = Assignment.objects.get(worker=worker)
    assert not assignment.events.exists()
    assert not assignment.validity.is_assigned
    assert assignment.validity.covered_through == date(2027, 5, 2)
    cycle = assignment.cycles.get()
    assert cycle.completion.completed_on == ago(30)
    assert cycle.closed_on == TODAY
    replayed()


def test_older_than_what_counts_is_kept_as_history(team: Team, programme: Programme) -> None:
    worker = make_worker(team)
    assignment = make_assignment(worker, day=ago(100))
    make_completion(assignment, completed_on=ago(20), valid_through=date(2027, 5, 12))
    before = Validity.objects.values().get(), list(Cycle.objects.values())
    assert carry(team.organisation, row(worker, programme, ago(90))) == Imported(history=1)
    kept = Completion.objects.get(source="imported")
    assert (kept.cycle, kept.valid_through) == (None, None)
    assert (Validity.objects.values().get(), list(Cycle.objects.values())) == before
    replayed()


def test_several_of_one_person_each_get_their_period(team: Team) -> None:
    programme = make_programme(
        active_months=2, window_months=1, basis="completion", evidence_max_age_days=400
    )
    worker = make_worker(team)
    rows = [row(worker, programme, ago(days), days) for days in (10, 60, 110)]
    assert carry(team.organisation, *rows) == Imported(taken=3)
    assert Cycle.objects.count() == 3
    assert [one.completion.completed_on for one in Cycle.objects.order_by("number")] == [
        ago(110),
        ago(60),
        ago(10),
    ]
    replayed()


def test_evidence_that_ran_out_already_opens_what_is_to_do(team: Team) -> None:
    programme = make_programme(active_months=1, window_months=0, evidence_max_age_days=400)
    make_rule(team.organisation, programme)
    worker = make_worker(team)
    assignment = make_assignment(worker)
    assert carry(team.organisation, row(worker, programme, ago(100))) == Imported(taken=1)
    assert assignment.cycles.filter(closed_on=None).count() == 1
    assert Completion.objects.get().cycle.number == 1
    replayed()


def test_taken_over_again_after_being_assigned_the_dates_stand(
    team: Team, programme: Programme
) -> None:
    from learning.actions import assign_by_rules

    worker = make_worker(team)
    carry(team.organisation, row(worker, programme, ago(30)), at=on(TODAY, 8))
    assign_by_rules(user=worker, by=None, at=on(TODAY, 9))
    validity = Validity.objects.get()
    assert validity.is_assigned
    assert validity.due_on == date(2027, 5, 2)
    replayed()


# Once


def test_the_same_file_again_changes_nothing(team: Team, programme: Programme) -> None:
    worker, other = make_worker(team), make_worker(team)
    make_assignment(other)
    rows = [
        row(worker, programme, ago(30)),
        row(worker, programme, ago(31), 3),
        row(worker, programme, ago(400), 4),
        row(other, programme, ago(20), 5),
    ]
    assert carry(team.organisation, *rows) == Imported(taken=2, to_decide=2)
    before = everything()
    assert not carry(team.organisation, *rows)
    assert everything() == before
    assert set(verdicts(team.organisation, *rows)) == {Verdict.THERE_ALREADY}


def test_a_dry_run_saves_nothing(team: Team, programme: Programme) -> None:
    worker = make_worker(team)
    make_assignment(worker)
    before = everything()
    assert verdicts(team.organisation, row(worker, programme, ago(30))) == [Verdict.TAKEN]
    assert everything() == before


def test_when_something_breaks_nothing_is_kept(
    team: Team, programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    workers = [make_worker(team) for _number in range(3)]
    before = everything()
    monkeypatch.setattr("learning.actions.evidence.AT_A_TIME", 1)
    written = []

    def breaks(*args: Any, **kwargs: Any) -> None:
        written.append(1)
        if len(written) == 3:
            raise RuntimeError

    monkeypatch.setattr("learning.actions.evidence_rows.write_cycles", breaks)
    with pytest.raises((RuntimeError, KeyError)):
        carry(
            team.organisation,
            *[row(worker, programme, ago(30), n) for n, worker in enumerate(workers, 2)],
        )
    assert everything() == before


def test_what_was_revoked_does_not_come_back_with_the_file(
    team: Team, programme: Programme
) -> None:
    given = row(make_worker(team), programme, ago(30))
    carry(team.organisation, given, at=on(TODAY, 8))
    revoke(completion=Completion.objects.get(), reason="evidence", by=None, at=on(TODAY, 9))
    assert verdicts(team.organisation, given) == [Verdict.THERE_ALREADY]
    assert not carry(team.organisation, given)
    replayed()


# Refusing and asking


def test_each_row_gets_its_own_verdict(team: Team, programme: Programme) -> None:
    worker, elsewhere = make_worker(team), make_worker()
    rows = [
        row("niemand@care.example", programme, ago(5), 2),
        row(elsewhere, programme, ago(5), 3),
        row(worker, "Een andere leerlijn", ago(5), 4),
        row(worker, programme, TODAY + timedelta(days=1), 5),
        row(worker, programme, ago(181), 6),
        row(worker, programme, ago(40), 7),
        row(worker, programme, ago(40), 8),
        row(worker, programme, ago(35), 9),
    ]
    assert verdicts(team.organisation, *rows) == [
        Verdict.UNKNOWN_PERSON,
        Verdict.UNKNOWN_PERSON,
        Verdict.UNKNOWN_PROGRAMME,
        Verdict.FUTURE,
        Verdict.TOO_OLD,
        Verdict.TAKEN,
        Verdict.DUPLICATE,
        Verdict.TOO_CLOSE,
    ]
    carry(team.organisation, *rows)
    assert Completion.objects.count() == 1
    assert EvidenceImport.objects.values_list("rows", "taken").get() == (8, 1)
    replayed()


def test_a_programme_of_another_organisation_is_unknown(team: Team) -> None:
    theirs = make_programme(organisation=make_team().organisation)
    given = row(make_worker(team), theirs, ago(5))
    assert verdicts(team.organisation, given) == [Verdict.UNKNOWN_PROGRAMME]


def test_the_title_may_differ_in_capitals_and_address_too(team: Team, programme: Programme) -> None:
    worker = make_worker(team, email="Anna.B@care.example")
    given = row("anna.b@care.example", str(programme).upper(), ago(5))
    assert verdicts(team.organisation, given) == [Verdict.TAKEN]
    assert worker


def test_evidence_that_is_too_old_is_put_to_the_coordinator(
    team: Team, programme: Programme
) -> None:
    worker = make_worker(team)
    carry(team.organisation, row(worker, programme, ago(200)))
    case = ExceptionCase.objects.get()
    assert case.kind == ExceptionCase.Kind.EVIDENCE_TOO_OLD
    assert case.organisation == team.organisation
    assert case.facts == {
        "reason": "EVIDENCE_TOO_OLD",
        "completed_on": ago(200).isoformat(),
        "on": TODAY.isoformat(),
        "evidence": "certificate",
        "max_age_days": 180,
        "import": EvidenceImport.objects.get().public_id,
    }
    assert not Completion.objects.exists()
    replayed()


def test_accepted_evidence_counts_from_the_day_it_was_completed(
    team: Team, programme: Programme
) -> None:
    worker = make_worker(team)
    assignment = make_assignment(worker)
    carry(team.organisation, row(worker, programme, ago(200)))
    case = ExceptionCase.objects.get()
    made = accept_evidence(case=case, by=None, at=on(TODAY, 15))
    assert made.valid_through == date(2026, 11, 13)
    assert made.evidence == "certificate"
    assert made.evidence_import == EvidenceImport.objects.get()
    assert made.cycle == assignment.cycles.get(number=1)
    assert accept_evidence(case=case, by=None, at=on(TODAY, 16)) == made
    replayed()


def test_close_evidence_can_be_accepted_too(team: Team, programme: Programme) -> None:
    worker = make_worker(team)
    carry(team.organisation, row(worker, programme, ago(40)), row(worker, programme, ago(30), 3))
    case = ExceptionCase.objects.get()
    assert case.kind == ExceptionCase.Kind.CONFLICTING_FACTS
    assert case.facts["other"] == ago(40).isoformat()
    made = accept_evidence(case=case, by=None, at=on(TODAY, 15))
    assert made.completed_on == ago(30)
    replayed()


# Many


@pytest.mark.parametrize("number", [2, 22])
def test_queries_do_not_grow_with_the_rows(
    team: Team, programme: Programme, number: int, django_assert_max_num_queries: Any
) -> None:
    workers = [make_worker(team) for _number in range(number)]
    for worker in workers[::2]:
        make_assignment(worker)
    rows = [row(worker, programme, ago(30), n) for n, worker in enumerate(workers, 2)]
    with django_assert_max_num_queries(16):
        assert set(verdicts(team.organisation, *rows)) == {Verdict.TAKEN}
    with django_assert_max_num_queries(80):
        assert carry(team.organisation, *rows).taken == number
