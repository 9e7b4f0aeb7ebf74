"""The daily run inside the web process, for a site without a job worker."""

import logging
from threading import Thread
from time import sleep

from django.core.management import call_command
from django.db import close_old_connections
from django.utils import timezone

from learning.rules.calendar import seconds_until

logger = logging.getLogger(__name__)
HOUR_OF_THE_RUN = 6
OF_EVERY_DAY = ("advance_cycles", "clean_h5p")


def keep_the_daily_run() -> Thread:
    """Do the work of the day every day at six, beside the pages. Several processes may."""
    thread = Thread(target=_every_day, name="daily run", daemon=True)
    thread.start()
    return thread


def _every_day() -> None:
    while True:
        sleep(seconds_until(HOUR_OF_THE_RUN, timezone.localtime()))
        run_once()


def run_once() -> None:
    """A run that fails is logged and tried again the next day, which catches up."""
    for command in OF_EVERY_DAY:
        close_old_connections()
        try:
            call_command(command)
        except Exception:
            logger.exception("The daily run failed; the next one catches up.")
        finally:
            close_old_connections()
