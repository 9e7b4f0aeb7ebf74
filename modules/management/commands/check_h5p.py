import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import Error, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from modules.packages import known
from modules.packages.caps import caps
from modules.rules.h5p.check import check_package
from modules.rules.h5p.found import Checked, KnownLibrary, Reason
from modules.rules.h5p.reasons import shown
from modules.wording import h5p_reason


class Command(BaseCommand):
    help = (
        "Tells whether .h5p files could be taken in, and what is wrong with those that could not. "
        "Nothing is kept. Exit 1 when one is refused."
    )

    requires_system_checks = []  # files can be checked where there is no site

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument("--json", action="store_true", help="for a program")
        parser.add_argument(
            "--approve-libraries",
            action="store_true",
            help="as if somebody had approved the libraries in the files",
        )

    def handle(self, *args: Any, files: list[str], **options: Any) -> None:
        approved = approved_libraries()
        found = {
            name: checked_file(name, approved, approve_inside=options["approve_libraries"])
            for name in dict.fromkeys(files)
        }
        with translation.override(settings.LANGUAGE_CODE):
            if options["json"]:
                rows = [as_row(name, found[name]) for name in files]
                self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
            else:
                lines = [line for name in files for line in as_text(name, found[name])]
                self.stdout.write("\n".join(lines))
        if any(checked.verdict == "refused" for checked in found.values()):
            sys.exit(1)


def checked_file(
    name: str, approved: list[KnownLibrary], *, approve_inside: bool = False
) -> Checked:
    """A file that cannot be read is refused, as one in which something is wrong."""
    path = Path(name)
    try:
        if path.is_dir():
            return _refused("IS_FOLDER")
        if path.exists() and not path.is_file():  # opening a pipe would wait for ever
            return _refused("UNREADABLE", detail=_("not a file"))
        with path.open("rb") as file:
            return check_package(file, caps=caps(), known=approved, approve_inside=approve_inside)
    except FileNotFoundError:
        return _refused("NOT_THERE")
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        detail = error.strerror if isinstance(error, OSError) else None
        return _refused("UNREADABLE", detail=detail or str(error))


def _refused(code: str, **facts: str) -> Checked:
    return Checked("refused", (Reason("", code, facts),))


def approved_libraries() -> list[KnownLibrary]:
    """What the site has approved, when there is one; else our own library alone."""
    try:
        with only_reading(connection) as is_there:
            return known.approved_libraries() if is_there else [known.shipped_library()]
    except Error:
        return [known.shipped_library()]


@contextmanager
def only_reading(database: BaseDatabaseWrapper) -> Iterator[bool]:
    """Whether there is a database to read. A file of SQLite is not made, nor written to.

    Opening one that is not there would make it, and the settings for writing change it.
    """
    if database.vendor != "sqlite" or database.connection is not None:
        yield True
        return
    path = Path(str(database.settings_dict["NAME"]))
    options = database.settings_dict["OPTIONS"]
    database.settings_dict["OPTIONS"] = {**options, "init_command": "PRAGMA query_only=ON"}
    try:
        yield path.is_file() and path.stat().st_size > 0
    finally:
        database.close()
        database.settings_dict["OPTIONS"] = options


def as_row(name: str, checked: Checked) -> dict[str, Any]:
    return {
        "file": name,
        "verdict": checked.verdict,
        "reasons": [
            {"file": reason.file, "code": reason.code, "message": h5p_reason(reason)}
            for reason in checked.reasons
        ],
        "title": checked.title,
        "main_library": str(checked.main_library or ""),
        "core_api": checked.core_api,
    }


def as_text(name: str, checked: Checked) -> list[str]:
    facts = [checked.title, str(checked.main_library or "")]
    if checked.core_api:
        facts.append(_("core API {version}").format(version=checked.core_api))
    told = " · ".join(fact for fact in facts if fact)
    reasons = [h5p_reason(reason) for reason in checked.reasons]
    verdict = _verdict(checked).format(name=shown(name), count=len(reasons))
    return [verdict, *(f"  {line}" for line in [told, *reasons] if line)]


def _verdict(checked: Checked) -> str:
    if checked.verdict == "accepted":
        return _("{name}: can be taken in")
    if checked.verdict == "accepted_content_only":
        return _("{name}: can be taken in; its libraries were approved before")
    count = len(checked.reasons)
    if checked.verdict == "quarantine":
        return ngettext(
            "{name}: waits until {count} library has been approved",
            "{name}: waits until {count} libraries have been approved",
            count,
        )
    return ngettext("{name}: refused, {count} fault", "{name}: refused, {count} faults", count)
