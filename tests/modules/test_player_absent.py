"""Without the player's files: the site works, and an activity says what is missing."""

import os
import subprocess
import sys

import pytest
from django.conf import settings as live
from django.contrib.staticfiles import finders

from modules.packages.serving import player
from modules.packages.serving.frame import frame_page, is_player_installed
from organisations.clock import now_of
from tests.h5p_packages import QUESTION
from tests.h5p_site import stored_version

WITHOUT = """
import sys
from pathlib import Path

whole = Path.is_dir
Path.is_dir = lambda self: False if "h5p-standalone" in str(self) else whole(self)
from django.core.management import execute_from_command_line

execute_from_command_line(["manage.py", *sys.argv[1:]])
"""
FOR_JOURNEYS = "DJANGO_ALLOW_ASYNC_UNSAFE"


@pytest.fixture
def absent(monkeypatch):
    monkeypatch.setattr(player, "CORE", "vendor/h5p/not-installed.js")


def test_it_is_installed_here():
    assert is_player_installed()
    assert finders.find(player.CORE)


@pytest.mark.django_db
def test_the_frame_says_what_is_missing_and_what_to_do(rf, absent):
    assert not is_player_installed()
    request = rf.get("/kader/")
    response = frame_page(request, version=stored_version(QUESTION), at=now_of(request))
    text = response.content.decode()
    assert response.status_code == 503
    assert "make setup" in text
    assert "<script" not in text


def test_what_collectstatic_gathered_is_enough(monkeypatch, settings, tmp_path):
    (tmp_path / "vendor/h5p").mkdir(parents=True)
    (tmp_path / player.CORE).write_text("")
    settings.STATIC_ROOT = str(tmp_path)
    monkeypatch.setattr(finders, "find", lambda name: None)
    assert is_player_installed()


def test_the_site_is_sound_without_it():
    """As `make lint` asks it of production: a warning is a failure."""
    from scripts.lint import PRODUCTION

    # The journeys set it for themselves as soon as they are collected.
    ours = {name: set_to for name, set_to in os.environ.items() if name != FOR_JOURNEYS}
    command = ["check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT, *command],
        cwd=live.BASE_DIR,
        env={**ours, **PRODUCTION},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_only_the_frame_loads_it():
    """Native scenarios are played without a line of it."""
    naming = {
        path.relative_to(live.BASE_DIR).as_posix()
        for folder in ["templates", "modules", "learning", "static", "config"]
        for path in (live.BASE_DIR / folder).rglob("*")
        if path.suffix in {".html", ".py", ".js"} and "vendor/h5p" in path.read_text("utf-8")
    }
    assert naming == {"config/settings/base.py", "modules/packages/serving/player.py"}
