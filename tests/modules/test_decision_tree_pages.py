"""The decision tree: for whom with which contacts, what is never stored, and its marks."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone

from modules.decision_tree import published_tree
from modules.models import Scenario
from modules.rules.decision_tree import MOST_BRANCHES
from organisations.models import ContactKind, Organisation
from tests.factories import (
    make_administrator,
    make_editor,
    make_employment,
    make_focal_person,
    make_organisation,
    make_team,
    make_worker,
)
from tests.factories.contacts import make_contact
from tests.factories.decision_tree import make_tree, moment, question

pytestmark = pytest.mark.django_db
HERE = "/beslissingsboom/"
CARE, FOCAL = ContactKind.CARE_COORDINATOR, ContactKind.FOCAL_PERSON


@pytest.fixture
def tree() -> Scenario:
    return make_tree(
        [
            question("gevaar", "Is er gevaar?", {"Ja": "bellen", "Nee": "zorg"}),
            moment("bellen", "Bel nu.", "zorg", "emergency"),
            moment("zorg", "Bel de zorgcoördinator.", contact="care_coordinator"),
        ]
    )


@pytest.fixture
def organisation() -> Organisation:
    organisation = make_organisation("De Linde")
    make_contact(organisation, CARE, name="Loket Linde", phone="088-000 00 07", is_public=True)
    make_contact(organisation, FOCAL, name="Roos Coach", phone="088-000 00 08")
    return organisation


@pytest.fixture
def worker(client: Client, organisation: Organisation) -> Client:
    client.force_login(make_worker(make_team(organisation)))
    return client


def opened(organisation: Organisation) -> str:
    organisation.shows_tree_without_sign_in = True
    organisation.save()
    return f"{HERE}{organisation.public_id}/"


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_every_answer_is_in_the_page_with_the_own_contact(tree: Scenario, worker: Client) -> None:
    shown = text(worker.get(HERE))
    assert shown.count('<details class="tree-answer"') == 2
    assert shown.count("Bel de zorgcoördinator.") == 3  # after either answer, and on paper
    assert "Loket Linde" in shown
    assert 'href="tel:0880000007"' in shown
    assert "Roos Coach" in shown


def test_answers_ask_nothing_of_the_server(tree: Scenario, worker: Client) -> None:
    shown = text(worker.get(HERE))
    answers = shown.partition("data-tree>")[2].partition('aria-labelledby="whom"')[0]
    assert "<form" not in answers
    assert "href=" in answers
    for link in answers.split('href="')[1:]:
        assert link.startswith(("tel:", "mailto:")), link[:40]


def test_without_contacts_of_its_own_the_national_numbers(tree: Scenario, client: Client) -> None:
    client.force_login(make_worker())
    shown = text(client.get(HERE))
    assert 'href="tel:08002000"' in shown
    assert 'href="tel:112"' in shown
    assert "contact--missing" in shown


def test_who_works_nowhere_gets_national_numbers(
    tree: Scenario, client: Client, organisation: Organisation
) -> None:
    client.force_login(make_editor())
    shown = text(client.get(HERE))
    assert 'href="tel:08002000"' in shown
    assert "Loket Linde" not in shown


def test_who_works_at_two_chooses(
    tree: Scenario, client: Client, organisation: Organisation
) -> None:
    user = make_worker(make_team(organisation))
    make_employment(user, make_team(make_organisation("Elders")))
    client.force_login(user)
    first = text(client.get(HERE))
    assert "Loket Linde" not in first
    here = f"{HERE}bij/{organisation.public_id}/"
    assert here in first
    assert "Loket Linde" in text(client.get(here))


def test_another_organisation_is_not_there(
    tree: Scenario, client: Client, organisation: Organisation
) -> None:
    client.force_login(make_worker())
    assert client.get(f"{HERE}bij/{organisation.public_id}/").status_code == 404
    assert "Loket Linde" not in text(client.get(HERE))
    client.force_login(make_administrator())
    assert client.get(f"{HERE}bij/{organisation.public_id}/").status_code == 200


def test_without_signing_in_only_where_it_was_opened(
    tree: Scenario, client: Client, organisation: Organisation
) -> None:
    address = f"{HERE}{organisation.public_id}/"
    assert client.get(HERE).status_code == 302
    assert client.get(address).status_code == 404
    assert client.get(f"{HERE}222222222222/").status_code == 404
    opened(organisation)
    shown = text(client.get(address))
    assert "Loket Linde" in shown
    assert "Roos Coach" not in shown
    assert "088-000 00 08" not in shown
    organisation.shows_tree_without_sign_in = False
    organisation.save()
    assert client.get(address).status_code == 404


def test_not_to_who_is_signed_in_either_when_it_is_closed(
    tree: Scenario, worker: Client, organisation: Organisation
) -> None:
    assert worker.get(f"{HERE}{organisation.public_id}/").status_code == 404


def test_the_open_page_sets_no_cookie_and_holds_no_form(
    tree: Scenario, client: Client, organisation: Organisation
) -> None:
    answer = client.get(opened(organisation))
    assert not answer.cookies
    assert "<form" not in text(answer)
    assert "csrfmiddlewaretoken" not in text(answer)
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answer["X-Robots-Tag"]


def test_the_open_page_tells_who_is_signed_in_no_more_than_others(
    tree: Scenario, client: Client, organisation: Organisation
) -> None:
    user = make_focal_person(organisation, first_name="Sanne", last_name="Vliet")
    client.force_login(user)
    shown = text(client.get(opened(organisation)))
    assert "Roos Coach" not in shown
    assert "Sanne" not in shown
    assert "bottom-bar__link" not in shown
    assert user.email not in shown


def rows() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


@pytest.mark.parametrize("address", [HERE, "open"])
def test_nothing_is_written_and_nothing_is_kept_by_the_browser(
    address: str, tree: Scenario, worker: Client, organisation: Organisation
) -> None:
    address = opened(organisation) if address == "open" else address
    before = rows()
    answer = worker.get(address)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert rows() == before


def test_nothing_of_another_site(
    tree: Scenario, client: Client, organisation: Organisation
) -> None:
    shown = text(client.get(opened(organisation)))
    outside = {link.split('"')[0] for link in shown.split('"https://')[1:]}
    assert outside == {"www.rijksoverheid.nl/"}  # the way out


def test_a_draft_is_not_shown_and_a_later_publication_is(tree: Scenario, worker: Client) -> None:
    assert "Is er gevaar?" in text(worker.get(HERE))
    tree.title = "Nog niet gepubliceerd"
    revision = tree.save_revision()
    assert "Nog niet gepubliceerd" not in text(worker.get(HERE))
    revision.publish()
    assert "Nog niet gepubliceerd" in text(worker.get(HERE))
    tree.refresh_from_db()
    tree.unpublish()
    assert "Is er gevaar?" not in text(worker.get(HERE))


def test_where_none_is_published_the_contacts_are(worker: Client) -> None:
    answer = worker.get(HERE)
    assert answer.status_code == 200
    assert "Loket Linde" in text(answer)
    assert "tree-paper" not in text(answer).partition("</head>")[2]


def test_a_scenario_to_practise_with_is_not_a_reference_aid(worker: Client) -> None:
    make_tree(purpose=Scenario.Purpose.PRACTICE)
    assert published_tree() is None


def test_kept_in_the_process_by_its_revision(
    tree: Scenario, django_assert_num_queries: Any
) -> None:
    first = published_tree()
    with django_assert_num_queries(1):
        assert published_tree() is first


def test_few_queries_however_many_contacts(
    tree: Scenario, worker: Client, organisation: Organisation, django_assert_max_num_queries: Any
) -> None:
    def cost() -> int:
        with django_assert_max_num_queries(12) as asked:
            worker.get(HERE)
        return len(asked)

    worker.get(HERE)
    few = cost()
    for kind in set(ContactKind) - {CARE, FOCAL}:
        make_contact(organisation, kind)
    assert cost() == few


def test_marked_as_a_concept_until_somebody_reviewed_it(worker: Client) -> None:
    tree = make_tree()
    assert worker.get(HERE).context["shown"].is_concept
    assert '<span class="tag">' in text(worker.get(HERE))
    tree.reviewed_on, tree.reviewed_by_role = date(2026, 2, 2), "jurist"
    tree.save_revision().publish()
    shown = text(worker.get(HERE))
    assert '<span class="tag">' not in shown
    assert "jurist" in shown


@pytest.mark.parametrize(("days", "is_old"), [(366, False), (367, True)])
def test_law_that_was_checked_more_than_a_year_ago_warns(
    days: int, is_old: bool, worker: Client
) -> None:
    checked = timezone.localdate() - timedelta(days=days)
    make_tree(law_checked_on=checked)
    answer = worker.get(HERE)
    assert answer.context["law_is_old"] is is_old
    assert ("notice--soon" in text(answer)) is is_old


def test_law_that_nobody_checked_warns(worker: Client) -> None:
    make_tree(law_checked_on=None)
    assert "notice--soon" in text(worker.get(HERE))


def test_an_overdue_contact_says_so_on_the_tree(
    tree: Scenario, client: Client, organisation: Organisation
) -> None:
    police = ContactKind.POLICE
    make_contact(organisation, police, name="Wijk", review_by=date(2026, 1, 31), is_public=True)
    assert "31 januari 2026" in text(client.get(opened(organisation)))


def test_a_code_on_paper_only_where_it_is_open(
    tree: Scenario, worker: Client, organisation: Organisation
) -> None:
    assert "tree-paper__code" not in text(worker.get(HERE))
    opened(organisation)
    shown = text(worker.get(HERE))
    assert "tree-paper__code" in shown
    assert f"http://testserver/beslissingsboom/{organisation.public_id}/" in shown


def test_too_many_ways_show_all_steps_as_a_list(worker: Client) -> None:
    chain = [f"vraag-{number}" for number in range(10)]
    asked = [
        question(
            name, f"Vraag {name}?", {"Ja": following, "Nee": following, "Weet niet": following}
        )
        for name, following in zip(chain, [*chain[1:], "einde"], strict=True)
    ]
    make_tree([*asked, moment("einde", "Klaar.")])
    shown = text(worker.get(HERE))
    assert shown.count('<details class="tree-answer"') < 3 * MOST_BRANCHES
    assert 'id="all-steps"' in shown


def test_what_stands_in_it_is_never_markup(worker: Client, organisation: Organisation) -> None:
    evil = "<script>alert(1)</script>"
    make_tree([question("q", evil, {evil: "e", "Nee": "e"}), moment("e", evil, contact="police")])
    make_contact(organisation, ContactKind.POLICE, name=evil, reachable=evil)
    assert evil not in text(worker.get(HERE))


@pytest.mark.parametrize("path", ["/steun/", "/leerpad/", "/contacten/"])
def test_one_click_away_from_everywhere(
    path: str, client: Client, organisation: Organisation
) -> None:
    busy = make_focal_person(organisation)  # with more places than fit on a phone
    make_employment(busy, make_team(organisation))
    client.force_login(busy)
    shown = text(client.get(path, follow=True))
    bottom = shown.partition('class="bottom-bar"')[2].partition("<details")[0]
    assert f'href="{HERE}"' in shown.partition("</header>")[0]
    assert f'href="{HERE}"' in bottom  # on a phone, not under "more"


def test_the_day_on_paper_is_that_of_the_request(
    tree: Scenario, worker: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: late)
    assert worker.get(HERE).context["today"] == date(2026, 3, 2)
