"""The coordinator's pages for taking over earlier training."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from learning.models import Completion, EvidenceImport, Programme
from learning.rules.evidence import read
from organisations.models import AuditEvent, Team
from tests.factories import make_coordinator, make_team, make_worker
from tests.factories.learning import make_programme, make_rule

pytestmark = pytest.mark.django_db
SIGNED = re.compile(r'name="signed" value="([^"]+)"')


@pytest.fixture
def team() -> Team:
    return make_team()


@pytest.fixture
def programme(team: Team) -> Programme:
    return make_rule(team.organisation, make_programme()).programme


@pytest.fixture
def coordinator(client: Client, team: Team) -> Client:
    client.force_login(make_coordinator(team.organisation))
    return client


def address(team: Team, name: str = "evidence") -> str:
    return reverse(f"learning:{name}", args=[team.organisation.public_id])


def check(client: Client, team: Team, *lines: str, name: str = "eerder.csv") -> str:
    text = "e-mail;programma;afgerond op;bewijs\n" + "\n".join(lines)
    file = SimpleUploadedFile(name, text.encode())
    response = client.post(address(team), {"file": file})
    assert response.status_code == 200
    return response.content.decode()


def today() -> str:
    from django.utils import timezone

    return timezone.localdate().isoformat()


def test_a_file_is_checked_and_then_carried_over(
    coordinator: Client, team: Team, programme: Programme
) -> None:
    worker = make_worker(team)
    page = check(coordinator, team, f"{worker.email};{programme.title};{today()};lms")
    assert not Completion.objects.exists()
    signed = SIGNED.search(page)
    assert signed is not None
    response = coordinator.post(address(team, "evidence_take_over"), {"signed": signed[1]})
    assert response.status_code == 302
    assert Completion.objects.get().worker == worker
    kept = EvidenceImport.objects.get()
    assert kept.file_name == "eerder.csv"
    assert len(kept.sha256) == 64
    assert AuditEvent.objects.filter(action="evidence_imported").count() == 1
    coordinator.post(address(team, "evidence_take_over"), {"signed": signed[1]})
    assert EvidenceImport.objects.count() == 1  # a double click adds nothing


def test_a_fault_names_row_column_and_what_to_do(
    coordinator: Client, team: Team, programme: Programme
) -> None:
    coordinator.cookies["django_language"] = "en"
    page = check(coordinator, team, f"a@b.example;{programme.title};5/3/26;lms")
    assert "Left out" in page or "Telt niet mee" in page
    assert "2026-05-03" in page
    assert SIGNED.search(page) is not None


def test_a_file_without_the_columns_is_refused(coordinator: Client, team: Team) -> None:
    file = SimpleUploadedFile("x.csv", b"naam;datum\nAnna;2026-05-03\n")
    response = coordinator.post(address(team), {"file": file})
    assert response.status_code == 200
    assert not SIGNED.search(response.content.decode())


def test_a_file_that_is_too_large_is_refused(
    coordinator: Client, team: Team, settings: Any
) -> None:
    settings.EVIDENCE_MOST_BYTES = 10
    page = check(coordinator, team, "a@b.example;X;2026-05-03;lms")
    assert not SIGNED.search(page)


def test_rows_that_were_changed_on_the_way_are_refused(
    coordinator: Client, team: Team, programme: Programme
) -> None:
    page = check(coordinator, team, f"{make_worker(team).email};{programme.title};{today()};lms")
    signed = SIGNED.search(page)
    assert signed is not None
    for value in ["", "x" + signed[1]]:
        response = coordinator.post(address(team, "evidence_take_over"), {"signed": value})
        assert response.status_code == 302
    assert not Completion.objects.exists()


def test_the_rows_shown_to_one_coordinator_are_of_no_use_to_another(
    coordinator: Client, team: Team, programme: Programme
) -> None:
    page = check(coordinator, team, f"{make_worker(team).email};{programme.title};{today()};lms")
    signed = SIGNED.search(page)
    assert signed is not None
    coordinator.force_login(make_coordinator(team.organisation))
    coordinator.post(address(team, "evidence_take_over"), {"signed": signed[1]})
    assert not Completion.objects.exists()


def test_before_the_works_council_agreed_nothing_is_taken_over(
    coordinator: Client, team: Team, programme: Programme
) -> None:
    page = check(coordinator, team, f"{make_worker(team).email};{programme.title};{today()};lms")
    signed = SIGNED.search(page)
    assert signed is not None
    type(team.organisation).objects.update(works_council_agreed_on=None)
    response = coordinator.post(address(team, "evidence_take_over"), {"signed": signed[1]})
    assert response.status_code == 302
    assert not Completion.objects.exists()


def test_the_example_can_be_read_back(
    coordinator: Client, team: Team, programme: Programme
) -> None:
    response = coordinator.get(address(team, "evidence_example"))
    found = read(response.content, most_rows=10)
    assert len(found.rows) == 3
    assert not found.faulty
    assert found.rows[0].programme == programme.title


def test_the_verdicts_come_as_a_sheet_that_runs_nothing(coordinator: Client, team: Team) -> None:
    page = check(coordinator, team, "=cmd@b.example;X;2026-05-03;lms", "@x;X;2026-05-03;lms")
    signed = SIGNED.search(page)
    assert signed is not None
    response = coordinator.post(address(team, "evidence_verdicts"), {"signed": signed[1]})
    text = response.content.decode()
    assert "'=cmd@b.example" in text
    assert "'@x" in text
    assert text.count("\r\n") == 3


def test_elsewhere_it_does_not_exist(client: Client, team: Team) -> None:
    client.force_login(make_coordinator(make_team().organisation))
    for name in ["evidence", "evidence_example"]:
        assert client.get(address(team, name)).status_code == 404
    for name in ["evidence", "evidence_take_over", "evidence_verdicts"]:
        assert client.post(address(team, name)).status_code == 404


def test_markup_in_a_file_is_shown_as_text(coordinator: Client, team: Team) -> None:
    page = check(coordinator, team, "<script>@b.example;<b>X</b>;2026-05-03;lms", name="<i>.csv")
    assert "<script>@b" not in page
    assert "<b>X</b>" not in page
    assert "<i>.csv" not in page


def test_a_day_that_does_not_exist_is_told_as_such(
    coordinator: Client, team: Team, programme: Programme
) -> None:
    worker = make_worker(team)
    page = check(coordinator, team, f"{worker.email};{programme.title};29-2-2026;lms")
    assert "Deze dag bestaat niet" in page
