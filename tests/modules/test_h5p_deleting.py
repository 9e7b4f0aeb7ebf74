"""What nobody uses can be deleted; what somebody rests on cannot."""

from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.db.models import ProtectedError
from django.utils import timezone

from modules.actions import keep_uses
from modules.errors import ModuleFaulty
from modules.models import H5PLibrary, H5PPackage, H5PUpload, H5PUse, H5PVersion
from modules.packages.cleaning import clean
from modules.packages.deleting import delete_package, delete_version
from modules.packages.errors import PackageGone, PackageInUse, VersionInUse
from organisations.models import AuditEvent
from tests.factories import learning as factories
from tests.factories.h5p import NOW, make_library, make_run, make_version
from tests.h5p_packages import PNG, package
from tests.learning.telling import attempt_with
from tests.modules.h5p_site import IN_MEMORY, module_with, publish, steps_with, taken

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)


@pytest.fixture
def version():
    return make_version()


def second_of(version, **fields):
    return make_version(
        package=version.package, number=2, main_library=version.main_library, **fields
    )


class TestPackage:
    def test_an_unused_one_goes_with_its_versions(self, version, editor):
        second_of(version)
        upload = H5PUpload.objects.create(
            filename="a.h5p", stored_as="", size=1, uploaded_at=NOW, version=version
        )
        gone = version.package.public_id
        delete_package(version.package, by=editor, at=LATER)
        assert not H5PPackage.objects.exists()
        assert not H5PVersion.objects.exists()
        upload.refresh_from_db()
        assert upload.version is None
        line = AuditEvent.objects.get(action="h5p.package_deleted")
        assert (line.actor, line.subject_id) == (editor, gone)

    def test_its_libraries_stay_with_what_was_decided(self, version):
        delete_package(version.package, by=None, at=LATER)
        assert H5PLibrary.objects.approved().count() == 1

    def test_not_while_a_published_module_rests_on_it(self, version):
        page = module_with(version.package)
        publish(page)
        page.steps = steps_with()
        publish(page)
        with pytest.raises(PackageInUse):
            delete_package(version.package, by=None, at=LATER)
        assert H5PVersion.objects.count() == 1
        assert not AuditEvent.objects.filter(action="h5p.package_deleted").exists()

    @pytest.mark.parametrize("live", [True, False])
    def test_not_while_it_stands_in_a_module(self, version, live):
        module_with(version.package, live=live)
        with pytest.raises(PackageInUse):
            delete_package(version.package, by=None, at=LATER)

    def test_not_while_it_stands_in_a_draft_of_a_live_module(self, version):
        page = module_with()
        page.steps = steps_with(version.package)
        page.save_revision()
        with pytest.raises(PackageInUse):
            delete_package(version.package, by=None, at=LATER)

    def test_an_older_draft_does_not_keep_it(self, version):
        page = module_with()
        page.steps = steps_with(version.package)
        page.save_revision()
        page.steps = steps_with()
        page.save_revision()
        delete_package(version.package, by=None, at=LATER)
        assert not H5PPackage.objects.exists()

    def test_not_while_somebody_made_it(self, version, worker):
        make_run(attempt_with(worker), version)
        with pytest.raises(PackageInUse):
            delete_package(version.package, by=None, at=LATER)
        assert H5PVersion.objects.filter(pk=version.pk).exists()

    def test_twice_is_once(self, version):
        gone = H5PPackage.objects.get()
        delete_package(version.package, by=None, at=LATER)
        with pytest.raises(PackageGone):
            delete_package(gone, by=None, at=LATER)


class TestVersion:
    def test_an_unused_one_goes(self, version, editor):
        second = second_of(version)
        delete_version(second, by=editor, at=LATER)
        assert H5PVersion.objects.get() == version
        line = AuditEvent.objects.get()
        assert (line.action, line.actor, line.detail) == (
            "h5p.version_deleted",
            editor,
            {"number": 2},
        )

    def test_one_in_a_published_module_stays(self, version):
        held_by = factories.make_module().versions.get()
        H5PUse.objects.create(version=version, module_version=held_by)
        second_of(version)
        with pytest.raises(VersionInUse):
            delete_version(version, by=None, at=LATER)
        assert H5PVersion.objects.count() == 2

    def test_one_that_a_module_gets_next_stays(self, version):
        second = second_of(version)
        module_with(version.package, live=False)
        with pytest.raises(VersionInUse):
            delete_version(second, by=None, at=LATER)
        delete_version(version, by=None, at=LATER)
        assert H5PVersion.objects.get() == second

    def test_one_that_waits_goes_though_a_module_holds_the_activity(self, version):
        waits = make_version(
            package=version.package, number=2, main_library=make_library(approved=False)
        )
        publish(module_with(version.package))
        delete_version(waits, by=None, at=LATER)
        assert H5PVersion.objects.get() == version

    def test_one_that_somebody_made_stays(self, version, worker):
        make_run(attempt_with(worker), version)
        second_of(version)
        with pytest.raises(VersionInUse):
            delete_version(version, by=None, at=LATER)

    def test_twice_is_once(self, version):
        second_of(version)
        gone = H5PVersion.objects.get(pk=version.pk)
        delete_version(version, by=None, at=LATER)
        with pytest.raises(PackageGone):
            delete_version(gone, by=None, at=LATER)


class TestMeanwhile:
    def test_a_module_is_not_published_with_what_was_deleted_meanwhile(self, version):
        page = module_with(version.package)
        published = publish(page)
        H5PUse.objects.all().delete()
        H5PVersion.objects.filter(pk=version.pk).delete()
        with pytest.raises(ModuleFaulty, match="no H5P activity"):
            keep_uses(published)

    def test_the_database_holds_what_is_used(self, version):
        publish(module_with(version.package))
        with pytest.raises(ProtectedError):
            version.delete()


class TestFiles:
    def test_files_that_nothing_else_holds_are_cleaned_away(self, settings):
        settings.STORAGES = {**settings.STORAGES, "h5p": IN_MEMORY}
        storage = storages["h5p"]
        first = taken(package(files={"a.png": PNG})).version
        other = taken(package(files={"b.png": PNG, "c.json": b"1"})).version
        delete_package(other.package, by=None, at=LATER)
        clean(at=timezone.now() + timedelta(days=2), older_than=timedelta(days=1))
        assert all(map(storage.exists, map(name_of, first.files.values())))
        assert not storage.exists(name_of(other.files["c.json"]))
        again = taken(package(files={"b.png": PNG, "c.json": b"1"})).version
        with storage.open(name_of(again.files["c.json"])) as file:
            assert file.read() == b"1"


def name_of(file):
    sha256, _size = file
    return f"blobs/{sha256[:2]}/{sha256}"
