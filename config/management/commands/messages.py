from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from config import messages


class Command(BaseCommand):
    help = "Gathers the texts of the interface into locale/ and compiles them."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--compile", action="store_true", help="Only compile.")

    def handle(self, *args: Any, **options: Any) -> None:
        for language, _name in settings.LANGUAGES:
            if not options["compile"]:
                messages.update(settings.BASE_DIR, language)
            messages.compile_catalogue(settings.BASE_DIR, language)
            lacking = messages.missing(settings.BASE_DIR, language)
            self.stdout.write(f"{language}: {len(lacking)} without translation")
            if options["verbosity"] > 1:
                for text in lacking:
                    self.stdout.write(f"  {text}")
