from django.urls import path, register_converter

from organisations.converters import PublicId
from organisations.views import accounts, organisations, people, roles, teams, trail

register_converter(PublicId, "public_id")

app_name = "organisations"
HERE = "medewerkers/<public_id:organisation>/"
PERSON = f"{HERE}persoon/<public_id:person>/"
urlpatterns = [
    path("", organisations.organisations, name="organisations"),
    path("nieuw/", organisations.add_organisation, name="add_organisation"),
    path(
        "<public_id:organisation>/gegevens/",
        organisations.change_organisation,
        name="change_organisation",
    ),
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/nieuw/", accounts.add_account, name="add_account"),
    path(
        "accounts/<public_id:person>/rol/", accounts.give_platform_role, name="give_platform_role"
    ),
    path("accounts/<public_id:person>/link/", accounts.send_account_link, name="send_account_link"),
    path(
        "accounts/rol/<public_id:grant>/stoppen/",
        accounts.end_platform_role,
        name="end_platform_role",
    ),
    path("logboek/", trail.trail_of_all, name="trail_of_all"),
    path("medewerkers/", people.staff, name="staff"),
    path(HERE, people.people, name="people"),
    path(f"{HERE}logboek/", trail.trail, name="trail"),
    path(f"{HERE}teams/", teams.teams, name="teams"),
    path(f"{HERE}teams/nieuw/", teams.add_team, name="add_team"),
    path(f"{HERE}teams/<public_id:team>/", teams.change_team, name="change_team"),
    path(f"{HERE}rollen/", roles.roles, name="roles"),
    path(f"{HERE}rollen/<public_id:grant>/stoppen/", roles.end_role, name="end_role"),
    path(PERSON, people.person, name="person"),
    path(f"{PERSON}gegevens/", people.change_person, name="change_person"),
    path(f"{PERSON}link/", people.send_link, name="send_link"),
    path(f"{PERSON}rol/", roles.give_role, name="give_role"),
]
