"""Which code of others may play: decisions add up, and reach the modules that wait for them."""

from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.db import connection
from django.test.utils import CaptureQueriesContext

from modules.models import H5PLibrary, LibraryDecision
from modules.packages.approving import decide
from modules.packages.errors import ReasonMissing
from modules.packages.library_overview import MOST_BYTES, library_overview, text_of
from organisations.models import AuditEvent, Role
from tests.factories.h5p import NOW, make_library, make_version
from tests.factories.organisations import make_grant, make_user
from tests.h5p_packages import BASE, CONTAINER, PNG, QUESTION, library, package
from tests.modules.h5p_site import IN_MEMORY, activity_of, approve_all, module_with, publish, taken

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)


@pytest.fixture(autouse=True)
def storage(settings):
    settings.STORAGES = {**settings.STORAGES, "h5p": IN_MEMORY}
    return storages["h5p"]


@pytest.fixture
def decider():
    user = make_user("h5p@platform.example")
    make_grant(Role.LIBRARIES, user)
    return user


def named(name):
    return H5PLibrary.objects.filter(machine_name=name).latest("pk")


class TestDeciding:
    def test_an_approval_is_a_row_and_on_the_trail(self, decider):
        waits = make_library(approved=False)
        made = decide(waits, approve=True, reason=" gelezen ", by=decider, at=NOW)
        assert (made.is_approved, made.reason, made.by, made.at) == (True, "gelezen", decider, NOW)
        line = AuditEvent.objects.get(action="h5p.library_approved")
        assert line.detail == {"library": str(waits), "digest": waits.digest}

    def test_the_same_again_adds_nothing(self, decider):
        waits = make_library(approved=False)
        first = decide(waits, approve=True, reason="", by=decider, at=NOW)
        assert decide(waits, approve=True, reason="toch", by=decider, at=LATER) == first
        assert LibraryDecision.objects.count() == 1
        assert AuditEvent.objects.count() == 1

    def test_an_approval_can_be_taken_back_and_given_again(self, decider):
        library = make_library()
        for number, approve in enumerate([False, True], start=1):
            at = NOW + timedelta(days=number)
            decide(library, approve=approve, reason="Lek", by=decider, at=at)
        said = library.decisions.order_by("at").values_list("is_approved", flat=True)
        assert list(said) == [True, False, True]
        assert H5PLibrary.objects.approved().get() == library

    @pytest.mark.parametrize("reason", ["", " \n"])
    def test_a_refusal_says_why(self, decider, reason):
        waits = make_library(approved=False)
        with pytest.raises(ReasonMissing):
            decide(waits, approve=False, reason=reason, by=decider, at=NOW)
        assert not LibraryDecision.objects.exists()


class TestModules:
    def test_a_module_gets_its_version_once_the_last_library_is_approved(
        self, decider, django_capture_on_commit_callbacks
    ):
        first = taken().version
        approve_all()
        page = module_with(first.package)
        before = publish(page)
        second = taken(package(CONTAINER), replaces=first.package, at=LATER).version
        other = package(QUESTION.with_file("css/vraag.css", b""), files={"a.png": PNG})
        third = taken(other, replaces=first.package, at=LATER).version
        with django_capture_on_commit_callbacks(execute=True):
            decide(named("Voorbeeld.Vraag"), approve=True, reason="", by=decider, at=LATER)
        assert activity_of(page.current_version) == third.public_id
        assert page.current_version.number == before.number + 1
        with django_capture_on_commit_callbacks(execute=True):
            decide(named("Voorbeeld.Reeks"), approve=True, reason="", by=decider, at=LATER)
        assert second.package.current_version == third
        assert page.current_version.number == before.number + 1

    def test_nothing_is_published_while_another_library_waits(
        self, decider, django_capture_on_commit_callbacks
    ):
        taken(package(CONTAINER))
        with django_capture_on_commit_callbacks() as callbacks:
            decide(named("Voorbeeld.Reeks"), approve=True, reason="", by=decider, at=NOW)
        assert callbacks == []

    def test_after_a_withdrawal_modules_keep_what_they_have(
        self, decider, django_capture_on_commit_callbacks
    ):
        version = taken().version
        approve_all()
        page = module_with(version.package)
        before = publish(page)
        with django_capture_on_commit_callbacks(execute=True):
            decide(version.main_library, approve=False, reason="Lek", by=decider, at=LATER)
        assert page.current_version == before
        assert version.package.current_version is None


