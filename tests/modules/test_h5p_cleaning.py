"""What nothing refers to goes after a while, and nothing else."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.utils import timezone

from config import jobs
from modules.models import H5PVersion
from modules.packages import cleaning
from modules.packages.checking import work
from modules.packages.cleaning import clean
from tests.factories.h5p import NOW
from tests.modules.h5p_site import IN_MEMORY, sent, taken

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
YEAR = timedelta(days=365)


@pytest.fixture(autouse=True)
def storage(settings):
    settings.STORAGES = {**settings.STORAGES, "h5p": IN_MEMORY}
    return storages["h5p"]


def uploads_in(storage):
    return storage.listdir("uploads")[1]


def test_what_is_in_use_stays(storage):
    version = taken().version
    sent()
    done = clean(at=timezone.now() + 2 * DAY, older_than=DAY)
    assert (done.blobs, done.files, done.uploads) == (0, 0, 0)
    files = [*version.files.values(), *version.main_library.files.values()]
    assert all(storage.exists(f"blobs/{sha256[:2]}/{sha256}") for sha256, _size in files)


def test_what_a_broken_import_left_goes_after_a_day(storage):
    storage.save("blobs/ab/" + "ab" * 32, ContentFile(b"x"))
    assert clean(at=timezone.now(), older_than=DAY).blobs == 0
    assert clean(at=timezone.now() + 2 * DAY, older_than=DAY).blobs == 1
    assert not storage.exists("blobs/ab/" + "ab" * 32)


def test_a_file_that_is_referred_to_at_the_last_moment_stays(storage, monkeypatch):
    version = taken().version
    referred = cleaning._referred

    def not_yet():
        monkeypatch.setattr(cleaning, "_referred", referred)
        return set()

    monkeypatch.setattr(cleaning, "_referred", not_yet)
    assert clean(at=timezone.now() + 2 * DAY, older_than=DAY).blobs == 0
    sha256, _size = version.files["content.json"]
    assert storage.exists(f"blobs/{sha256[:2]}/{sha256}")


def test_forgotten_uploads_and_halves_go(storage):
    storage.save("uploads/vergeten.h5p", ContentFile(b"x"))
    storage.save("tmpabc.part", ContentFile(b"x"))
    storage.save("ander.txt", ContentFile(b"x"))
    kept = sent()
    assert clean(at=timezone.now() + 2 * DAY, older_than=DAY).files == 2
    assert uploads_in(storage) == [kept.stored_as.removeprefix("uploads/")]
    assert storage.exists("ander.txt")


def test_what_was_sent_in_is_forgotten_after_a_year():
    upload = sent()
    work(upload, at=NOW)
    upload.refresh_from_db()
    assert clean(at=upload.finished_at + YEAR, older_than=DAY).uploads == 0
    late = upload.finished_at + YEAR + DAY
    assert clean(at=late, older_than=DAY).uploads == 1
    assert H5PVersion.objects.count() == 1


def test_the_command():
    said = StringIO()
    call_command("clean_h5p", stdout=said)
    assert said.getvalue() == "blobs 0  files 0  uploads forgotten 0\n"


@pytest.mark.parametrize("days", ["0", "-1", "1.5", "nu"])
def test_the_command_refuses_what_is_still_coming_in(days):
    with pytest.raises(CommandError):
        call_command("clean_h5p", f"--older-than={days}")


def test_the_daily_run_cleans_also_when_its_other_work_fails(monkeypatch, caplog):
    done = []

    def call(name):
        done.append(name)
        raise ZeroDivisionError

    monkeypatch.setattr(jobs, "call_command", call)
    jobs.run_once()
    assert done == ["advance_cycles", "clean_h5p"]
    assert caplog.text.count("The daily run failed") == 2
