"""Addresses where starting work also gives people their training."""

from django.urls import path

from learning.views import staff
from organisations.urls import HERE, PERSON

urlpatterns = [
    path("organisaties/medewerkers/nieuw/", staff.add_person_somewhere, name="add_person"),
    path(f"organisaties/{HERE}nieuw/", staff.add_person, name="add_person_at"),
    path(f"organisaties/{PERSON}werk/", staff.start_employment, name="start_employment"),
    path(
        f"organisaties/{HERE}werk/<public_id:employment>/verplaatsen/",
        staff.move_to_team,
        name="move_to_team",
    ),
]
