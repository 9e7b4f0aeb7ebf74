"""Certificates: the PDF, checking one by its code, and revoking what should not count."""

import re
import zlib
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from learning.actions import bring_up_to_date, revoke
from learning.errors import AlreadyRevoked
from learning.models import Assignment, Completion, Cycle, ExceptionCase, Revocation, Validity
from learning.presenters.certificates import pdf_of, study_load
from learning.selectors.certificates import Worth, completions_of, verified
from organisations.models import AuditEvent, User
from tests.factories import (
    make_administrator,
    make_coordinator,
    make_manager,
    make_team,
    make_worker,
)
from tests.factories.learning import TODAY, covered, make_assignment, make_completion, on

pytestmark = pytest.mark.django_db
URL = "https://opmerkzaam.example/certificaat/23456789abcdefghjkmn/"
THROUGH = date(2026, 12, 1)


@pytest.fixture
def completion() -> Completion:
    worker = make_worker(first_name="Anna", last_name="de Vries")
    return covered(worker, through=THROUGH).completions.get()


def pdf(completion: Completion, language: str = "nl", **changes: Any) -> bytes:
    certificate = completion.certificate
    for field, value in changes.items():
        setattr(certificate, field, value)
    return pdf_of(certificate, url=URL, language=language)


def sign_in(client: Client, person: User) -> Client:
    client.force_login(person)
    return client


# The PDF


def test_a_certificate_is_a_tagged_pdf_with_language_and_title(completion: Completion) -> None:
    made = pdf(completion)
    assert made.startswith(b"%PDF-")
    assert b"/Lang(nl)" in made
    assert b"/MarkInfo" in made
    assert b"pdfuaid" in made  # PDF/UA-1


def test_the_same_certificate_gives_the_same_bytes(completion: Completion) -> None:
    assert pdf(completion) == pdf(completion)
    assert pdf(completion) != pdf(completion, language="en")


@pytest.mark.parametrize(
    "name",
    [
        "Łukasz Ñandú-Šťastný van der Ünal",
        "Дарья Шевченко",
        "ليلى بنت محمد العربي",
        "x" * 160,
        ("Anna " * 32).strip(),
        '#panic("leeg") *vet* $x^2$ [a] \\ @ref <l> `code` // weg /* */ = kop "] #read("x")',
    ],
)
def test_any_name_that_the_fonts_know_is_set_as_it_is(completion: Completion, name: str) -> None:
    assert b"pdfuaid" in pdf(completion, name=name)


def test_a_name_in_signs_without_a_font_still_gives_a_pdf(completion: Completion) -> None:
    made = pdf(completion, name="王小明")
    assert made.startswith(b"%PDF-")
    assert b"pdfuaid" not in made


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(1, "1 minute"), (60, "1 hour"), (80, "1 hour and 20 minutes"), (0, "0 minutes")],
)
def test_study_load_is_in_hours_and_minutes(minutes: int, words: str) -> None:
    from django.utils.translation import override

    with override("en"):
        assert study_load(minutes) == words


def lines_of(made: bytes) -> list[str]:
    """What a reader copies, line by line; a line in each font of the page, right in one of them."""
    parts = [zlib.decompressobj().decompress(part) for part in streams(made)]
    fonts = [
        {sign[0]: bytes.fromhex(sign[1].decode()).decode("utf-16-be") for sign in signs}
        for part in parts
        if (signs := re.findall(rb"<([0-9A-F]{4})> <([0-9A-F]{4,})>\n", part))
    ]
    found = []
    for shown in re.findall(rb"\nBT .*?\[\((.*?)\)\]TJ\nET", b"".join(parts), re.DOTALL):
        glyphs = unescaped(re.sub(rb"\)-?[\d.]+\(", b"", shown))  # without the kerning
        codes = [b"%02X%02X" % pair for pair in zip(glyphs[::2], glyphs[1::2], strict=True)]
        found += ["".join(font.get(code, "\ufffd") for code in codes) for font in fonts]
    return found


def streams(made: bytes) -> list[bytes]:
    found = re.findall(rb"stream\n(.*?)\nendstream", made, re.DOTALL)
    return [part for part in found if part.startswith((b"\x78\x9c", b"\x78\xda", b"\x78\x01"))]


def unescaped(literal: bytes) -> bytes:
    signs = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}

    def sign(found: re.Match[bytes]) -> bytes:
        one = found[1]
        return bytes([int(one, 8)]) if one.isdigit() else signs.get(one, one)

    return re.sub(rb"\\([0-7]{3}|.)", sign, literal, flags=re.DOTALL)


