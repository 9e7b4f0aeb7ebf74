import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from config.demo.accounts import listed


class Command(BaseCommand):
    help = "Prints the accounts of the demo with their passwords. Refuses on any other site."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="Print JSON and nothing else.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            accounts = listed()
        except DatabaseError:
            accounts = []
        if not accounts:
            raise CommandError("This is not the demo site: there are no accounts to show.")
        if options["json"]:
            self.stdout.write(json.dumps(accounts, ensure_ascii=False))
            return
        width = max(len(one["email"]) for one in accounts)
        self.stdout.write(f"\n{'e-mail':<{width}}  {'password':<22}  role")
        for one in accounts:
            self.stdout.write(f"{one['email']:<{width}}  {one['password']:<22}  {one['role']}")
