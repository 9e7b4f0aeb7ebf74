from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from learning.models import Programme
from learning.programmes import load_programmes
from modules.curriculum import load
from modules.errors import CurriculumFaulty
from modules.models import ModulePage


class Command(BaseCommand):
    help = "Loads competencies, scenarios, modules and programmes. Safe to run again; edits stay."

    def handle(self, *args: Any, **options: Any) -> None:
        at = timezone.now()
        try:
            with transaction.atomic():
                loaded = load(at)
                programmes = load_programmes(at=at)
        except CurriculumFaulty as refusal:
            raise CommandError(f"Nothing was loaded.\n{refusal}") from refusal
        for page in loaded.modules.values():
            self.stdout.write(f"{page.title}: {_version(page)}")
        self.stdout.write(f"{len(loaded.scenarios)} scenarios")
        for programme in programmes:
            self.stdout.write(f"{programme.title}: {_paths(programme)}; {programme.policy.name}")


def _version(page: ModulePage) -> str:
    version = page.current_version
    return f"version {version.number}" if version else "not published"


def _paths(programme: Programme) -> str:
    in_use = programme.paths.filter(retired_at=None).order_by("kind", "number")
    return ", ".join(f"{path.kind} {path.number} ({path.entries.count()})" for path in in_use)
