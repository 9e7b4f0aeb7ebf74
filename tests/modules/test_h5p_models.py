"""What the database promises about H5P: which version plays, and that a used one stays."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, models, transaction

from modules.models import H5PLibrary, H5PUse, H5PVersion, LibraryDecision
from organisations.models.audit import AppendOnlyError
from tests.factories import learning as factories
from tests.factories.h5p import NOW, approve, make_library, make_version

pytestmark = pytest.mark.django_db


def test_a_version_plays_once_all_its_libraries_are_approved():
    main, other = make_library(approved=True), make_library("H5P.Question", approved=False)
    version = make_version(main_library=main, libraries=[other, main])
    assert version.package.current_version is None
    approve(other)
    assert version.package.current_version == version


def test_an_approval_that_is_taken_back_stops_the_version():
    version = make_version()
    LibraryDecision.objects.create(
        library=version.main_library, is_approved=False, at=NOW + timedelta(days=1)
    )
    assert version.package.current_version is None
    assert not H5PLibrary.objects.approved().exists()


def test_the_newest_version_that_plays_is_the_current_one():
    first = make_version()
    make_version(package=first.package, number=2, main_library=make_library(approved=False))
    assert first.package.current_version == first


def test_a_used_version_cannot_be_deleted():
    version = make_version()
    held_by = factories.make_module().versions.get()
    H5PUse.objects.create(version=version, module_version=held_by)
    with pytest.raises(models.ProtectedError):
        version.delete()


@pytest.mark.parametrize("field", ["number", "digest"])
def test_numbers_and_contents_stand_once_in_a_package(field):
    version = make_version(number=1, digest="a" * 64)
    other = {"number": 2, "digest": "b" * 64, field: getattr(version, field)}
    with pytest.raises(IntegrityError), transaction.atomic():
        make_version(package=version.package, **other)


def test_libraries_and_versions_are_never_changed():
    version = make_version()
    for row in (version, version.main_library, version.main_library.decisions.first()):
        with pytest.raises(AppendOnlyError):
            row.save()
    assert H5PVersion.objects.count() == 1
