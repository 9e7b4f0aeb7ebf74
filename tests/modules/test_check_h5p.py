import json
import os
import sqlite3
import subprocess
import sys
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError

from modules.packages import known
from tests.h5p_packages import QUESTION, package
from tests.modules.h5p_checking import as_known, checked

ROW = {"file", "verdict", "reasons", "title", "main_library", "core_api"}


@pytest.fixture
def file(tmp_path):
    def write(data, name="vraag.h5p"):
        path = tmp_path / name
        path.write_bytes(data)
        return str(path)

    return write


@pytest.fixture
def approved(monkeypatch):
    """The libraries of a sound package were approved here."""
    monkeypatch.setattr(known, "approved_libraries", lambda: as_known(checked(package())))


def check(*arguments):
    """What the command says, and its exit code."""
    out, code = StringIO(), 0
    try:
        call_command("check_h5p", *arguments, stdout=out)
    except SystemExit as ended:
        code = ended.code
    return out.getvalue(), code


def rows(*arguments):
    out, code = check(*arguments, "--json")
    return json.loads(out), code


pytestmark = pytest.mark.django_db


def test_a_file_whose_libraries_nobody_approved_waits(file):
    path = file(package(title="Wat zegt een kat?"))
    [row], code = rows(path)
    assert code == 0
    assert set(row) == ROW
    assert (row["file"], row["verdict"], row["title"]) == (path, "quarantine", "Wat zegt een kat?")
    assert (row["main_library"], row["core_api"]) == ("Voorbeeld.Vraag 1.2", "1.19")
    assert [(one["file"], one["code"]) for one in row["reasons"]] == [
        ("Voorbeeld.Basis-1.1", "LIBRARY_NOT_APPROVED"),
        ("Voorbeeld.Vraag-1.2", "LIBRARY_NOT_APPROVED"),
    ]


def test_its_libraries_can_be_taken_as_approved(file):
    [row], code = rows(file(package()), "--approve-libraries")
    assert (row["verdict"], row["reasons"], code) == ("accepted", [], 0)


def test_what_the_site_approved_is_taken(file, approved):
    assert rows(file(package()))[0][0]["verdict"] == "accepted"
    [row], code = rows(file(package(libraries=[])))
    assert (row["verdict"], code) == ("accepted_content_only", 0)


def test_a_library_that_is_nowhere_is_refused(file):
    [row], code = rows(file(package(libraries=[])), "--approve-libraries")
    assert (row["verdict"], code) == ("refused", 1)
    assert {one["code"] for one in row["reasons"]} == {"LIBRARY_MISSING"}


def test_one_that_is_refused_makes_it_fail_and_all_are_told(file):
    paths = [file(package(), "a.h5p"), file(b"", "b.h5p"), file(package(), "c.h5p")]
    found, code = rows(*paths)
    assert [(row["file"], row["verdict"]) for row in found] == [
        (paths[0], "quarantine"),
        (paths[1], "refused"),
        (paths[2], "quarantine"),
    ]
    assert code == 1


def test_a_reason_names_its_file_in_dutch(file):
    [row], code = rows(file(package(members={"content/kwaad.php": b""})))
    assert code == 1
    assert row["reasons"] == [
        {
            "file": "content/kwaad.php",
            "code": "KIND_FORBIDDEN",
            "message": "content/kwaad.php: bestanden die eindigen op .php mogen nooit.",
        }
    ]


def test_what_a_file_begins_as_is_told_in_dutch(file):
    [row], _code = rows(file(b"GIF89a" + package()))
    assert "(een afbeelding)" in row["reasons"][0]["message"]


def test_people_read_it_too(file, approved):
    sound, bad = file(package(), "goed.h5p"), file(package(without=["h5p.json"]), "fout.h5p")
    out, code = check(sound, bad)
    assert code == 1
    assert f"{sound}: kan worden opgenomen" in out
    assert "  Voorbeeld · Voorbeeld.Vraag 1.2 · core API 1.19" in out
    assert f"{bad}: geweigerd, 1 fout" in out
    assert "  h5p.json ontbreekt" in out


def test_people_read_why_it_waits(file):
    out, code = check(file(package()))
    assert code == 0
    assert "wacht tot 2 bibliotheken zijn goedgekeurd" in out


def test_a_title_steers_no_terminal(file):
    [row], _code = rows(file(package(title="\x1b[2J")))
    assert (row["verdict"], row["title"]) == ("refused", "")


@pytest.mark.parametrize("made", ["nothing", "folder", "closed", "nul"])
def test_a_file_that_cannot_be_read_has_a_row_of_its_own(tmp_path, monkeypatch, made):
    path = tmp_path / "x.h5p"
    if made == "folder":
        path.mkdir()
    if made == "closed":
        path.write_bytes(package())
        monkeypatch.setattr("pathlib.Path.open", denied)
    name = "a\0.h5p" if made == "nul" else str(path)
    [row], code = rows(name)
    codes = {"nothing": "NOT_THERE", "folder": "IS_FOLDER"}
    assert row["reasons"][0]["code"] == codes.get(made, "UNREADABLE")
    assert (row["file"], row["verdict"], row["main_library"], code) == (name, "refused", "", 1)


def test_a_pipe_is_no_file_and_holds_nothing_up(tmp_path):
    os.mkfifo(tmp_path / "x.h5p")
    [row], code = rows(str(tmp_path / "x.h5p"))
    assert (row["reasons"][0]["code"], code) == ("UNREADABLE", 1)


def denied(self, *arguments):
    raise PermissionError(13, "Permission denied", str(self))


def test_caps_of_the_site_count(file, settings):
    settings.H5P_CAPS = {"members": 3}
    assert rows(file(package()))[0][0]["reasons"][0]["code"] == "TOO_MANY_FILES"


def test_without_tables_only_our_own_library_is_known(file, monkeypatch):
    def nothing():
        raise OperationalError("no such table")

    monkeypatch.setattr(known, "approved_libraries", nothing)
    assert rows(file(package()))[0][0]["verdict"] == "quarantine"


def run(path, database, tmp_path):
    environment = {
        **os.environ,
        "DATABASE_URL": database,
        "OPMERKZAAM_VAR": str(tmp_path / "var"),
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "check_h5p", path, "--json"],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)[0]["verdict"]


@pytest.mark.parametrize("before", ["nothing", "empty", "tables", "text"])
def test_a_database_is_neither_made_nor_changed(file, tmp_path, before):
    path = tmp_path / "site" / "site.sqlite3"
    path.parent.mkdir()
    if before == "tables":
        with sqlite3.connect(path) as made:
            made.execute("CREATE TABLE iets (id)")
        made.close()
    elif before != "nothing":
        path.write_bytes(b"" if before == "empty" else b"no database at all")
    data = path.read_bytes() if path.exists() else None
    assert run(file(package(QUESTION)), f"sqlite:///{path}", tmp_path) == "quarantine"
    assert (path.read_bytes() if path.exists() else None) == data
    assert [one.name for one in path.parent.iterdir()] == ([] if data is None else [path.name])


def test_a_database_that_is_away_is_no_reason_to_stop(file, tmp_path):
    away = "postgres://niemand:niets@127.0.0.1:1/weg"
    assert run(file(package()), away, tmp_path) == "quarantine"