class TestOverview:
    def bring(self, one, **more):
        taken(package(one, **more))
        return named("Voorbeeld.Anders")

    def test_a_new_one_has_nothing_beside_it(self):
        overview = library_overview(self.bring(library(js="speel()")))
        assert overview.is_approved is None
        assert overview.decisions == ()
        assert overview.comparison is None
        assert [version.package.title for version in overview.versions] == ["Voorbeeld"]

    def test_what_changed_against_the_approved_one(self):
        old = library(js="speel()", css="p {}", files={"weg.txt": b"x", "licentie.txt": b"y"})
        approved = self.bring(old)
        approve_all()
        new = old.with_file("script.js", b"steel()").without("weg.txt").with_needs(BASE)
        new = new.changed(patchVersion=1, license="MIT").with_file("nieuw.js", b"1")
        found = library_overview(self.bring(new)).comparison
        assert found.approved == approved
        assert found.added == ("nieuw.js",)
        assert found.removed == ("weg.txt",)
        assert found.changed == ("library.json", "script.js")
        assert found.same == ("licentie.txt", "style.css")
        assert [str(one) for one in found.new_needs] == ["Voorbeeld.Basis 1.1"]
        assert found.old_needs == ()
        assert found.has_other_licence

    @pytest.mark.parametrize(
        ("approved", "nearest"),
        [
            ([(1, 1, 0), (1, 2, 0), (1, 4, 0)], (1, 2, 0)),
            ([(1, 4, 0), (2, 0, 0)], (1, 4, 0)),
            ([(1, 3, 1), (1, 3, 4)], (1, 3, 1)),
            ([(1, 3, 3)], (1, 3, 3)),  # the same number with other bytes
        ],
    )
    def test_the_nearest_approved_one_is_beside_it(self, approved, nearest):
        for major, minor, patch in approved:
            make_library("H5P.Vraag", major=major, minor=minor, patch=patch)
        make_library("H5P.Vraag", major=1, minor=3, patch=2, approved=False)
        make_library("H5P.Ander", major=1, minor=3, patch=2)
        waits = make_library("H5P.Vraag", major=1, minor=3, patch=3, approved=False)
        found = library_overview(waits).comparison.approved
        assert (found.major, found.minor, found.patch) == nearest

    def test_decisions_come_newest_first(self, decider):
        library = make_library()
        decide(library, approve=False, reason="Lek", by=decider, at=LATER)
        overview = library_overview(library)
        assert [one.is_approved for one in overview.decisions] == [False, True]
        assert overview.is_approved is False

    def test_the_number_of_queries_stays(self, django_assert_num_queries):
        library = make_library(approved=False)
        for _number in range(2):
            make_version(main_library=library)
        with CaptureQueriesContext(connection) as few:
            library_overview(library)
        for _number in range(20):
            make_version(main_library=library)
        with django_assert_num_queries(len(few)):
            overview = library_overview(library)
            assert {version.package.title for version in overview.versions}


class TestText:
    def kept(self, path, body):
        taken(package(library(files={path: body})))
        return named("Voorbeeld.Anders")

    def test_what_cannot_be_seen_is_written_out(self):
        body = "if (a\u202e) {\r\n\u200b\x00}\ufffd".encode()
        assert text_of(self.kept("a.js", body), "a.js") == "if (a\\u202e) {\n\\u200b\\x00}\ufffd"

    def test_bytes_that_are_no_text_do_no_harm(self):
        assert text_of(self.kept("a.css", b"\xff\xfep"), "a.css") == "\ufffd\ufffdp"

    @pytest.mark.parametrize(
        ("path", "body"), [("a.png", PNG), ("a.js", b" " * (MOST_BYTES + 1)), ("b.js", b"")]
    )
    def test_what_is_no_text_or_too_large_is_not_read(self, path, body):
        asked = "elders.js" if path == "b.js" else path
        assert text_of(self.kept(path, body), asked) is None
