"""A researcher reads a study over twelve institutions and takes the data along, without names."""

import csv

from playwright.sync_api import Download, Page, expect

from analytics.models import Study
from organisations.models import Organisation, User
from tests.journeys.steps import SignIn, arrive, follow, refused, see_chart, unfold


def test_a_study_and_its_files(desktop: Page, sign_in: SignIn) -> None:
    sign_in(desktop, "onderzoeker")
    arrive(desktop, "Studies")
    study = Study.objects.get()
    follow(desktop, study.title)
    arrive(desktop, study.title)
    expect(desktop.locator("main")).to_contain_text("Rangcorrelatie (Spearman)")
    see_chart(desktop, "per 1.000 cliëntmaanden")
    unfold(desktop, "Hetzelfde als tabel")
    see_no_names(desktop.content())

    rows = list(csv.reader(download(desktop, "Download de gegevens (CSV)"), delimiter=";"))
    assert len({row[0] for row in rows[1:]}) == Organisation.objects.count() == 12
    codebook = download(desktop, "Download het codeboek (CSV)")
    described = {row[0] for row in csv.reader(codebook, delimiter=";")}
    assert set(rows[0]) <= described


def download(page: Page, name: str) -> list[str]:
    """The lines of a file behind a link; no name of an institution or a person is in it."""
    with page.expect_download() as arriving:
        follow(page, name)
    text = _text_of(arriving.value)
    see_no_names(text)
    return text.splitlines()


def _text_of(file: Download) -> str:
    return file.path().read_text(encoding="utf-8-sig")


def see_no_names(text: str) -> None:
    names = list(Organisation.objects.values_list("name", flat=True))
    names += [name.removesuffix(" (voorbeeld)") for name in names]
    names += User.objects.exclude(email__startswith="onderzoeker").values_list("email", flat=True)
    assert [name for name in names if name in text] == []


def test_a_study_of_somebody_else_is_not_there(desktop: Page, sign_in: SignIn) -> None:
    sign_in(desktop, "leidinggevende")
    study = Study.objects.get()
    assert study.title not in refused(desktop, f"/cijfers/studies/{study.public_id}/")
