"""The daily work on recurring training: periods, assignments, reminders and mail."""

import json
import sys
import time
from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from learning.actions.daily import close_run, follow_calendar, moment_on, strays
from learning.actions.exceptions import close_overtaken_cases
from learning.actions.reminding import remind
from learning.actions.sending import Sending, send_mails, withdraw_unsent
from learning.models import Mail
from learning.rules.calendar import seconds_until

HOUR_OF_THE_RUN = 6


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not a date; write it as 2026-05-03") from None
    if not 2000 <= day.year <= 2200:
        raise ArgumentTypeError(f"{text} is not between 2000 and 2200")
    return day


class Command(BaseCommand):
    help = (
        "Opens windows, closes lapsed periods, follows the rules, makes reminders and sends the "
        "mail that waits. Safe to run again, after a kill and several times at once."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--as-of", type=_day, help="the day to do the work of (default today)")
        parser.add_argument("--json", action="store_true", help="print JSON alone")
        parser.add_argument("--no-mail", action="store_true", help="make reminders, send nothing")
        parser.add_argument("--stay", action="store_true", help="go on, every day at six")
        parser.add_argument(
            "--check",
            action="store_true",
            help="change nothing: compare maintained dates with the facts; exit 1 if any differ",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"]:
            self._check(options)
            return
        self._run(options)
        while options["stay"]:
            time.sleep(seconds_until(HOUR_OF_THE_RUN, timezone.localtime()))
            self._run(options)

    def _run(self, options: dict[str, Any]) -> None:
        now = timezone.now()
        as_of = options["as_of"] or timezone.localdate(now)
        at = moment_on(as_of, now)
        if as_of > timezone.localdate(now):
            self.stderr.write(f"{as_of} is still to come: what it brings is recorded now.")
        done = follow_calendar(as_of=as_of, at=at)
        overtaken = close_overtaken_cases(at=at)
        withdrawn = withdraw_unsent(as_of=as_of)
        reminded = remind(as_of=as_of, at=at)
        close_run(as_of=as_of, at=at)
        sending = Sending() if options["no_mail"] else send_mails(at=max(now, at))
        facts = {
            "as_of": as_of.isoformat(),
            "assigned": done.assigning.assigned,
            "unassigned": done.assigning.unassigned,
            "due_dates_moved": done.assigning.due_changed,
            "to_decide": done.assigning.to_decide,
            "assignments_moved_on": done.moved_on,
            "exceptions_overtaken": overtaken,
            "mails_withdrawn": withdrawn,
            "mails_made": reminded.mails,
            "mails_sent": sending.sent,
            "mails_waiting": sending.waiting,
            "mails_failed": sending.failed,
            "mails_uncertain": Mail.objects.filter(state=Mail.State.CLAIMED).count(),
        }
        self._say(facts, options)

    def _check(self, options: dict[str, Any]) -> None:
        as_of = options["as_of"] or timezone.localdate()
        found = {str(pk): fields for pk, fields in strays(as_of=as_of)}
        self._say({"as_of": as_of.isoformat(), "differ": len(found), "fields": found}, options)
        if found:
            sys.exit(1)

    def _say(self, facts: dict[str, Any], options: dict[str, Any]) -> None:
        if options["json"]:
            self.stdout.write(json.dumps(facts, allow_nan=False))
        else:
            self.stdout.write("  ".join(f"{name} {value}" for name, value in facts.items()))