@pytest.mark.parametrize("host", ["opmerkzaam.example", "leren.opmerkzaam-bij-stichting.example"])
def test_a_copied_address_is_the_address(completion: Completion, host: str) -> None:
    url = f"https://{host}/certificaat/23456789abcdefghjkmn/"
    made = pdf_of(completion.certificate, url=url, language="nl")
    assert url in lines_of(made)
    assert b"/URI" in made  # and it is a link


# Who may download


def test_the_owner_downloads_their_certificate(client: Client, completion: Completion) -> None:
    page = reverse("learning:certificate_pdf", args=[completion.certificate.code])
    response = sign_in(client, completion.worker).get(page)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    assert "attachment" in response["Content-Disposition"]
    assert "no-store" in response["Cache-Control"]
    assert not AuditEvent.objects.filter(action="certificate_downloaded").exists()


def test_the_coordinator_downloads_it_and_that_is_recorded(
    client: Client, completion: Completion
) -> None:
    coordinator = make_coordinator(completion.assignment.organisation)
    page = reverse("learning:certificate_pdf", args=[completion.certificate.code])
    assert sign_in(client, coordinator).get(page).status_code == 200
    assert AuditEvent.objects.filter(action="certificate_downloaded", actor=coordinator).exists()


def test_others_get_a_page_as_if_it_did_not_exist(client: Client, completion: Completion) -> None:
    page = reverse("learning:certificate_pdf", args=[completion.certificate.code])
    team = completion.worker.employments.get().team
    elsewhere = make_coordinator(make_team().organisation)
    for other in [make_worker(), elsewhere, make_manager(team), make_worker(team)]:
        assert sign_in(client, other).get(page).status_code == 404


def test_a_revoked_certificate_is_handed_to_nobody(client: Client, completion: Completion) -> None:
    revoke(completion=completion, reason="mistake", by=None, at=on(TODAY))
    page = reverse("learning:certificate_pdf", args=[completion.certificate.code])
    coordinator = make_coordinator(completion.assignment.organisation)
    for person in [completion.worker, coordinator, make_administrator()]:
        assert sign_in(client, person).get(page).status_code == 404
    assert not AuditEvent.objects.filter(action="certificate_downloaded").exists()
    assert check(client, completion.certificate.code).status_code == 200


def test_a_list_links_to_the_check_of_a_revoked_certificate_and_to_no_pdf(
    client: Client, completion: Completion
) -> None:
    code = completion.certificate.code
    sign_in(client, completion.worker)
    links = [
        reverse(f"learning:{name}", args=[code]) for name in ["certificate_pdf", "certificate"]
    ]

    def linked() -> list[bool]:
        text = client.get(reverse("learning:development")).content.decode()
        return [f'href="{link}"' in text for link in links]

    assert linked() == [True, True]
    revoke(completion=completion, reason="mistake", by=None, at=on(TODAY))
    assert linked() == [False, True]


# Checking


def check(client: Client, code: str) -> Any:
    return client.get(reverse("learning:certificate", args=[code]))


