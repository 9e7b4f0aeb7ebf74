"""The command of the daily run: what it prints, and days that it refuses."""

import json
import os
import subprocess
import sys
from datetime import date
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from learning.models import DailyRun
from tests.factories.learning import covered
from tests.factories.organisations import make_worker

DAY = date(2026, 6, 20)


def asked(*options):
    out, err = StringIO(), StringIO()
    call_command("advance_cycles", *options, "--json", stdout=out, stderr=err)
    return json.loads(out.getvalue()), err.getvalue()


def test_json_alone_and_the_day_noted(db):
    covered(make_worker(), through=DAY)
    facts, _said = asked("--as-of", "2026-06-01")
    assert facts["as_of"] == "2026-06-01"
    assert DailyRun.objects.count() == 1


@pytest.mark.parametrize("day", ["gisteren", "2026-02-30", "0001-01-01", "9999-12-31", ""])
def test_a_day_that_cannot_be_is_refused_by_name(day):
    with pytest.raises(CommandError, match="--as-of"):
        call_command("advance_cycles", "--as-of", day)


def test_a_day_to_come_is_warned_of_and_keeps_no_later_run_from_its_work(db):
    _facts, said = asked("--as-of", "2150-01-01")
    assert "still to come" in said
    covered(make_worker(), through=DAY)
    facts, _said = asked("--as-of", "2026-07-01")
    assert facts["as_of"] == "2026-07-01"


def test_check_finds_nothing_after_a_run(db):
    covered(make_worker(), through=DAY)
    asked("--as-of", "2026-07-01")
    facts, _said = asked("--check", "--as-of", "2026-07-01")
    assert facts["differ"] == 0


def test_mails_on_the_console_leave_standard_output_alone():
    """The backend of the demo, as a process of its own."""
    code = (
        "import django; django.setup();"
        "from django.core.mail import send_mail; send_mail('Onderwerp', 'Tekst', None, ['a@b.nl'])"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.dev"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == ""
    assert "Onderwerp" in done.stderr
