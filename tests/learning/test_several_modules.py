"""A path of several modules, as its person sees it: where one is, and what comes after."""

import pytest
from django.urls import reverse

from learning.actions import complete_attempt, start_attempt
from learning.models import Certificate
from learning.selectors.place import place_of
from learning.selectors.rotation import modules_of
from tests.factories.learning import (
    NOW,
    TODAY,
    make_assignment,
    make_module,
    make_programme,
    make_rule,
    walk,
)

pytestmark = pytest.mark.django_db
TITLES = ["Klusjes", "Signalen", "Geld"]


@pytest.fixture
def modules():
    return [make_module(title) for title in TITLES]


@pytest.fixture
def assignment(worker, modules):
    programme = make_programme(*modules, refreshers=[modules[1:]])
    organisation = worker.employments.get().team.organisation
    return make_assignment(worker, day=TODAY, rule=make_rule(organisation, programme))


def do(assignment, module):
    attempt = start_attempt(assignment=assignment, module=module, at=NOW)
    walk(attempt)
    complete_attempt(attempt=attempt, at=NOW)
    return attempt


def path_page(client):
    return " ".join(client.get(reverse("learning:path")).content.decode().split())


def finish_page(client, attempt):
    address = reverse("learning:finish", args=[attempt.public_id])
    return " ".join(client.get(address).content.decode().split())


def test_the_first_of_three(signed_in, assignment):
    page = path_page(signed_in)
    assert "Uw volgende stap: module 1 van 3" in page
    assert "0 van 3 modules gedaan. Nog ongeveer 30 minuten." in page
    assert "Rond alle 3 modules uiterlijk op" in page
    assert page.index("Klusjes") < page.index("Signalen") < page.index("Geld")


def test_what_is_left_counts_the_steps_that_are_done(signed_in, assignment, modules):
    do(assignment, modules[0])
    begun = start_attempt(assignment=assignment, module=modules[1], at=NOW)
    walk(begun, until=3)
    page = path_page(signed_in)
    assert "Uw volgende stap: module 2 van 3" in page
    assert "1 van 3 modules gedaan. Nog ongeveer 15 minuten." in page  # 2 and 10, to five


def test_a_path_of_one_module_counts_nothing(signed_in, worker):
    make_assignment(worker, day=TODAY)
    page = path_page(signed_in)
    assert "Uw volgende stap<" in page.replace(" <", "<")
    assert "van 1" not in page


def test_the_end_of_a_module_says_which_is_next(signed_in, assignment, modules):
    attempt = do(assignment, modules[0])
    page = finish_page(signed_in, attempt)
    assert "Deze module is klaar" in page
    assert "1 van de 3 modules gedaan. Hierna komt ‘Signalen’" in page
    assert "geldig tot en met" not in page
    assert not Certificate.objects.exists()


def test_looking_back_at_the_first_counts_what_was_done_since(signed_in, assignment, modules):
    first, _second = do(assignment, modules[0]), do(assignment, modules[1])
    page = finish_page(signed_in, first)
    assert "2 van de 3 modules gedaan. Hierna komt ‘Geld’" in page


def test_the_last_module_brings_the_certificate(signed_in, assignment, modules):
    attempts = [do(assignment, module) for module in modules]
    for attempt in attempts:
        page = finish_page(signed_in, attempt)
        assert "Hierna komt" not in page
        assert "geldig tot en met" in page
    assert Certificate.objects.count() == 1
    page = path_page(signed_in)
    assert "modules gedaan" not in page
    assert page.count("Gedaan op") == 3
    assert "Te herhalen vanaf" in page


def test_modules_in_another_order_end_at_the_one_that_was_left(assignment, modules):
    attempt = do(assignment, modules[2])
    place = place_of(attempt)
    assert (place.done, place.total, place.next) == (1, 3, modules[0])


def test_there_is_no_place_once_the_path_is_over(assignment, modules):
    attempts = [do(assignment, module) for module in modules]
    assert place_of(attempts[0]) is None


@pytest.mark.parametrize("length", [2, 12])
def test_a_place_costs_the_same_on_a_long_path(worker, django_assert_num_queries, length):
    programme = make_programme(*(make_module(f"Module {n}") for n in range(length)))
    organisation = worker.employments.get().team.organisation
    held = make_assignment(worker, day=TODAY, rule=make_rule(organisation, programme))
    first, *_others = modules_of(programme.paths.get(kind="onboarding").pk)
    attempt = do(held, first)
    assert attempt.cycle.assignment_id == held.pk  # as the page has it
    with django_assert_num_queries(5):
        assert place_of(attempt).total == length