def test_anybody_checks_a_certificate_by_its_code(
    client: Client, completion: Completion, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(3):
        response = check(client, completion.certificate.code)
    text = response.content.decode()
    assert response.status_code == 200
    assert "Anna de Vries" in text
    assert completion.worker.email not in text
    assert completion.worker.public_id not in text
    assert completion.assignment.organisation.name not in text
    assert "noindex" in response["X-Robots-Tag"]
    assert response["Referrer-Policy"] == "no-referrer"


def test_a_code_may_be_typed_in_capitals(client: Client, completion: Completion) -> None:
    assert check(client, completion.certificate.code.upper()).status_code == 200


def test_an_unknown_code_gives_a_neutral_page(client: Client) -> None:
    response = check(client, "2" * 20)
    assert response.status_code == 404
    assert "noindex" in response["X-Robots-Tag"]


def test_the_last_valid_day_is_valid_and_the_next_is_not(completion: Completion) -> None:
    code = completion.certificate.code
    assert verified(code, THROUGH).worth is Worth.VALID  # type: ignore[union-attr]
    after = verified(code, date(2026, 12, 2))
    assert after is not None
    assert after.worth is Worth.EXPIRED
    assert after.certificate.valid_through == THROUGH


def test_each_period_keeps_its_own_certificate(completion: Completion) -> None:
    first = completion.certificate
    later = make_completion(
        completion.assignment, completed_on=date(2026, 11, 20), valid_through=date(2027, 12, 1)
    )
    first.refresh_from_db()
    assert first.valid_through == THROUGH
    assert later.certificate.code != first.code
    assert verified(first.code, date(2027, 1, 1)).worth is Worth.EXPIRED  # type: ignore[union-attr]
    assert verified(later.certificate.code, date(2027, 1, 1)).worth is Worth.VALID  # type: ignore[union-attr]


# Revoking


def test_revoking_ends_coverage_today_and_keeps_what_was(completion: Completion) -> None:
    assignment = completion.assignment
    revoke(completion=completion, reason="mistake", by=None, at=on(TODAY))
    validity = Validity.objects.get(assignment=assignment)
    assert validity.covered_through is None
    facts = Completion.objects.get()
    assert facts.valid_through == THROUGH
    closed = Cycle.objects.get(completion=facts)
    assert closed.closed_as in {"on_time", "late"}
    found = verified(completion.certificate.code, TODAY)
    assert found is not None
    assert (found.worth, found.revoked_on) == (Worth.REVOKED, TODAY)


def test_the_day_before_a_revocation_stays_covered(completion: Completion) -> None:
    from datetime import timedelta

    from learning.selectors.facts import facts_of_one

    revoke(completion=completion, reason="mistake", by=None, at=on(TODAY))
    facts = facts_of_one(completion.assignment)
    assert facts.standing_on(TODAY - timedelta(days=1)).covered
    assert not facts.standing_on(TODAY).covered


def test_without_a_due_date_the_coordinator_is_asked_for_one(completion: Completion) -> None:
    revoke(completion=completion, reason="evidence", by=None, at=on(TODAY))
    case = ExceptionCase.objects.get()
    assert case.kind == ExceptionCase.Kind.CONFLICTING_FACTS
    assert case.facts["reason"] == "REVOKED"
    assert case.organisation == completion.assignment.organisation


def test_who_is_not_assigned_needs_no_due_date() -> None:
    given = make_assignment(make_worker())
    loose = Assignment.objects.create(
        worker=make_worker(), programme=given.programme, organisation=given.organisation
    )
    done = make_completion(loose, completed_on=date(2026, 5, 1), valid_through=date(2027, 5, 1))
    revoke(completion=done, reason="evidence", by=None, at=on(TODAY))
    assert not ExceptionCase.objects.exists()


def test_revoking_twice_is_refused(completion: Completion) -> None:
    revoke(completion=completion, reason="mistake", by=None, at=on(TODAY))
    with pytest.raises(AlreadyRevoked):
        revoke(completion=completion, reason="mistake", by=None, at=on(TODAY))
    assert Revocation.objects.count() == 1


def test_replaying_after_a_revocation_changes_nothing(completion: Completion) -> None:
    revoke(completion=completion, reason="mistake", by=None, at=on(TODAY))
    before = list(Cycle.objects.values())
    bring_up_to_date([completion.assignment_id], today=TODAY)
    assert list(Cycle.objects.values()) == before


def test_the_coordinator_revokes_on_a_page_that_says_what_follows(
    client: Client, completion: Completion
) -> None:
    found = completion.assignment.organisation
    sign_in(client, make_coordinator(found))
    page = reverse("learning:revoke", args=[found.public_id, completion.public_id])
    assert client.get(page).status_code == 200
    assert client.post(page, {}).status_code == 200  # a reason is asked
    assert not Revocation.objects.exists()
    response = client.post(page, {"reason": "mistake"})
    assert response.status_code == 302
    assert Revocation.objects.get().reason == "mistake"
    assert AuditEvent.objects.filter(action="completion_revoked").exists()


def test_a_coordinator_elsewhere_cannot_revoke(client: Client, completion: Completion) -> None:
    elsewhere = make_team().organisation
    sign_in(client, make_coordinator(elsewhere))
    for organisation in [elsewhere, completion.assignment.organisation]:
        page = reverse("learning:revoke", args=[organisation.public_id, completion.public_id])
        assert client.post(page, {"reason": "mistake"}).status_code == 404
    assert not Revocation.objects.exists()


# The list


@pytest.mark.parametrize("number", [2, 22])
def test_the_list_asks_one_query(number: int, django_assert_num_queries: Any) -> None:
    from django.template.loader import render_to_string
    from django.test import RequestFactory

    worker = make_worker()
    assignment = make_assignment(worker, day=date(2000, 1, 3))
    for year in range(number):
        make_completion(
            assignment, completed_on=date(2001 + year, 3, 1), valid_through=date(2002 + year, 3, 1)
        )
    with django_assert_num_queries(1):
        text = render_to_string(
            "learning/parts/certificates.html",
            {
                "completions": completions_of(worker),
                "revoke_at": assignment.organisation,
                "request": RequestFactory().get("/"),
            },
        )
    assert text.count(".pdf") == number
