"""H5P activities in the Wagtail admin: the list, the page of one, and what may be done to it."""

import re

import pytest
from django.core.files.storage import storages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from modules.models import H5PPackage, H5PVersion
from modules.packages.admin.standing import standing_of, with_standing
from modules.packages.approving import decide
from organisations.models import AuditEvent
from tests.factories import make_administrator
from tests.factories.h5p import NOW, approve, make_library, make_version
from tests.h5p_packages import CONTAINER, SILENT, package, question
from tests.modules.h5p_site import IN_MEMORY, approve_all, module_with, publish, steps_with, taken

pytestmark = pytest.mark.django_db
LIST = reverse("wagtailsnippets_modules_h5ppackage:list")
MARKUP = "<b>Vraag</b><script>alert(1)</script>"
INERT = "&lt;b&gt;Vraag&lt;/b&gt;"
OTHER = question("Wat zegt een kip?", "Tok", "Woef")


@pytest.fixture(autouse=True)
def storage(settings):
    settings.STORAGES = {**settings.STORAGES, "h5p": IN_MEMORY}
    return storages["h5p"]


@pytest.fixture
def client(client, editor):
    client.force_login(editor)
    return client


def page_of(package):
    return reverse("h5p_activity", args=[package.public_id])


def snippet(name, package):
    return reverse(f"wagtailsnippets_modules_h5ppackage:{name}", args=[package.pk])


def chooser(name):
    return reverse(f"wagtailsnippetchoosers_modules_h5ppackage:{name}")


def text_of(answer):
    return " ".join(answer.content.decode().split())


def tight(answer):
    """Without space around the tags."""
    return re.sub(r" ?([<>]) ?", r"\1", text_of(answer))


def standing(package):
    return standing_of(with_standing(H5PPackage.objects.filter(pk=package.pk)).get())


def refuse(library):
    decide(library, approve=False, reason="Nee.", by=None, at=NOW)


class TestStanding:
    def test_it_plays_once_all_libraries_are_approved(self):
        main, other = make_library(), make_library("Voorbeeld.Basis", approved=False)
        package = make_version(main_library=main, libraries=[main, other]).package
        assert standing(package).kind == "waits"
        approve(other)
        assert (standing(package).kind, standing(package).beside) == ("plays", "")

    def test_one_refused_library_is_enough_to_wait_for_nothing(self):
        main, other = make_library(approved=False), make_library(approved=False)
        package = make_version(main_library=main, libraries=[main, other]).package
        refuse(other)
        assert standing(package).kind == "barred"

    @pytest.mark.parametrize("is_refused", [False, True])
    def test_a_newer_version_that_does_not_play_is_told_beside(self, is_refused):
        package = make_version().package
        library = make_library(approved=False)
        make_version(package=package, number=2, main_library=library)
        if is_refused:
            refuse(library)
        found = standing(package)
        assert (found.kind, found.playing, found.newest) == ("plays", 1, 2)
        assert ("wacht" in found.beside) is not is_refused
        assert "2" in found.beside

    def test_an_older_one_that_waits_does_not_make_the_newest_wait(self):
        package = make_version(main_library=make_library(approved=False)).package
        library = make_library(approved=False)
        make_version(package=package, number=2, main_library=library)
        refuse(library)
        assert standing(package).kind == "barred"

    def test_without_a_version_it_is_empty(self):
        assert standing(H5PPackage.objects.create(title="Leeg", created_at=NOW)).kind == "empty"

    def test_only_published_modules_that_begin_with_it_now_are_counted(self):
        package = taken().version.package
        approve_all()
        module = module_with(package, title="Een")
        publish(module)
        publish(module_with(package, package, title="Twee"))
        module_with(package, title="Niet gepubliceerd", live=False)
        assert with_standing(H5PPackage.objects.all()).get().used_in == 2
        module.unpublish()
        assert with_standing(H5PPackage.objects.all()).get().used_in == 1

    def test_a_module_that_no_longer_holds_it_is_not_counted(self):
        package = taken().version.package
        approve_all()
        module = module_with(package)
        publish(module)
        module.steps = steps_with()
        publish(module)
        assert with_standing(H5PPackage.objects.all()).get().used_in == 0


