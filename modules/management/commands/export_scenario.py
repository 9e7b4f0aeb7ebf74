import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from modules.h5p import library
from modules.h5p.errors import NotExported
from modules.h5p.export import export_of, write_whole


class Command(BaseCommand):
    help = (
        "Write a published scenario as an .h5p package. Exit 0 written, 1 refused: then nothing "
        "was written, and standard error says why."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="short name of the scenario")
        parser.add_argument("out", type=Path, help="the file to write; an older one is replaced")
        parser.add_argument(
            "--language",
            choices=library.LANGUAGES,
            default="nl",
            help="of buttons and headings; the scenario itself stays as it is",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            data = export_of(options["slug"], language=options["language"])
            write_whole(options["out"], data)
        except NotExported as refusal:
            self.stderr.write(str(refusal))
            sys.exit(1)
        self.stdout.write(_("Written: %(path)s") % {"path": options["out"]})
