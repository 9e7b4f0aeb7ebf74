from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from modules.curriculum import load


class Command(BaseCommand):
    help = "Load the shipped modules and competencies. Safe to run again; edited pages stay."

    def handle(self, *args: Any, **options: Any) -> None:
        page = load(timezone.now())
        version = page.current_version
        self.stdout.write(f"{page.title}: version {version.number if version else '-'}")
