"""The list of people, one person, and adding one."""

from datetime import timedelta

import pytest
from django.core import mail

from organisations.models import (
    Role,
    User,
)
from tests.factories import (
    make_employment,
    make_grant,
    make_leave,
    make_organisation,
    make_team,
    make_worker,
)
from tests.organisations.world import CANARY, World, new_person, text

pytestmark = pytest.mark.django_db


def test_list_shows_work_leave_coming_and_left(world: World) -> None:
    make_leave(world.worker, starts_on=world.today)
    coming = make_employment(team=world.team, starts_on=world.today + timedelta(days=9)).user
    gone = make_employment(team=world.team, ends_before=world.today).user
    now = text(world.client.get(world.here))
    assert "status--leave" in now
    assert str(coming) in now
    assert str(gone) not in now
    left = text(world.client.get(f"{world.here}?show=left"))
    assert str(gone) in left
    assert str(coming) not in left


def test_search_finds_names_and_addresses_of_who_is_here(world: World) -> None:
    mover = make_employment(team=world.team, ends_before=world.today).user
    User.objects.filter(pk=mover.pk).update(email="mover@elsewhere.example")

    def rows(query: str) -> list[str]:
        return [row.name for row in world.client.get(f"{world.here}?{query}").context["rows"]]

    assert rows("q=sam+smit") == ["Sam Smit"]
    assert rows(f"q={world.worker.email}") == ["Sam Smit"]
    assert rows("show=left&q=elsewhere") == []
    assert rows("q=%00sam") == ["Sam Smit"]
    assert rows("q=%25") == []
    assert rows(f"team={world.team.public_id}") == ["Sam Smit"]


@pytest.mark.parametrize(
    "query", ["page=99999", "page=x", "page=-1", "show=x", "team=x%00", "q=" + "x" * 500]
)
def test_list_answers_whatever_is_asked(query: str, world: World) -> None:
    assert world.client.get(f"{world.here}?{query}").status_code == 200


def test_list_has_fifty_a_page_and_keeps_the_search(world: World) -> None:
    for _number in range(52):
        make_worker(world.team, last_name="Veel")
    page = world.client.get(f"{world.here}?q=veel")
    assert len(page.context["rows"]) == 50
    assert "?q=veel&amp;page=2" in text(page)
    assert len(world.client.get(f"{world.here}?q=veel&page=2").context["rows"]) == 2


def test_address_of_who_left_is_not_shown(world: World) -> None:
    gone = make_employment(team=world.team, ends_before=world.today).user
    page = world.client.get(world.person(gone))
    assert gone.email not in text(page)
    assert world.client.get(f"{world.person(gone)}gegevens/").status_code == 404
    assert world.client.post(f"{world.person(gone)}link/").status_code == 404
    assert world.client.get(f"{world.person(gone)}rol/").status_code == 404


def test_work_at_another_organisation_is_not_shown(world: World) -> None:
    make_employment(world.worker, make_team(world.other, f"{CANARY} 2"))
    make_grant(Role.FOCAL_PERSON, world.worker, organisation=world.other)
    page = text(world.client.get(world.person(world.worker)))
    assert CANARY not in page


def test_person_is_added_with_work_and_a_mail_and_twice_is_once(world: World) -> None:
    for _press in range(2):
        answer = world.client.post(f"{world.here}nieuw/", new_person(world))
        noor = User.objects.get(email="noor@linde.example")
        assert answer.headers["Location"] == world.person(noor)
    assert noor.employments.get().team == world.team
    assert [message.to for message in mail.outbox] == [["noor@linde.example"]]
    assert "noor@linde.example" in text(world.client.get(world.person(noor)))


def test_known_address_leads_to_the_person_who_has_it(world: World) -> None:
    answer = world.client.post(
        f"{world.here}nieuw/", new_person(world, email=world.worker.email.upper())
    )
    assert answer.status_code == 200
    assert world.person(world.worker) in text(answer)


def test_address_of_another_organisation_is_refused_without_a_word_about_it(world: World) -> None:
    answer = world.client.post(f"{world.here}nieuw/", new_person(world, email=world.stranger.email))
    assert answer.status_code == 200
    assert "beheerder" in text(answer)
    assert CANARY not in text(answer)
    assert world.stranger.employments.count() == 1


@pytest.mark.parametrize(
    "facts",
    [
        {"starts_on": ""},
        {"starts_on": "2026-02-30"},
        {"starts_on": "1066-10-14"},
        {"starts_on": "9999-12-31"},
        {"hours_per_week": "0"},
        {"hours_per_week": "100"},
        {"hours_per_week": "1.000"},
        {"hours_per_week": "NaN"},
        {"job_function": "king"},
        {"email": "nobody"},
        {"first_name": "\u200b"},
        {"last_name": "x" * 200},
        {"language": "fr"},
        {"team": ""},
        {"team": "\x00"},
    ],
)
def test_person_that_cannot_be_is_refused_and_nothing_is_stored(
    facts: dict[str, str], world: World
) -> None:
    before = User.objects.count()
    answer = world.client.post(f"{world.here}nieuw/", new_person(world, **facts))
    assert answer.status_code == 200
    assert "error-summary" in text(answer)
    assert User.objects.count() == before
    assert not mail.outbox


def test_team_of_another_organisation_cannot_be_chosen(world: World) -> None:
    foreign = world.stranger.employments.get().team.public_id
    world.client.post(f"{world.here}nieuw/", new_person(world, team=foreign))
    assert not User.objects.filter(email="noor@linde.example").exists()


def test_without_a_team_adding_a_person_leads_to_making_one(world: World) -> None:
    empty = make_organisation()
    make_grant(Role.COORDINATOR, world.coordinator, organisation=empty)
    answer = world.client.get(f"/organisaties/medewerkers/{empty.public_id}/nieuw/")
    assert answer.headers["Location"].endswith("/teams/nieuw/")


def test_name_is_corrected_and_address_of_an_account_beyond_here_is_not(world: World) -> None:
    details = {"first_name": "Sam", "last_name": "Smits", "language": "en"}
    page = f"{world.person(world.worker)}gegevens/"
    User.objects.filter(pk=world.worker.pk).update(password="!unusable")
    make_grant(Role.ADMINISTRATOR, world.worker)
    world.client.post(page, details | {"email": world.worker.email})
    answer = world.client.post(page, details | {"email": "thief@linde.example"})
    world.worker.refresh_from_db()
    assert world.worker.last_name == "Smits"
    assert world.worker.email != "thief@linde.example"
    assert "beheerder" in text(answer)


def test_link_is_sent_once_for_a_double_click(world: World) -> None:
    for _press in range(2):
        answer = world.client.post(f"{world.person(world.worker)}link/")
        assert answer.headers["Location"] == world.person(world.worker)
    assert len(mail.outbox) == 1
    assert world.worker.email in text(world.client.get(world.person(world.worker)))
