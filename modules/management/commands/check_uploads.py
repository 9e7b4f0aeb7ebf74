import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from modules.packages.checking import check_waiting

PAUSE = 2  # seconds


class Command(BaseCommand):
    help = (
        "Checks the H5P files that were sent in and wait. For a job worker; several may run at "
        "once. Set H5P_CHECKS_IN_PROCESS=false for the web process."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--watch", action="store_true", help="go on, looking every 2 seconds")

    def handle(self, *args: Any, watch: bool, **options: Any) -> None:
        self._check()
        while watch:
            time.sleep(PAUSE)
            close_old_connections()
            self._check()

    def _check(self) -> None:
        if done := check_waiting():
            self.stdout.write(f"files checked: {done}")
