from argparse import ArgumentParser, ArgumentTypeError
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from modules.packages.cleaning import clean


def _days(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 36_500:
        raise ArgumentTypeError(f"{text!r} is not a number of days from 1 on")
    return int(text)


class Command(BaseCommand):
    help = (
        "Takes away files of H5P that nothing refers to: of imports that were broken off, and of "
        "activities that were deleted. Forgets after a year what was sent in."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--older-than",
            type=_days,
            default=1,
            metavar="DAYS",
            help="only files at least this old (default 1); younger ones may be coming in",
        )

    def handle(self, *args: Any, older_than: int, **options: Any) -> None:
        done = clean(at=timezone.now(), older_than=timedelta(days=older_than))
        self.stdout.write(
            f"blobs {done.blobs}  files {done.files}  uploads forgotten {done.uploads}"
        )
