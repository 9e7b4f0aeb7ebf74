"""Addresses where work and leave also change what people must follow, and by when."""

from django.urls import path

from learning.views import staff, work
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
    path(
        f"organisaties/{HERE}werk/<public_id:employment>/stoppen/",
        work.end_employment,
        name="end_employment",
    ),
    path(
        f"organisaties/{HERE}werk/<public_id:employment>/begin/",
        work.correct_start,
        name="correct_start",
    ),
    path(f"organisaties/{PERSON}verlof/", work.start_leave, name="start_leave"),
    path(f"organisaties/{HERE}verlof/<public_id:leave>/terug/", work.end_leave, name="end_leave"),
]
