"""Taking in an H5P file: as a whole or not at all, and each file once."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import BytesIO
from threading import Barrier

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import storages
from django.db import connection, connections

from modules.h5p.export import export_of
from modules.models import H5PLibrary, H5PPackage, H5PUpload, H5PVersion, LibraryDecision, Scenario
from modules.packages import importing, store
from modules.packages.caps import caps
from modules.packages.cleaning import clean
from modules.packages.deleting import delete_package
from modules.packages.errors import PackageGone, PackageRefused
from modules.packages.known import approved_libraries, shipped_library
from modules.packages.rows import title_of
from modules.packages.texts import one_line, storable, visible
from modules.rules.h5p.found import Checked
from organisations.models import AuditEvent
from tests.factories.h5p import NOW
from tests.h5p_packages import CONTAINER, PNG, QUESTION, SILENT, package, question
from tests.modules.h5p_site import (
    IN_MEMORY,
    activity_of,
    approve_all,
    module_with,
    publish,
    taken,
)

LATER = NOW + timedelta(days=1)


@pytest.fixture
def storage(settings):
    settings.STORAGES = {**settings.STORAGES, "h5p": IN_MEMORY}
    return storages["h5p"]


def blobs(storage):
    found = set()
    for folder in storage.listdir("blobs")[0] if storage.exists("blobs") else []:
        found.update(storage.listdir(f"blobs/{folder}")[1])
    return found


def rows():
    models = (H5PLibrary, H5PPackage, H5PVersion, LibraryDecision, AuditEvent)
    return {model.__name__: model.objects.count() for model in models}


@pytest.mark.django_db
class TestRows:
    pytestmark = pytest.mark.usefixtures("storage")

    def test_a_file_becomes_a_version_that_knows_all_it_plays(self, editor):
        body = package(CONTAINER, title="Reeks", files={"images/a.png": PNG})
        version = taken(body, by=editor, filename="reeks.h5p").version
        assert (version.title, version.number, version.filename) == ("Reeks", 1, "reeks.h5p")
        assert version.package.title == "Reeks"
        assert version.package.created_by == version.uploaded_by == editor
        assert set(version.files) == {"content.json", "images/a.png"}
        assert version.description["mainLibrary"] == "Voorbeeld.Reeks"
        assert str(version.main_library.ref) == "Voorbeeld.Reeks 1.3"
        assert version.reports_scores
        assert version.languages == ["nl"]

    def test_libraries_are_loaded_after_what_they_need(self):
        version = taken(package(CONTAINER)).version
        names = {row.digest: row.machine_name for row in version.libraries.all()}
        assert [names[digest] for digest in version.load_order] == [
            "Voorbeeld.Basis",
            "Voorbeeld.Vraag",
            "Voorbeeld.Reeks",
        ]

    def test_a_library_tells_what_a_player_loads(self):
        row = taken().version.main_library
        assert (row.machine_name, row.major, row.minor) == ("Voorbeeld.Vraag", 1, 2)
        assert row.preloaded_js == ["scripts/vraag.js"]
        assert row.preloaded_css == ["css/vraag.css"]
        assert [str(one) for one in row.requires] == ["Voorbeeld.Basis 1.1"]
        with store.open_blob(row.files["scripts/vraag.js"][0]) as file:
            assert file.read() == QUESTION.files["scripts/vraag.js"]
        assert row.files["scripts/vraag.js"][1] == len(QUESTION.files["scripts/vraag.js"])

    def test_libraries_of_others_wait_for_a_decision(self):
        version = taken().version
        assert version.package.current_version is None
        approve_all()
        assert version.package.current_version == version

    def test_content_alone_plays_by_what_was_approved_before(self):
        taken()
        approve_all()
        version = taken(package(libraries=())).version
        assert version.package.current_version == version
        assert H5PLibrary.objects.count() == 2

    def test_it_is_on_the_trail(self, editor):
        version = taken(by=editor).version
        line = AuditEvent.objects.get(action="h5p.taken_in")
        assert (line.actor, line.subject_id) == (editor, version.package.public_id)
        assert line.detail["number"] == 1


@pytest.mark.django_db
class TestSharing:
    def test_a_second_activity_shares_libraries_and_files(self, storage):
        taken()
        before = blobs(storage)
        taken(package(content=question("Anders?", "ja", "nee"), files={"a.png": PNG}))
        assert H5PLibrary.objects.count() == 2
        assert len(blobs(storage) - before) == 2

    def test_the_same_library_with_another_byte_is_another(self, storage):
        taken()
        taken(package(QUESTION.with_file("css/vraag.css", b"p { color: red }")))
        assert H5PLibrary.objects.filter(machine_name="Voorbeeld.Vraag").count() == 2
        assert H5PLibrary.objects.filter(machine_name="Voorbeeld.Basis").count() == 1

    def test_the_same_file_twice_in_one_package_is_one_version(self, storage):
        first = taken()
        again = taken(replaces=first.version.package, at=LATER)
        assert first.is_new
        assert not again.is_new
        assert again.version == first.version
        assert AuditEvent.objects.filter(action="h5p.taken_in").count() == 1

    def test_the_same_file_without_a_package_is_another_activity(self, storage):
        assert taken().version.package != taken().version.package

    def test_a_replacement_is_the_next_version(self, storage):
        first = taken().version
        second = taken(package(title="Nieuw", files={"a.png": PNG}), replaces=first.package)
        assert second.version.number == 2
        assert second.version.package == first.package
        assert set(first.files) == {"content.json"}


@pytest.mark.django_db
class TestRefusal:
    def test_a_refused_file_leaves_nothing(self, storage):
        before = rows()
        body = package(members={"content/kwaad.php": b"<?php"}, title="Kwaad")
        with pytest.raises(PackageRefused) as refusal:
            taken(body)
        assert [reason.file for reason in refusal.value.reasons] == ["content/kwaad.php"]
        assert refusal.value.title == "Kwaad"
        assert rows() == before
        assert blobs(storage) == set()

    def test_a_refused_replacement_leaves_what_was_there(self, storage):
        version = taken().version
        before, kept = rows(), blobs(storage)
        with pytest.raises(PackageRefused):
            taken(package(files={"images/a.svg": b"<svg/>"}), replaces=version.package)
        assert rows() == before
        assert blobs(storage) == kept

    def test_no_zip_at_all(self, storage):
        with pytest.raises(PackageRefused):
            taken(b"hallo")
        assert blobs(storage) == set()

    def test_a_fault_while_the_rows_are_made_leaves_none(self, storage, monkeypatch):
        before = rows()
        monkeypatch.setattr(importing.rows, "add_version", broken)
        with pytest.raises(ZeroDivisionError):
            taken()
        assert rows() == before
        clean(at=NOW + timedelta(days=400 * 365), older_than=timedelta(days=1))
        assert blobs(storage) == set()

    def test_a_package_that_is_deleted_meanwhile(self, storage):
        version = taken().version
        gone = version.package
        delete_package(H5PPackage.objects.get(), by=None, at=LATER)
        with pytest.raises(PackageGone):
            taken(replaces=gone)
        assert not H5PPackage.objects.exists()

    def test_a_file_that_is_cleaned_meanwhile_is_written_again(self, storage, monkeypatch):
        """Old files that nothing refers to may go until rows refer to them."""
        with monkeypatch.context() as patch:
            patch.setattr(importing.rows, "add_version", broken)
            with pytest.raises(ZeroDivisionError):
                taken()
        held, orphans = store.rows_and_blobs_held, blobs(storage)

        def cleaned_first():
            monkeypatch.setattr(store, "rows_and_blobs_held", held)
            for sha256 in orphans:
                storage.delete(store.blob_name(sha256))
            return held()

        monkeypatch.setattr(store, "rows_and_blobs_held", cleaned_first)
        taken()
        assert blobs(storage) == orphans


@pytest.mark.django_db
class TestTitles:
    pytestmark = pytest.mark.usefixtures("storage")

    @pytest.mark.parametrize(
        ("title", "shown"),
        [
            ("  Twee \u0000 woorden\n", "Twee woorden"),
            ("Om\u202edraai\u2066", "Om draai"),
            ("<b>vet</b>", "<b>vet</b>"),  # pages escape it
            ("a" * 300, "a" * 255),
            ("\u200e\u0007", "oefening"),
        ],
    )
    def test_a_title_is_one_line(self, title, shown):
        """The check refuses most of these; nothing rests on that."""
        assert title_of(Checked("accepted", title=title), "oefening.h5p") == shown

    def test_a_title_follows_the_newest_file_unless_an_editor_gave_one(self):
        first = taken(package(title="Eerst")).version
        second = taken(package(title="Dan", files={"a.png": PNG}), replaces=first.package).version
        assert second.package.title == "Dan"
        H5PPackage.objects.update(title="Van ons")
        third = taken(package(title="Later", files={"b.png": PNG}), replaces=first.package).version
        assert third.package.title == "Van ons"

    def test_what_a_database_refuses_is_left_out(self):
        extra = json.loads('{"authors": [{"name": "A\\u0000b\\ud800c"}], "yearFrom": 1e400}')
        assert storable(extra) == {"authors": [{"name": "Abc"}], "yearFrom": None}

    def test_texts(self):
        assert one_line("een\ttwee\u2028drie", 9) == "een twee"
        assert visible("if (a\u202e) {\t\u200b}") == "if (a\\u202e) {\t\\u200b}"


@pytest.mark.django_db
class TestOurOwn:
    pytestmark = pytest.mark.usefixtures("storage", "module")

    def exported(self):
        return export_of(Scenario.objects.filter(live=True).first().slug)

    def test_an_export_of_ours_plays_at_once(self):
        version = taken(self.exported()).version
        assert version.package.current_version == version
        decision = version.main_library.decisions.get()
        assert (decision.is_approved, decision.by) == (True, None)

    def test_without_the_library_in_it_ours_is_taken(self):
        import zipfile

        source, made = zipfile.ZipFile(BytesIO(self.exported())), BytesIO()
        with zipfile.ZipFile(made, "w") as archive:
            for name in source.namelist():
                if not name.startswith("Opmerkzaam."):
                    archive.writestr(name, source.read(name))
        version = taken(made.getvalue()).version
        assert version.package.current_version == version
        with store.open_blob(version.main_library.files["scripts/rules.js"][0]) as file:
            assert b"function" in file.read()

    def test_ours_is_known_without_a_row_and_once_with_one(self):
        assert [one.digest for one in approved_libraries()] == [shipped_library().digest]
        taken(self.exported())
        assert approved_libraries() == [shipped_library()]

    def test_ours_is_not_approved_when_somebody_refused_it(self):
        version = taken(self.exported()).version
        LibraryDecision.objects.create(
            library=version.main_library, is_approved=False, reason="fout", at=LATER
        )
        assert approved_libraries() == []
        assert taken(self.exported(), at=LATER).version.package.current_version is None


@pytest.mark.django_db
class TestModules:
    pytestmark = pytest.mark.usefixtures("storage")

    @pytest.fixture
    def version(self):
        version = taken().version
        approve_all()
        return version

    def replace(self, version, capture, main=QUESTION):
        with capture(execute=True):
            body = package(main, files={"a.png": PNG})
            return taken(body, replaces=version.package, at=LATER).version

    def test_live_modules_get_the_replacement(self, version, django_capture_on_commit_callbacks):
        page = module_with(version.package)
        before = publish(page)
        second = self.replace(version, django_capture_on_commit_callbacks)
        assert activity_of(page.current_version) == second.public_id
        assert activity_of(before) == version.public_id
        assert page.current_version.number == before.number + 1
        assert list(second.uses.values_list("module_version", flat=True)) == [
            page.current_version.pk
        ]

    def test_a_replacement_that_waits_changes_no_module(
        self, version, django_capture_on_commit_callbacks
    ):
        page = module_with(version.package)
        before = publish(page)
        self.replace(version, django_capture_on_commit_callbacks, main=SILENT)
        assert page.current_version == before

    def test_modules_that_are_no_longer_live_are_left(
        self, version, django_capture_on_commit_callbacks
    ):
        page = module_with(version.package)
        before = publish(page)
        page.unpublish()
        self.replace(version, django_capture_on_commit_callbacks)
        assert page.current_version == before

    def test_a_module_with_a_fault_keeps_what_it_has(
        self, version, django_capture_on_commit_callbacks, caplog
    ):
        faulty, sound = module_with(version.package), module_with(version.package)
        before = publish(faulty)
        publish(sound)
        type(faulty).objects.filter(pk=faulty.pk).update(review_status="reviewed")
        second = self.replace(version, django_capture_on_commit_callbacks)
        assert faulty.current_version == before
        assert activity_of(sound.current_version) == second.public_id
        assert faulty.public_id in caplog.text
        line = AuditEvent.objects.get(action="h5p.module_not_renewed")
        assert line.subject_id == faulty.public_id


class TestAtOnce:
    @pytest.mark.django_db(transaction=True)
    def test_two_imports_share_what_both_bring(self, settings, tmp_path):
        folder = {"location": tmp_path / "h5p", "base_url": None}
        disk = {"BACKEND": "modules.packages.disk.WholeFiles", "OPTIONS": folder}
        settings.STORAGES = {**settings.STORAGES, "h5p": disk}
        package_of_both = H5PPackage.objects.create(title="Samen", created_at=NOW)
        together = Barrier(4)

        def bring(number):
            body = package(CONTAINER, files={"a.png": PNG, "b.json": b"%d" % (number // 2)})
            together.wait()
            try:
                return taken(body, replaces=package_of_both).version.number
            finally:
                connections.close_all()

        with ThreadPoolExecutor(4) as pool:
            numbers = list(pool.map(bring, range(4)))
        assert sorted(numbers) == [1, 1, 2, 2]
        assert H5PVersion.objects.count() == 2
        assert H5PLibrary.objects.count() == 3
        names = [path.name for path in (tmp_path / "h5p").rglob("*") if path.is_file()]
        assert all(len(name) == 64 for name in names)
        told = [files for row in H5PVersion.objects.all() for files in row.files.values()]
        assert {sha256 for sha256, _size in told} <= set(names)

    @pytest.mark.django_db(transaction=True)
    def test_a_cleaner_waits_while_rows_are_made(self):
        if connection.vendor != "postgresql":
            pytest.skip("on SQLite the transaction keeps others out")
        order, inside, done = [], Barrier(2), Barrier(2)

        def second():
            try:
                inside.wait()
                with store.rows_and_blobs_held():
                    order.append("second")
            finally:
                connections.close_all()
                done.wait()

        with ThreadPoolExecutor(1) as pool:
            waits = pool.submit(second)
            with store.rows_and_blobs_held():
                inside.wait()
                with pytest.raises(TimeoutError):
                    waits.result(timeout=0.3)
                order.append("first")
            done.wait()
            waits.result()
        assert order == ["first", "second"]


class TestCaps:
    def test_a_setting_changes_a_cap(self, settings):
        settings.H5P_CAPS = {"members": 3}
        assert caps().members == 3
        assert caps().libraries == 200

    @pytest.mark.parametrize(
        ("given", "told"),
        [({"leden": 3}, "leden"), ({"core_api": 2}, "core_api"), ({"members": 0}, "members")],
    )
    def test_a_setting_that_is_wrong_is_named(self, settings, given, told):
        settings.H5P_CAPS = given
        with pytest.raises(ImproperlyConfigured, match=told):
            caps()

    @pytest.mark.django_db
    def test_a_cap_holds(self, settings, storage):
        settings.H5P_CAPS = {"members": 3}
        with pytest.raises(PackageRefused):
            taken()
        assert not H5PUpload.objects.exists()


def broken(*args, **kwargs):
    raise ZeroDivisionError
