import json
import sys
from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from modules.curriculum.files import read_competencies
from modules.library import library_of_the_site
from modules.scenario_checks import Checked, FaultSeen, check_site, check_texts
from modules.scenario_text import Library


class Command(BaseCommand):
    help = (
        "Tells what is wrong in every scenario of the site, or in files with the text of one. "
        "Exit 1 when a published one, or a file, is faulty."
    )

    requires_system_checks = []  # an author needs no whole site to check a text

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", metavar="FILE", type=Path)
        parser.add_argument("--json", action="store_true", help="for a program")

    def handle(self, *args: Any, files: list[Path], **options: Any) -> None:
        with translation.override(settings.LANGUAGE_CODE):
            checked = self._check(files)
            if options["json"]:
                found = [as_json(one) for one in checked]
                self.stdout.write(json.dumps(found, ensure_ascii=False, indent=2))
            else:
                self.stdout.write("\n".join(line for one in checked for line in as_text(one)))
        if any(one.faults and (one.published or one.file) for one in checked):
            sys.exit(1)

    def _check(self, files: list[Path]) -> list[Checked]:
        try:
            if files:
                return list(check_texts(files, _library_for_texts()))
            return list(check_site(library_of_the_site()))
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from error


def _library_for_texts() -> Library:
    """Texts can be checked before there is a site: the competencies are those that are shipped."""
    try:
        library = library_of_the_site()
    except DatabaseError:
        library = Library()
    return library if library.competencies else replace(library, competencies=_shipped())


def _shipped() -> tuple[str, ...]:
    return tuple(row["code"] for row in read_competencies())


def as_json(checked: Checked) -> dict[str, Any]:
    of_file = {"file": checked.file} if checked.file else {}
    faults = [
        {
            "node": fault.node,
            "code": fault.code,
            "message": fault.message,
            **({"line": fault.line} if checked.file else {}),
        }
        for fault in checked.faults
    ]
    return {**of_file, "slug": checked.slug, "published": checked.published, "faults": faults}


def as_text(checked: Checked) -> list[str]:
    name = checked.file or checked.slug
    if not checked.published and not checked.file:
        name = _("{slug} (draft)").format(slug=name)
    lines = _listed(name, checked.faults, checked.file)
    if checked.of_draft:
        draft = _("{slug} (changes that are not published)").format(slug=checked.slug)
        lines += _listed(draft, checked.of_draft, "")
    return lines


def _listed(name: str, faults: tuple[FaultSeen, ...], file: str) -> list[str]:
    if not faults:
        return [_("{name}: nothing wrong").format(name=name)]
    count = ngettext("{name}: {count} fault", "{name}: {count} faults", len(faults))
    rows = [f"  {file}:{fault.line}: {fault.message}" for fault in faults]
    if not file:
        rows = [f"  {fault.message}" for fault in faults]
    return [count.format(name=name, count=len(faults)), *rows]