class TestList:
    def test_it_says_how_each_stands(self, client):
        taken(package(title="Wacht"))
        html = tight(client.get(LIST))
        for told in ("Wacht", "Voorbeeld.Vraag 1.2", "wacht op goedkeuring", ">ja<"):
            assert told in html
        approve_all()
        assert "speelbaar" in text_of(client.get(LIST))
        assert reverse("h5p_upload") in html

    def test_one_that_reports_nothing_says_so(self, client):
        taken(package(SILENT))
        assert ">nee<" in tight(client.get(LIST))

    @pytest.mark.parametrize("number", [0, 1])
    def test_it_is_there_with_one_and_with_none(self, client, number):
        for _at in range(number):
            H5PPackage.objects.create(title="Leeg", created_at=NOW)
        assert client.get(LIST).status_code == 200

    def test_nothing_is_ticked_or_done_to_several(self, client):
        package = make_version().package
        assert 'type="checkbox"' not in client.get(LIST).content.decode()
        bulk = reverse("wagtail_bulk_action", args=["modules", "h5ppackage", "delete"])
        assert client.post(f"{bulk}?id={package.pk}")["Location"] == LIST
        assert H5PPackage.objects.exists()

    def test_more_activities_cost_no_more_queries(self, client):
        def cost(page):
            with CaptureQueriesContext(connection) as counted:
                assert client.get(page).status_code == 200
            return len(counted)

        client.get(LIST)
        costs = []
        for number in (2, 20):
            for _at in range(number):
                make_version()
            costs.append([cost(page) for page in (LIST, chooser("choose"))])
        assert costs[0] == costs[1]


class TestPage:
    def test_it_says_what_the_activity_is(self, client, editor):
        version = taken(package(CONTAINER, title="Reeks"), by=editor).version
        html = text_of(client.get(page_of(version.package)))
        for library in version.libraries.all():
            assert library.machine_name in html
            assert f"{library.major}.{library.minor}.{library.patch}" in html
            assert reverse("h5p_library", args=[library.digest]) in html
        for told in ("Reeks", "MIT", "Nederlands", version.core_api, str(editor), "wacht"):
            assert told in html
        assert "zelf gerapporteerd" in html
        assert reverse("h5p_play", args=[version.public_id]) not in html

    def test_it_plays_to_try_once_it_can(self, client):
        first = taken().version
        approve_all()
        second = taken(package(content=OTHER), replaces=first.package).version
        html = text_of(client.get(page_of(first.package)))
        for version in (first, second):
            assert reverse("h5p_play", args=[version.public_id]) in html

    def test_the_version_that_people_get_is_what_is_described(self, client):
        first = taken().version
        approve_all()
        second = taken(package(CONTAINER), replaces=first.package).version
        overview = client.get(page_of(first.package)).context["overview"]
        assert (overview.shown, overview.newest) == (first, second)
        assert [one.is_now for one in overview.versions] == [False, True]
        assert [one.state for one in overview.versions] == ["waits", "plays"]

    def test_only_who_decides_is_led_to_deciding(self, client):
        version = taken().version
        address = reverse("h5p_version_libraries", args=[version.public_id])
        assert address not in text_of(client.get(page_of(version.package)))
        client.force_login(make_administrator())
        assert address in text_of(client.get(page_of(version.package)))

    def test_where_it_is_used(self, client):
        version = taken().version
        approve_all()
        publish(module_with(version.package, title="Module <i>een</i>"))
        html = text_of(client.get(page_of(version.package)))
        assert html.count("Module &lt;i&gt;een&lt;/i&gt;") == 2  # now, and in which version

    def test_what_it_asks_of_other_sites_is_told(self, client):
        picture = {"path": "https://elders.example/kat.png"}
        version = taken(package(content={**OTHER, "media": picture})).version
        assert "https://elders.example/kat.png" in text_of(client.get(page_of(version.package)))

    def test_one_without_a_version_is_there(self, client):
        empty = H5PPackage.objects.create(title="Leeg", created_at=NOW)
        assert client.get(page_of(empty)).status_code == 200

    def test_a_version_of_before_with_a_strange_description_is_there(self, client):
        strange = {"license": ["U"], "licenseVersion": 4}
        version = make_version(description=strange, languages=["", "x" * 20], filename="")
        assert client.get(page_of(version.package)).status_code == 200

    def test_more_versions_cost_no_more_queries(self, client):
        package = make_version().package

        def cost():
            with CaptureQueriesContext(connection) as counted:
                client.get(page_of(package))
            return len(counted)

        cost()
        costs = []
        for numbers in (range(2, 4), range(4, 24)):
            for number in numbers:
                make_version(package=package, number=number)
            costs.append(cost())
        assert costs[0] == costs[1]


class TestTitle:
    def test_it_is_what_editors_read(self, client):
        version = make_version()
        address = reverse("h5p_title", args=[version.package.public_id])
        assert client.get(address).status_code == 200
        client.post(address, {"title": " Anders\u202e "})
        assert H5PPackage.objects.get().title == "Anders"
        assert AuditEvent.objects.filter(action="h5p.renamed").count() == 1
        assert H5PVersion.objects.get().title == version.title
        assert version.title in text_of(client.get(page_of(version.package)))

    def test_the_same_title_again_is_no_change(self, client):
        package = make_version().package
        address = reverse("h5p_title", args=[package.public_id])
        client.post(address, {"title": package.title})
        assert not AuditEvent.objects.filter(action="h5p.renamed").exists()

    @pytest.mark.parametrize("title", ["", "   ", "\u202e", "x" * 256, "\0"])
    def test_not_just_anything(self, client, title):
        package = make_version().package
        address = reverse("h5p_title", args=[package.public_id])
        assert client.post(address, {"title": title}).status_code == 200
        assert H5PPackage.objects.get().title == package.title


