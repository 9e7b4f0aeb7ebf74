from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from learning.programmes import ensure_programme
from modules.curriculum import load


class Command(BaseCommand):
    help = "Loads the shipped modules, competencies and programme. Safe to run again; edits stay."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        at = timezone.now()
        page = load(at)
        programme = ensure_programme(page, at=at)
        version = page.current_version
        self.stdout.write(f"{page.title}: version {version.number if version else '-'}")
        self.stdout.write(f"{programme.title}: {programme.policy.name}")
