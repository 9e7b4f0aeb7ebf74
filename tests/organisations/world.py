"""One organisation with a coordinator who is signed in, and another that must stay out of sight."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.test import Client

from organisations.models import Organisation, Team, User

CANARY = "Kanarie"
NOT_THERE = (404, 405)  # a method that a page does not have says nothing about its object


@dataclass
class World:
    client: Client
    organisation: Organisation
    team: Team
    coordinator: User
    worker: User
    other: Organisation
    stranger: User
    today: date

    @property
    def here(self) -> str:
        return f"/organisaties/medewerkers/{self.organisation.public_id}/"

    def person(self, user: User) -> str:
        return f"{self.here}persoon/{user.public_id}/"


def text(response: Any) -> str:
    return str(response.content.decode())


def new_person(world: World, **facts: str) -> dict[str, str]:
    return {
        "first_name": "Noor",
        "last_name": "Jansen",
        "email": "noor@linde.example",
        "language": "nl",
        "team": world.team.public_id,
        "job_function": "residential",
        "hours_per_week": "32",
        "starts_on": world.today.isoformat(),
    } | facts
