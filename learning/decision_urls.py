"""Addresses of what a coordinator decides about people's training."""

from django.urls import path

from learning.views import decisions, exceptions, training_of_person

HERE = "opleidingen/<public_id:organisation>/training/<public_id:assignment>/"
urlpatterns = [
    path("uitzonderingen/<public_id:organisation>/", exceptions.exceptions, name="exceptions"),
    path(
        "uitzonderingen/<public_id:organisation>/<public_id:case>/",
        exceptions.exception,
        name="exception",
    ),
    path(HERE, training_of_person.training_of_person, name="training_of_person"),
    path(f"{HERE}uitstel/", decisions.extend, name="extend"),
    path(f"{HERE}einddatum/", decisions.change_due, name="change_due"),
    path(f"{HERE}vrijstellen/", decisions.exempt, name="exempt"),
    path(f"{HERE}vrijstelling-stoppen/", decisions.end_exemption, name="end_exemption"),
]
