from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from config.demo.load import NotEmpty, load_demo


class Command(BaseCommand):
    help = "Fills an empty site with clearly synthetic example data. A second time changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = load_demo(at=timezone.now())
        except NotEmpty:
            raise CommandError(
                "There are people on this site. Example data only goes into an empty one: "
                "set DATABASE_URL to a new database, or type make demo-reset."
            ) from None
        self.stdout.write(
            "Example data made (Voorbeeldgegevens)." if made else "Example data is there already."
        )
