"""The daily run over ten thousand people: killed, run again, and run twice at once.

On PostgreSQL, where several machines may run it. Each case starts from a copy of one database.
"""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from tests.factories.learning import make_programme, make_rule
from tests.factories.organisations import make_manager, make_organisation, make_team
from tests.learning.crowd import make_crowd

PEOPLE = 10_000
# A day to come, so that no mail is too old to be sent by the clock of the process.
TODAY = date(2090, 6, 1)
DAY = TODAY + timedelta(days=40)
ROOT = Path(__file__).resolve().parents[2]
# What a run leaves behind, without keys and moments of its own.
OUTCOME = [
    """select assignment_id, number, path, opened_on, window_opens_on, due_on, closed_on, closed_as
    from learning_cycle order by 1, 2""",
    """select assignment_id, is_assigned, is_exempt, certified_through, covered_through,
    window_opens_on, due_on, next_change_on from learning_validity order by 1""",
    """select assignment_id, kind, reason, learning_assignmentevent.on, day
    from learning_assignmentevent order by 1, id""",
    """select assignment_id, kind, facts, decision from learning_exceptioncase order by 1, 2""",
    """select assignment_id, recipient_id, rung, due_on, scheduled_on, outcome, learning_reminder.on
    from learning_reminder order by 1, 2, 3, 4""",
    """select recipient_id, learning_mail.on, language, subject, text
    from learning_mail order by 1, 2""",
]

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="several machines: PostgreSQL"),
]


def server(name: str) -> psycopg.Connection[Any]:
    known = connection.get_connection_params() | {"dbname": name}
    keys = ["dbname", "host", "port", "user", "password"]
    return psycopg.connect(**{key: known[key] for key in keys if known.get(key)}, autocommit=True)


class Copy:
    """A database of its own with the crowd in it, and the runs over it."""

    def __init__(self, name: str, sink: Path) -> None:
        self.name = name
        self.sink = sink
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "MAIL_SINK": str(sink),
            "TEST_COPY": name,
        }

    def start(self) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "tests.learning.run_daily", DAY.isoformat()]
        return subprocess.Popen(command, cwd=ROOT, env=self.environment)

    def run(self) -> None:
        assert self.start().wait(timeout=300) == 0

    def killed_once(self, query: str) -> None:
        """Start a run and kill -9 it as soon as the query counts something."""
        process = self.start()
        with server(self.name) as asked:
            while process.poll() is None and not asked.execute(query).fetchone()[0]:
                time.sleep(0.005)
        assert process.poll() is None, "the run was over before it could be killed"
        process.send_signal(signal.SIGKILL)
        process.wait()

    @property
    def outcome(self) -> list[list[tuple[Any, ...]]]:
        with server(self.name) as asked:
            return [asked.execute(query).fetchall() for query in OUTCOME]

    @property
    def uncertain(self) -> int:
        with server(self.name) as asked:
            query = "select count(*) from learning_mail where state = 'claimed'"
            return int(asked.execute(query).fetchone()[0])

    @property
    def sent(self) -> Counter[str]:
        return Counter(self.sink.read_text().split()) if self.sink.exists() else Counter()


@pytest.fixture
def crowd() -> str:
    """The name of the test's database with the crowd in it, and nobody connected."""
    organisation = make_organisation()
    team = make_team(organisation)
    make_crowd(team, make_rule(organisation, make_programme()), PEOPLE, today=TODAY)
    make_manager(team)
    name = str(settings.DATABASES["default"]["NAME"])
    connection.close()
    return name


@contextmanager
def copy_of(crowd: str, name: str, folder: Path) -> Iterator[Copy]:
    with server("postgres") as asked:
        asked.execute(f'create database "{name}" template "{crowd}"')
    try:
        yield Copy(name, folder / f"{name}.sent")
    finally:
        with server("postgres") as asked:
            asked.execute(f'drop database "{name}" with (force)')


def test_a_killed_run_and_two_at_once_end_as_an_undisturbed_one(crowd, tmp_path):
    with copy_of(crowd, f"{crowd}_calm", tmp_path) as calm:
        calm.run()
        expected, mails = calm.outcome, calm.sent
    assert len(expected[0]) > PEOPLE * 1.1, "windows opened"
    assert len(mails) > PEOPLE / 10
    assert set(mails.values()) == {1}

    with copy_of(crowd, f"{crowd}_killed", tmp_path) as killed:
        killed.killed_once("select count(*) > 10000 from learning_cycle")
        killed.killed_once("select count(*) > 0 from learning_mail")
        killed.killed_once("select count(*) > 300 from learning_mail where state = 'sent'")
        killed.run()
        assert killed.outcome == expected
        assert set(killed.sent.values()) == {1}
        assert killed.uncertain <= 1
        assert len(mails) - len(killed.sent) <= killed.uncertain

    with copy_of(crowd, f"{crowd}_twice", tmp_path) as twice:
        runs = [twice.start(), twice.start()]
        assert [run.wait(timeout=300) for run in runs] == [0, 0]
        assert twice.outcome == expected
        assert twice.sent == mails
