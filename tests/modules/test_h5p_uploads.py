"""A file that is sent in is checked once, by whoever comes first, and then gone."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import StringIO
from threading import Barrier, Event

import pytest
from django.core.files.storage import storages
from django.core.management import call_command
from django.db import connections
from django.utils import timezone

from modules.models import H5PPackage, H5PUpload, H5PVersion
from modules.packages import checking, importing
from modules.packages.checking import BROKEN_OFF, GIVEN_UP, check_waiting, work
from modules.packages.cleaning import clean
from modules.packages.errors import FileEmpty, FileTooLarge, TooManyWaiting
from modules.packages.uploads import MOST_WAITING, go_on
from organisations.models import AuditEvent
from tests.factories.h5p import NOW
from tests.factories.organisations import make_user
from tests.h5p_packages import PNG, package
from tests.modules.h5p_site import IN_MEMORY, sent, taken

State = H5PUpload.State
BAD = {"members": {"content/kwaad.php": b""}, "title": "Kwaad"}


@pytest.fixture(autouse=True)
def storage(settings):
    settings.STORAGES = {**settings.STORAGES, "h5p": IN_MEMORY}
    return storages["h5p"]


def uploads_in(storage):
    return storage.listdir("uploads")[1]


@pytest.mark.django_db
class TestReceiving:
    def test_a_file_waits_out_of_sight(self, storage, editor):
        upload = sent(by=editor, name="geheim\t1.h5p")
        assert (upload.state, upload.filename) == (State.WAITING, "geheim 1.h5p")
        assert upload.size == len(package())
        assert upload.stored_as.startswith("uploads/")
        assert "geheim" not in upload.stored_as
        with storage.open(upload.stored_as) as file:
            assert file.read() == package()
        assert not H5PVersion.objects.exists()

    def test_too_large_is_refused_and_not_kept(self, storage, settings):
        settings.H5P_CAPS = {"archive_bytes": 1024 * 1024}
        with pytest.raises(FileTooLarge) as refusal:
            sent(bytes(1024 * 1024 + 1))
        assert "1 MB" in str(refusal.value)
        assert not storage.exists("uploads")

    def test_nothing_is_refused(self):
        with pytest.raises(FileEmpty):
            sent(b"")

    def test_three_wait_for_one_person(self, storage, editor):
        for _number in range(MOST_WAITING):
            sent(by=editor)
        with pytest.raises(TooManyWaiting):
            sent(by=editor)
        assert H5PUpload.objects.count() == len(uploads_in(storage)) == MOST_WAITING
        sent(by=make_user("ander@care.example"))

    def test_who_may_not_send_more_gets_those_that_wait_going(self, editor, monkeypatch):
        for _number in range(MOST_WAITING):
            sent(by=editor)
        begun = []
        monkeypatch.setattr(checking, "begin", lambda: begun.append(1))
        with pytest.raises(TooManyWaiting):
            sent(by=editor)
        assert begun == [1]

    def test_one_that_was_checked_waits_no_longer(self, editor):
        for _number in range(MOST_WAITING):
            sent(by=editor)
        check_waiting()
        assert sent(by=editor).state == State.WAITING

    def test_the_check_begins_after_the_commit(
        self, monkeypatch, django_capture_on_commit_callbacks
    ):
        begun = []
        monkeypatch.setattr(checking, "begin", lambda: begun.append(1))
        with django_capture_on_commit_callbacks(execute=True):
            sent()
            assert begun == []
        assert begun == [1]


@pytest.mark.django_db
class TestWork:
    def test_a_sound_file_is_taken_in(self, storage, editor):
        upload = sent(by=editor)
        assert work(upload, at=NOW)
        upload.refresh_from_db()
        version = H5PVersion.objects.get()
        assert (upload.state, upload.version, upload.is_new) == (State.TAKEN, version, True)
        assert (version.uploaded_by, version.uploaded_at) == (editor, NOW)
        assert version.filename == "voorbeeld.h5p"
        assert upload.title == "Voorbeeld"
        assert upload.finished_at
        assert upload.stored_as == ""
        assert uploads_in(storage) == []

    def test_a_refused_one_tells_why(self, storage, editor):
        upload = sent(package(**BAD), by=editor)
        assert work(upload, at=NOW)
        upload.refresh_from_db()
        assert (upload.state, upload.title) == (State.REFUSED, "Kwaad")
        assert [reason["file"] for reason in upload.reasons] == ["content/kwaad.php"]
        assert set(upload.reasons[0]) == {"file", "code", "facts"}
        assert uploads_in(storage) == []
        line = AuditEvent.objects.get()
        assert (line.action, line.subject_id) == ("h5p.refused", upload.public_id)
        assert line.detail["codes"] == [upload.reasons[0]["code"]]

    def test_it_becomes_the_next_version_of_what_it_replaces(self):
        first = taken().version
        work(sent(package(files={"a.png": PNG}), replaces=first.package), at=NOW)
        assert first.package.versions.count() == 2

    def test_the_same_again_says_so(self):
        first = taken().version
        upload = sent(replaces=first.package)
        work(upload, at=NOW)
        upload.refresh_from_db()
        assert (upload.version, upload.is_new) == (first, False)

    def test_a_fault_of_ours_is_told_and_logged(self, storage, monkeypatch, caplog):
        upload = sent()
        monkeypatch.setattr(importing, "check_package", broken)
        assert work(upload, at=NOW)
        upload.refresh_from_db()
        assert upload.state == State.FAILED
        assert upload.public_id in caplog.text
        assert uploads_in(storage) == []

    def test_a_file_that_is_gone_fails(self, storage):
        upload = sent()
        storage.delete(upload.stored_as)
        work(upload, at=NOW)
        upload.refresh_from_db()
        assert upload.state == State.FAILED

    @pytest.mark.parametrize("state", [State.TAKEN, State.REFUSED, State.FAILED])
    def test_what_is_over_is_not_done_again(self, state):
        upload = sent()
        H5PUpload.objects.update(state=state)
        assert not work(upload, at=NOW)
        assert not H5PVersion.objects.exists()

    def test_what_somebody_else_checks_is_left_to_them(self):
        upload = sent()
        H5PUpload.objects.update(state=State.CHECKING, began_at=NOW)
        assert not work(upload, at=NOW + BROKEN_OFF - timedelta(seconds=1))
        assert work(upload, at=NOW + BROKEN_OFF)
        assert H5PVersion.objects.count() == 1

    def test_who_was_overtaken_takes_nothing_in(self, monkeypatch):
        """A worker that slept for ten minutes wakes up while another one checks."""
        upload, check = sent(), importing.check_package

        def slow(*args, **kwargs):
            monkeypatch.setattr(importing, "check_package", check)
            assert work(H5PUpload.objects.get(), at=NOW + BROKEN_OFF)
            return check(*args, **kwargs)

        monkeypatch.setattr(importing, "check_package", slow)
        assert not work(upload, at=NOW)
        assert H5PPackage.objects.count() == 1
        upload.refresh_from_db()
        assert upload.state == State.TAKEN

    def test_a_fault_of_who_was_overtaken_changes_nothing(self, storage, monkeypatch):
        upload = sent()

        def overtaken(*args, **kwargs):
            H5PUpload.objects.update(began_at=NOW + BROKEN_OFF)
            raise ZeroDivisionError

        monkeypatch.setattr(importing, "check_package", overtaken)
        assert not work(upload, at=NOW)
        upload.refresh_from_db()
        assert upload.state == State.CHECKING
        assert storage.exists(upload.stored_as)


class Killed(BaseException):
    """As `kill -9`: nothing after it is done."""


@pytest.mark.django_db
class TestKilled:
    @pytest.fixture(
        params=[
            (importing.store, "keep_blob", 0),
            (importing.store, "keep_blob", 5),
            (importing.rows, "add_libraries", 0),
            (importing.rows, "add_version", 0),
            (checking, "_end", 0),
        ],
        ids=lambda param: f"{param[1]}-{param[2]}",
    )
    def killed(self, request, monkeypatch):
        """A worker that dies at the moment given, with an upload in hand."""
        module, name, calls = request.param
        upload, left, original = sent(), [None] * calls, getattr(module, name)

        def die(*args, **kwargs):
            if not left:
                raise Killed
            left.pop()
            return original(*args, **kwargs)

        with monkeypatch.context() as patch:
            patch.setattr(module, name, die)
            with pytest.raises(Killed):
                work(upload, at=NOW)
        return upload

    def test_a_worker_that_dies_leaves_no_rows_and_the_next_one_goes_on(self, killed, storage):
        assert not H5PVersion.objects.exists()
        assert not H5PPackage.objects.exists()
        killed.refresh_from_db()
        assert killed.state == State.CHECKING
        assert storage.exists(killed.stored_as)
        assert work(killed, at=NOW + BROKEN_OFF)
        assert H5PVersion.objects.count() == H5PPackage.objects.count() == 1
        done = clean(at=timezone.now() + timedelta(days=2), older_than=timedelta(days=1))
        assert (done.blobs, done.files) == (0, 0)

    def test_one_that_dies_after_the_commit_leaves_a_file_to_clean(self, storage, monkeypatch):
        upload = sent()
        with monkeypatch.context() as patch:
            patch.setattr(type(storage), "delete", killing)
            with pytest.raises(Killed):
                work(upload, at=NOW)
        assert not work(upload, at=NOW + BROKEN_OFF)
        assert H5PVersion.objects.count() == 1
        done = clean(at=timezone.now() + timedelta(days=2), older_than=timedelta(days=1))
        assert (done.blobs, done.files) == (0, 1)


@pytest.mark.django_db
class TestAllThatWaits:
    def test_the_oldest_first(self, monkeypatch):
        later, sooner = sent(at=NOW + timedelta(minutes=1)), sent()
        assert check_waiting() == 2
        done = H5PUpload.objects.order_by("finished_at")
        assert list(done) == [sooner, later]

    def test_one_that_keeps_breaking_off_is_given_up(self, storage):
        upload = sent(at=timezone.now() - GIVEN_UP)
        H5PUpload.objects.update(state=State.CHECKING, began_at=timezone.now() - BROKEN_OFF)
        assert check_waiting() == 0
        upload.refresh_from_db()
        assert upload.state == State.FAILED
        assert uploads_in(storage) == []

    def test_one_that_was_broken_off_is_done_again(self):
        now = timezone.now()
        sent(at=now - BROKEN_OFF)
        H5PUpload.objects.update(state=State.CHECKING, began_at=now - BROKEN_OFF)
        assert check_waiting() == 1
        assert H5PVersion.objects.count() == 1

    def test_one_that_waited_for_hours_is_checked(self):
        sent(at=timezone.now() - 5 * GIVEN_UP)
        assert check_waiting() == 1

    def test_the_command_for_a_job_worker(self):
        sent()
        said = StringIO()
        call_command("check_uploads", stdout=said)
        assert said.getvalue() == "files checked: 1\n"


@pytest.mark.django_db
class TestGoingOn:
    @pytest.fixture
    def begun(self, monkeypatch):
        begun = []
        monkeypatch.setattr(checking, "begin", lambda: begun.append(1))
        return begun

    @pytest.mark.parametrize(
        ("state", "since", "goes_on"),
        [
            (State.WAITING, timedelta(seconds=29), False),
            (State.WAITING, timedelta(seconds=30), True),
            (State.CHECKING, BROKEN_OFF - timedelta(seconds=1), False),
            (State.CHECKING, BROKEN_OFF, True),
            (State.CHECKING, GIVEN_UP, True),  # to be told that it failed
            (State.TAKEN, BROKEN_OFF, False),
        ],
    )
    def test_who_waits_gets_the_check_going(self, begun, state, since, goes_on):
        upload = sent()
        began_at = None if state == State.WAITING else NOW
        H5PUpload.objects.update(state=state, began_at=began_at)
        upload.refresh_from_db()
        go_on(upload, at=NOW + since)
        assert bool(begun) == goes_on

    def test_not_while_this_process_checks_already(self, begun):
        upload = sent()
        with checking._one_at_a_time:
            go_on(upload, at=NOW + timedelta(minutes=1))
        assert begun == []


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_workers_share_the_work(self, settings, tmp_path):
        disk = {"BACKEND": "modules.packages.disk.WholeFiles", "OPTIONS": {"location": tmp_path}}
        settings.STORAGES = {**settings.STORAGES, "h5p": disk}
        for number in range(6):
            sent(package(files={"a.json": b"%d" % number}))
        together = Barrier(4)

        def watch(_number):
            together.wait()
            try:
                return check_waiting()
            finally:
                connections.close_all()

        with ThreadPoolExecutor(4) as pool:
            assert sum(pool.map(watch, range(4))) == 6
        assert H5PVersion.objects.count() == 6
        assert set(H5PUpload.objects.values_list("state", flat=True)) == {State.TAKEN}

    def test_the_web_process_checks_beside_the_pages(self, settings, monkeypatch):
        over, run = Event(), checking._run

        def told():
            run()
            over.set()

        monkeypatch.setattr(checking, "_run", told)
        settings.H5P_CHECKS_IN_PROCESS = True
        upload = sent()
        assert over.wait(timeout=30)
        upload.refresh_from_db()
        assert upload.state == State.TAKEN
        assert not checking.is_busy()

    def test_where_a_job_worker_checks_the_web_process_does_not(self, settings, monkeypatch):
        monkeypatch.setattr(checking, "Thread", pytest.fail)
        settings.H5P_CHECKS_IN_PROCESS = False
        assert sent().state == State.WAITING

    def test_a_fault_does_not_keep_the_next_one_from_being_checked(self, monkeypatch, caplog):
        monkeypatch.setattr(checking, "check_waiting", broken)
        checking._run()
        assert "broken off" in caplog.text
        assert not checking.is_busy()


def killing(*args, **kwargs):
    raise Killed


def broken(*args, **kwargs):
    raise ZeroDivisionError
