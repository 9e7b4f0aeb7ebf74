"""What a policy makes of a list of events: for what-ifs, touching no data."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from learning.rules.what_if import UnusableError, simulate


class Command(BaseCommand):
    help = "Answer when training falls due under a policy. Exit 0 answered, 2 unusable input."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="JSON with policy, events and ask; - reads from stdin")
        parser.add_argument("--json", action="store_true", help="print JSON alone")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            answer = simulate(
                _read(options["file"]), least_days_to_finish=settings.LEAST_DAYS_TO_FINISH
            )
        except UnusableError as fault:
            self.stderr.write(f"{options['file']}: {fault}")
            sys.exit(2)
        if options["json"]:
            self.stdout.write(json.dumps(answer, allow_nan=False, indent=2))
        else:
            self.stdout.write(_in_words(answer))


def _read(name: str) -> object:
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8-sig")
        return json.loads(text, parse_constant=_refuse)
    except OSError as fault:
        raise UnusableError(f"cannot be read: {fault.strerror}.") from None
    except UnicodeDecodeError:
        raise UnusableError("is not text in UTF-8.") from None
    except (ValueError, RecursionError) as fault:
        raise UnusableError(f"is not JSON: {fault}") from None


def _refuse(constant: str) -> object:
    raise ValueError(f"{constant} is not a number")


def _in_words(answer: dict[str, Any]) -> str:
    lines = [
        f"certified through  {answer['certified_through'] or '-'}",
        f"window opens       {answer['window_opens'] or '-'}",
        f"due                {answer['due'] or '-'}",
    ]
    lines += [f"refused            event {r['event']}: {r['reason']}" for r in answer["refused"]]
    lines += [
        f"cycle {c['number']:<3} {c['path']:<11} due {c['due'] or '-':<11}"
        f"completed {c['completed_on'] or '-':<11}valid through {c['valid_through'] or '-':<11}"
        f"{c['closed_as'] or 'open'}"
        for c in answer["cycles"]
    ]
    lines += [
        f"{s['on']}  {s['status']:<12}"
        f"{'covered' if s['covered'] else 'not covered':<12}"
        f"{'counts' if s['in_denominator'] else 'does not count'}"
        for s in answer["states"]
    ]
    return "\n".join(lines)
