"""Deciding about H5P libraries in the Wagtail admin."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.files.storage import storages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from config.places import places_of
from modules.models import H5PLibrary, H5PVersion
from modules.packages.approving import decide
from organisations.access import access_of
from tests.factories import make_administrator, make_approver, make_editor, make_worker
from tests.factories.h5p import NOW, make_library, make_version
from tests.h5p_packages import CONTAINER, QUESTION, package
from tests.modules.h5p_site import IN_MEMORY, approve_all, module_with, publish, taken

pytestmark = pytest.mark.django_db
LIBRARIES = reverse("h5p_libraries")
MARKUP = "<b>Vraag</b><script>"


@pytest.fixture(autouse=True)
def storage(settings):
    settings.STORAGES = {**settings.STORAGES, "h5p": IN_MEMORY}
    return storages["h5p"]


@pytest.fixture
def approver(client):
    person = make_approver(first_name="Nadia")
    client.force_login(person)
    return person


@pytest.fixture
def waiting():
    """A version whose two libraries nobody decided about."""
    return taken().version


def page_of(library):
    return reverse("h5p_library", args=[library.digest])


def decide_at(library):
    return reverse("h5p_decide", args=[library.digest])


def file_of(library, path):
    return reverse("h5p_library_file", args=[library.digest, path])


def download_of(library, path):
    return reverse("h5p_library_download", args=[library.digest, path])


def list_of(version):
    return reverse("h5p_version_libraries", args=[version.public_id])


def approve_at(version):
    return reverse("h5p_approve_version", args=[version.public_id])


def text_of(answer):
    return " ".join(answer.content.decode().split())


def versions_with(number):
    """As many versions and libraries, beside each of which another is approved; gives the last."""
    for at in range(number):
        make_library(f"Voorbeeld.V{number}x{at}")
    libraries = [
        make_library(f"Voorbeeld.V{number}x{at}", approved=False, patch=9) for at in range(number)
    ]
    for library in libraries:
        version = make_version(main_library=library, libraries=libraries)
    return version


def queries(client, page):
    with CaptureQueriesContext(connection) as counted:
        assert client.get(page).status_code == 200
    return len(counted)


def newer():
    """The library that was approved, with a script changed, one added and one taken away."""
    script = QUESTION.files["scripts/vraag.js"] + b"\nfetch('https://elders.example/')\n"
    return (
        QUESTION.changed(patchVersion=99, license="GPL3")
        .with_file("scripts/vraag.js", script)
        .with_file("scripts/nieuw.js", b"window.x = '<img src=x>';")
        .without("semantics.json")
    )


@pytest.fixture
def changed(waiting):
    """A version with a library beside which an older one is approved."""
    approve_all()
    return taken(package(newer()), replaces=waiting.package).version


class TestLooking:
    def test_what_waits_comes_first(self, client, approver, waiting):
        decide(waiting.main_library, approve=True, reason="", by=None, at=NOW)
        html = text_of(client.get(LIBRARIES))
        base = waiting.libraries.exclude(pk=waiting.main_library.pk).get()
        assert html.index(page_of(base)) < html.index(page_of(waiting.main_library))
        assert list_of(waiting) in html

    def test_the_menu_says_how_many_wait(self, client, approver, waiting):
        make_library(approved=False)  # no activity needs it
        assert "H5P-bibliotheken (2)" in client.get(LIBRARIES).content.decode()
        approve_all()
        assert "H5P-bibliotheken (" not in client.get(LIBRARIES).content.decode()

    def test_editors_have_no_such_entry_and_no_buttons(self, client, waiting):
        client.force_login(make_editor())
        html = client.get(LIBRARIES).content.decode()
        assert "H5P-bibliotheken (" not in html
        for page in (page_of(waiting.main_library), list_of(waiting)):
            html = client.get(page).content.decode()
            assert "wacht" in html or "niemand" in html
            assert "<textarea" not in html
            assert 'type="submit" name="decision"' not in html
            assert 'name="seen"' not in html

    def test_a_library_is_shown_whole(self, client, approver, waiting):
        library = waiting.main_library
        html = text_of(client.get(page_of(library)))
        for told in (library.machine_name, library.digest, library.licence, waiting.package.title):
            assert told in html
        for path, (sha256, _size) in library.files.items():
            assert path in html
            assert sha256 in html
        for need in library.requires:
            assert str(need) in html

    def test_what_changed_against_the_approved_one_is_told(self, client, approver, changed):
        html = text_of(client.get(page_of(changed.main_library)))
        approved = H5PLibrary.objects.get(patch=3, machine_name=changed.main_library.machine_name)
        assert page_of(approved) in html
        assert "1 bestand is nieuw" in html
        assert "2 bestanden zijn anders" in html  # the script and library.json
        assert "1 bestand is weg" in html
        assert "semantics.json" in html
        assert approved.licence in html

    def test_a_changed_script_is_shown_line_by_line(self, client, approver, changed):
        address = file_of(changed.main_library, "scripts/vraag.js")
        lines = client.get(address).context["lines"]
        assert "fetch('https://elders.example/')" in [one.text for one in lines if one.sign == "+"]
        whole = client.get(f"{address}?whole").context["lines"]
        assert len(whole) > len(lines)
        assert {one.sign for one in whole} == {" "}

    def test_a_new_script_is_shown_whole_and_inert(self, client, approver, changed):
        html = text_of(client.get(file_of(changed.main_library, "scripts/nieuw.js")))
        assert "&lt;img src=x&gt;" in html
        assert "<img src=x>" not in html

    def test_a_file_that_is_not_there_is_not_found(self, client, approver, waiting):
        for path in ("scripts/anders.js", "../library.json"):
            assert client.get(file_of(waiting.main_library, path)).status_code == 404

    def test_a_file_that_storage_lost_breaks_nothing(self, client, approver):
        library = make_library(files={"a.js": ["0" * 64, 3]})
        answer = client.get(file_of(library, "a.js"))
        assert (answer.status_code, answer.context["lines"]) == (200, None)

    @pytest.mark.parametrize("who", [make_approver, make_editor])
    def test_a_file_is_downloaded_byte_for_byte_and_never_opened(self, client, waiting, who):
        client.force_login(who())
        script = "scripts/vraag.js"
        answer = client.get(download_of(waiting.main_library, script))
        assert answer.getvalue() == QUESTION.files[script]
        assert answer["Content-Disposition"] == 'attachment; filename="vraag.js"'
        assert answer["Content-Type"] == "application/octet-stream"
        assert client.get(download_of(waiting.main_library, "anders.js")).status_code == 404

    def test_a_download_that_storage_lost_is_told(self, client, approver):
        library = make_library(files={"a.js": ["0" * 64, 3]})
        answer = client.get(download_of(library, "a.js"), follow=True)
        assert [str(message) for message in answer.context["messages"]]

    def test_what_is_no_text_is_not_shown(self, client, approver):
        library = make_library(files={"a.woff": ["0" * 64, 3]})
        assert client.get(file_of(library, "a.woff")).context["lines"] is None

    @pytest.mark.parametrize("who", [make_approver, make_editor, make_administrator])
    def test_markup_in_names_does_nothing(self, client, who):
        library = make_library(
            title=MARKUP, licence=MARKUP, approved=False, files={"a.js": ["0" * 64, 1]}
        )
        version = make_version(main_library=library, title=MARKUP)
        decide(library, approve=False, reason=MARKUP, by=None, at=NOW)
        client.force_login(who())
        for page in (LIBRARIES, page_of(library), list_of(version)):
            html = client.get(page).content.decode()
            assert "&lt;b&gt;Vraag&lt;/b&gt;" in html, page
            assert MARKUP not in html, page

    def test_more_libraries_cost_no_more_queries(self, client, approver):
        client.get(LIBRARIES)  # what is read once
        cost = []
        for number in (2, 20):
            version = versions_with(number)
            cost.append([queries(client, page) for page in (LIBRARIES, list_of(version))])
        assert cost[0] == cost[1]


class TestDeciding:
    def test_approving_needs_no_reason(self, client, approver, waiting):
        library = waiting.main_library
        answer = client.post(decide_at(library), {"decision": "approve"})
        decision = library.decisions.get()
        assert (decision.is_approved, decision.by, answer["Location"]) == (
            True,
            approver,
            LIBRARIES,
        )

    def test_refusing_without_a_reason_is_refused(self, client, approver, waiting):
        library = waiting.main_library
        answer = client.post(decide_at(library), {"decision": "refuse", "reason": "  "})
        assert answer.status_code == 400
        assert 'aria-invalid="true"' in text_of(answer)
        assert not library.decisions.exists()

    def test_refusing_keeps_the_reason_for_editors(self, client, approver, waiting):
        library = waiting.main_library
        client.post(decide_at(library), {"decision": "refuse", "reason": "Vraagt <om> adressen."})
        client.force_login(make_editor())
        activity = reverse("h5p_activity", args=[waiting.package.public_id])
        for page in (page_of(library), activity):
            assert "Vraagt &lt;om&gt; adressen." in client.get(page).content.decode()

    @pytest.mark.parametrize("fields", [{}, {"decision": "misschien"}])
    def test_who_says_nothing_decides_nothing(self, client, approver, waiting, fields):
        answer = client.post(decide_at(waiting.main_library), fields)
        assert answer.status_code == 400
        assert not waiting.main_library.decisions.exists()

    def test_all_libraries_that_were_seen_are_approved_in_one_go(self, client, approver, waiting):
        shown = [library.digest for library in waiting.libraries.all()]
        html = client.get(list_of(waiting)).content.decode()
        assert all(f'name="library" value="{digest}"' in html for digest in shown)
        client.post(approve_at(waiting), {"library": shown, "seen": "1"})
        assert H5PVersion.objects.playable().get() == waiting

    def test_who_did_not_look_approves_nothing(self, client, approver, waiting):
        shown = [library.digest for library in waiting.libraries.all()]
        assert client.post(approve_at(waiting), {"library": shown}).status_code == 400
        assert H5PLibrary.objects.waiting().count() == 2

    def test_what_was_not_in_the_list_is_not_approved(self, client, approver, waiting):
        other = make_library("Voorbeeld.Ander", approved=False)
        listed = [waiting.main_library.digest, other.digest]
        client.post(approve_at(waiting), {"library": listed, "seen": "1"})
        assert list(H5PLibrary.objects.approved()) == [waiting.main_library]

    def test_what_was_refused_meanwhile_stays_refused(self, client, approver, waiting):
        shown = [library.digest for library in waiting.libraries.all()]
        decide(waiting.main_library, approve=False, reason="Nee.", by=None, at=NOW)
        client.post(approve_at(waiting), {"library": shown, "seen": "1"})
        assert [one.is_approved for one in waiting.main_library.decisions.all()] == [False]

    def test_withdrawing_says_which_published_modules_stop(self, client, approver, waiting):
        approve_all()
        page = module_with(waiting.package, title="Module <i>een</i>")
        publish(page)
        withdrawn = module_with(waiting.package, title="Niet gepubliceerd")
        publish(withdrawn)
        withdrawn.unpublish()
        html = text_of(client.get(page_of(waiting.main_library)))
        assert "Module &lt;i&gt;een&lt;/i&gt;" in html
        assert "Niet gepubliceerd" not in html
        reason = {"decision": "refuse", "reason": "Achteraf niet."}
        client.post(decide_at(waiting.main_library), reason)
        assert waiting.package.current_version is None

    def test_a_module_that_went_on_to_another_version_does_not_stop(self, client, approver):
        first = taken(package(CONTAINER)).version
        approve_all()
        module = module_with(first.package, title="Module een")
        publish(module)
        with_other = taken(package(newer()), replaces=first.package).version
        approve_all()
        publish(module)
        assert "Module een" not in text_of(client.get(page_of(first.main_library)))
        assert "Module een" in text_of(client.get(page_of(with_other.main_library)))

    @pytest.mark.parametrize("who", [make_editor, make_worker])
    def test_for_anybody_else_there_is_nothing_to_decide(self, client, waiting, who):
        client.force_login(who())
        fields = {"decision": "approve", "library": waiting.main_library.digest, "seen": "1"}
        for address in (decide_at(waiting.main_library), approve_at(waiting)):
            assert client.post(address, fields).status_code == 404
            assert client.get(address).status_code == 404
        assert H5PLibrary.objects.waiting().count() == 2

    def test_an_administrator_decides_too(self, client, waiting):
        client.force_login(make_administrator())
        client.post(decide_at(waiting.main_library), {"decision": "approve"})
        assert waiting.main_library.decisions.exists()

    def test_a_reason_survives_that_somebody_was_signed_out(self, client, approver, waiting):
        """Reading code takes longer than half an hour."""
        client.get(LIBRARIES)
        session = client.session
        session["seen"] -= 31 * 60
        session.save()
        typed = {"decision": "refuse", "reason": "Na lang lezen: nee."}
        assert "login" in client.post(decide_at(waiting.main_library), typed)["Location"]
        client.force_login(approver)
        assert "Na lang lezen: nee." in text_of(client.get(decide_at(waiting.main_library)))
        assert not waiting.main_library.decisions.exists()
        assert client.get(approve_at(waiting))["Location"] == list_of(waiting)


class TestBeingApprover:
    def test_the_first_page_and_the_admins_home_are_the_libraries(self, client, approver):
        for address in ("/", reverse("wagtailadmin_home")):
            assert client.get(address, follow=True).redirect_chain[-1][0] == LIBRARIES

    def test_an_editor_who_approves_too_keeps_the_home_page(self, client, editor):
        client.force_login(make_administrator())
        assert client.get(reverse("wagtailadmin_home")).status_code == 200

    def test_the_navigation_leads_to_the_admin(self, approver):
        places = places_of(access_of(approver, timezone.localdate()), "/")
        assert reverse("wagtailadmin_home") in [place.url for place in places]

    def test_activities_are_named_without_a_link_that_leads_nowhere(
        self, client, approver, waiting
    ):
        activity = reverse("h5p_activity", args=[waiting.package.public_id])
        assert client.get(activity).status_code == 404
        for page in (page_of(waiting.main_library), list_of(waiting)):
            html = client.get(page).content.decode()
            assert waiting.package.title in html
            assert activity not in html

    def test_a_second_factor_is_needed(self, client, approver, settings):
        settings.MFA_REQUIRED = True
        assert client.get(LIBRARIES)["Location"] == reverse("mfa_activate_totp")
        kind = Authenticator.Type.TOTP
        Authenticator.objects.create(user=approver, type=kind, data={"secret": "x"})
        assert client.get(LIBRARIES).status_code == 200

    def test_the_role_that_ended_decides_nothing(self, client, approver, waiting):
        grant = approver.role_grants.get()
        grant.ends_before = timezone.localdate()
        grant.starts_on = grant.ends_before - timedelta(days=1)
        grant.save()
        assert client.get(LIBRARIES).status_code == 404
        assert client.post(decide_at(waiting.main_library), {}).status_code == 404
