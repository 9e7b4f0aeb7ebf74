"""The daily run in the web process, and when it comes."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from config import jobs
from learning.rules.calendar import seconds_until

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
HOUR = 3600


@pytest.mark.parametrize(
    ("now", "hours"),
    [
        (datetime(2026, 6, 1, 5, tzinfo=AMSTERDAM), 1),
        (datetime(2026, 6, 1, 6, tzinfo=AMSTERDAM), 24),
        (datetime(2026, 6, 1, 7, tzinfo=AMSTERDAM), 23),
        (datetime(2026, 3, 28, 6, tzinfo=AMSTERDAM), 23),  # the night that is an hour short
        (datetime(2026, 10, 24, 6, tzinfo=AMSTERDAM), 25),
        (datetime(2026, 10, 25, 1, tzinfo=AMSTERDAM), 6),
    ],
)
def test_six_in_the_morning_by_the_clock_on_the_wall(now, hours):
    assert seconds_until(6, now) == hours * HOUR


def test_a_run_that_fails_is_logged_and_does_not_end_the_days_after(monkeypatch, caplog):
    def fails(name):
        raise RuntimeError(name)

    monkeypatch.setattr(jobs, "call_command", fails)
    monkeypatch.setattr(jobs, "close_old_connections", lambda: None)
    jobs.run_once()
    assert "the next one catches up" in caplog.text
