"""Every address of the site has a policy, and answers as it says: to everybody, by GET and POST."""

from http import HTTPStatus
from http.cookies import SimpleCookie
from typing import cast

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from tests.architecture import url_policy
from tests.architecture.url_policy import ELSEWHERE, EVERYBODY, POLICIES, Row
from tests.architecture.world import CANARY, World, build

ROWS = url_policy.rows()
SIGN_IN = ("/account/login/", "/admin/login/")  # the second leads to the first
NOT_THERE = {HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED}
FORBIDDEN = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}
SEES_ALL = {"administrator"}
# To a framework these are the same as somebody whom it is asked for already.
ALIKE = ELSEWHERE | {"colleague", "other_manager", "other_researcher"}


def test_every_address_has_a_row() -> None:
    known = {row.route for row in ROWS}
    missing = {route: view for route, view in url_policy.routes() if route not in known}
    lines = [url_policy.suggestion(route, view) for route, view in missing.items()]
    assert not lines, f"{len(lines)} without a row in {url_policy.FILE.name}:\n" + "\n".join(lines)


def test_every_row_has_an_address_and_a_known_policy() -> None:
    there = {route for route, _view in url_policy.routes()}
    assert not [row.route for row in ROWS if row.route not in there]
    assert not [row for row in ROWS if row.policy not in POLICIES]
    assert len({row.route for row in ROWS}) == len(ROWS)


def ask(client: Client, method: str, path: str) -> HttpResponse:
    """Ask, and undo what asking did: neither rows nor cookies are left."""
    cookies = SimpleCookie(client.cookies)
    try:
        with transaction.atomic():
            response = cast(HttpResponse, client.generic(method, path))
            transaction.set_rollback(True)
    finally:
        client.cookies = cookies
    return response


def leads_to_sign_in(response: HttpResponse) -> bool:
    return response.status_code in {301, 302, 303} and response["Location"].startswith(SIGN_IN)


def fault(person: str, row: Row, method: str, response: HttpResponse) -> str:
    """What is wrong with the answer, in a few words; empty when nothing is."""
    status = response.status_code
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        # Wagtail trusts that an editor's form is whole, and has a page that breaks on purpose.
        return "breaks" if row.is_ours or person not in row.allowed else ""
    if row.policy == "door":
        return "opens" if status == HTTPStatus.OK else ""
    if person not in row.allowed:
        return fault_of_refusal(person, row, response)
    if not row.accepts(method):
        return "" if status == HTTPStatus.METHOD_NOT_ALLOWED else "accepts the method"
    if row.is_ours and (status in NOT_THERE | FORBIDDEN or leads_to_sign_in(response)):
        return "refuses"
    return ""


def fault_of_refusal(person: str, row: Row, response: HttpResponse) -> str:
    status = response.status_code
    if person == "anonymous":
        fine = leads_to_sign_in(response) or status == HTTPStatus.METHOD_NOT_ALLOWED
        return "" if fine or (not row.is_ours and status in NOT_THERE | FORBIDDEN) else "opens"
    return "" if status in NOT_THERE else "shows that it is there"


def tells_of_elsewhere(person: str, response: HttpResponse) -> bool:
    if person in SEES_ALL or person.endswith("_elsewhere"):
        return False
    body = response.getvalue() if response.streaming else response.content
    return CANARY.lower().encode() in body.lower()


@pytest.fixture
def world(db: None) -> World:
    return build()


def test_the_canary_is_where_it_can_be_seen(world: World) -> None:
    """Otherwise its absence elsewhere would prove nothing."""
    client = Client()
    client.force_login(world.people["administrator"])
    assert CANARY.encode() in client.get("/organisaties/").content
    client.force_login(world.people["manager_elsewhere"])
    assert CANARY.encode() in client.get("/team/").content


@pytest.mark.parametrize("person", sorted(EVERYBODY))
def test_answers_as_its_policy_says(world: World, person: str) -> None:
    client = Client(raise_request_exception=False)
    if person != "anonymous":
        client.force_login(world.people[person])
    faults = []
    for row in [row for row in ROWS if row.is_ours or person not in ALIKE]:
        path = row.address(world.things)
        for method in ["GET", "POST"]:
            response = ask(client, method, path)
            found = fault(person, row, method, response)
            if tells_of_elsewhere(person, response):
                found += " tells of the other organisation"
            if found:
                faults.append(f"{method} {path} ({row.policy}): {response.status_code} {found}")
    assert not faults, f"{person}:\n" + "\n".join(faults)