class TestDeleting:
    def test_what_nobody_uses_goes_after_a_question(self, client):
        version = make_version()
        address = reverse("h5p_delete", args=[version.package.public_id])
        assert client.get(address).status_code == 200
        assert H5PPackage.objects.exists()
        assert client.post(address)["Location"] == LIST
        assert not H5PPackage.objects.exists()

    def test_what_a_module_holds_stays_and_it_says_why(self, client):
        version = taken().version
        module_with(version.package, live=False)
        address = reverse("h5p_delete", args=[version.package.public_id])
        answer = client.post(address)
        assert answer.status_code == 409
        assert answer.context["error"]
        assert H5PPackage.objects.exists()

    def test_so_it_is_with_a_version(self, client):
        first = taken().version
        approve_all()
        publish(module_with(first.package))
        second = taken(package(CONTAINER), replaces=first.package).version
        addresses = [reverse("h5p_delete_version", args=[one.public_id]) for one in (first, second)]
        assert client.post(addresses[0]).status_code == 409
        assert client.get(addresses[1]).status_code == 200
        assert client.post(addresses[1])["Location"] == page_of(first.package)
        assert list(H5PVersion.objects.all()) == [first]


class TestWagtailsOwnAddresses:
    @pytest.mark.parametrize("ask", ["get", "post"])
    def test_an_activity_is_not_made_without_a_file(self, client, ask):
        add = reverse("wagtailsnippets_modules_h5ppackage:add")
        answer = getattr(client, ask)(add, {"title": "Leeg"})
        assert answer.status_code in {302, 405}
        assert getattr(client, ask)(chooser("create"), {"title": "Leeg"}).status_code == 404
        assert not H5PPackage.objects.exists()

    @pytest.mark.parametrize("name", ["edit", "delete", "usage", "history", "history_results"])
    def test_what_is_there_of_it_stands_on_our_pages(self, client, name):
        package = make_version().package
        assert client.get(snippet(name, package))["Location"].startswith(page_of(package))
        assert client.post(snippet(name, package), {"title": "x"}).status_code == 405
        assert H5PPackage.objects.get().title == package.title

    def test_what_does_not_exist_is_not_found(self, client):
        package = make_version().package
        package.pk += 1
        for name in ("edit", "delete", "usage", "history", "history_results"):
            assert client.get(snippet(name, package)).status_code == 404

    def test_the_chooser_says_which_cannot_be_played_yet(self, client):
        make_version(main_library=make_library(approved=False))
        for name in ("choose", "choose_results"):
            html = client.get(chooser(name)).content.decode()
            assert "wacht op goedkeuring" in html
            assert "/create/" not in html

    @pytest.mark.parametrize(
        "page",
        [
            lambda package: LIST,
            lambda package: f"{LIST}results/?q=Vraag",
            page_of,
            lambda package: reverse("h5p_title", args=[package.public_id]),
            lambda package: reverse("h5p_delete", args=[package.public_id]),
            lambda package: reverse("h5p_replace", args=[package.public_id]),
            lambda package: reverse("h5p_play", args=[package.versions.get().public_id]),
            lambda package: reverse("h5p_delete_version", args=[package.versions.get().public_id]),
            lambda package: chooser("choose_results"),
        ],
    )
    def test_markup_in_a_title_does_nothing(self, client, page):
        library = make_library(title=MARKUP, licence=MARKUP[:40])
        description = {"license": MARKUP}
        version = make_version(
            main_library=library, title=MARKUP, filename=MARKUP, description=description
        )
        html = client.get(page(version.package)).content.decode()
        assert INERT in html
        assert "<b>Vraag" not in html
        assert "<script>alert" not in html

    @pytest.mark.parametrize("address", ["choose", "chosen"])
    def test_markup_in_a_title_does_nothing_in_the_chooser_either(self, client, address):
        package = make_version(title=MARKUP).package
        args = [package.pk] if address == "chosen" else []
        name = f"wagtailsnippetchoosers_modules_h5ppackage:{address}"
        told = client.get(reverse(name, args=args)).json()
        if address == "chosen":
            assert told["result"]["string"] == MARKUP  # as text; admin-choosers.js shows it as such
            assert told["result"]["edit_url"] == snippet("edit", package)
        else:
            assert INERT in told["html"]
            assert "<b>Vraag" not in told["html"]

    def test_a_module_with_it_shows_the_title_as_text(self, client):
        version = taken(package(title=MARKUP)).version
        page = module_with(version.package)
        html = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
        assert "<script>alert" not in html
        assert "<b>Vraag" not in html
