"""The coordinator's pages about programmes: own ones to write, shipped ones to copy."""

import pytest
from django.urls import reverse

from learning.models import PathKind, PolicyTerms, Programme
from tests.factories.learning import (
    TODAY,
    make_assignment,
    make_content,
    make_module,
    make_programme,
    make_rule,
    make_version,
)
from tests.factories.organisations import (
    make_administrator,
    make_coordinator,
    make_manager,
    make_organisation,
    make_team,
    make_worker,
)

pytestmark = pytest.mark.django_db
NUMBERS = {
    "basis": "expiry",
    "active_months": "12",
    "window_months": "1",
    "minimum_months": "6",
    "grace_days": "0",
    "evidence_max_age_days": "180",
    "leave_return_days": "30",
    "ladder_before": "30, 14, 3",
    "ladder_after": "1, 14",
    "manager_after_days": "21",
    "focal_person_after_days": "35",
}


@pytest.fixture
def organisation():
    return make_organisation()


@pytest.fixture
def module():
    return make_module("Het gesprek openen")


@pytest.fixture
def own(organisation, module):
    return make_programme(module, organisation=organisation)


@pytest.fixture
def coordinator(client, organisation):
    client.force_login(make_coordinator(organisation))
    return client


def url(name, *things):
    return reverse(f"learning:{name}", args=[thing.public_id for thing in things])


def written(module, **more):
    about = {"title": "Veilig melden", "reason": "Omdat het helpt."}
    return about | NUMBERS | {f"begin-{module.public_id}": "1"} | more


def shown(response):
    assert response.status_code == 200
    return response.content.decode()


def test_the_list_has_shipped_and_own_programmes_and_no_others(coordinator, organisation, own):
    shipped = make_programme(make_module("Anders"))
    elsewhere = make_programme(make_module("Elders"), organisation=make_organisation())
    page = shown(coordinator.get(url("programmes", organisation)))
    assert own.title in page
    assert shipped.title in page
    assert elsewhere.title not in page


def test_the_list_counts_the_people_of_this_organisation(coordinator, organisation, module):
    shipped = make_programme(module)
    for house in [organisation, make_organisation(), make_organisation()]:
        make_assignment(make_worker(make_team(house)), rule=make_rule(house, shipped))
    [row] = coordinator.get(url("programmes", organisation)).context["shipped"]
    assert (row.people, row.modules, row.refreshers) == (1, 1, 1)


def test_a_list_without_anything_says_what_to_do(coordinator, organisation):
    assert url("add_programme", organisation) in shown(
        coordinator.get(url("programmes", organisation))
    )


def test_a_programme_is_written_in_one_go(coordinator, organisation, module):
    second = make_module("Doorvragen")
    sent = written(
        module,
        **{
            f"begin-{module.public_id}": "2",
            f"begin-{second.public_id}": "1",
            f"herhaal-{second.public_id}": "5",
            "active_months": "24",
            "ladder_before": "7",
            "ladder_after": "",
            "manager_after_days": "",
        },
    )
    for _click in range(2):
        response = coordinator.post(url("add_programme", organisation), sent)
    made = Programme.objects.get()
    assert response.url == url("programme", organisation, made)
    listed = {
        path.kind: [entry.module.title for entry in path.entries.all()] for path in made.paths.all()
    }
    assert listed == {
        "onboarding": ["Doorvragen", "Het gesprek openen"],
        "refresher": ["Doorvragen"],
    }
    terms = PolicyTerms.objects.get()
    assert (terms.active_months, terms.ladder, terms.manager_after_days) == (24, [-7], None)
    assert terms.starts_on == TODAY


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"title": ""}, "#id_title"),
        ({"active_months": "0"}, "#id_active_months"),
        ({"active_months": "121"}, "#id_active_months"),
        ({"active_months": "9" * 400}, "#id_active_months"),
        ({"window_months": "13"}, "#id_window_months"),
        ({"window_months": "12"}, "#id_window_months"),  # as long as it is valid
        ({"grace_days": "3661"}, "#id_grace_days"),
        ({"grace_days": "veel"}, "#id_grace_days"),
        ({"minimum_months": "-1"}, "#id_minimum_months"),
        ({"leave_return_days": ""}, "#id_leave_return_days"),
        ({"basis": "maan"}, "#id_basis"),
        ({"ladder_before": "dertig"}, "#id_ladder_before"),
        ({"ladder_before": "366"}, "#id_ladder_before"),
        ({"ladder_after": "0"}, "#id_ladder_after"),
        ({"ladder_after": "²"}, "#id_ladder_after"),
        ({"ladder_before": ",".join(map(str, range(11)))}, "#id_ladder_before"),
        ({"manager_after_days": "40"}, "#id_focal_person_after_days"),
    ],
)
def test_what_makes_no_sense_is_told_beside_its_field(
    coordinator, organisation, module, wrong, told
):
    page = shown(coordinator.post(url("add_programme", organisation), written(module, **wrong)))
    assert f'href="{told}' in page
    assert not Programme.objects.exists()


def test_working_out_the_examples_saves_nothing(coordinator, organisation, module):
    sent = written(module, active_months="24", recalculate="1")
    page = shown(coordinator.post(url("add_programme", organisation), sent))
    assert "15 oktober 2028" in page  # two years after the 15th, four months from now
    assert not Programme.objects.exists()


def test_modules_need_a_place_each(coordinator, organisation, module):
    second = make_module("Doorvragen")
    none = written(module, **{f"begin-{module.public_id}": ""})
    twice = written(module, **{f"begin-{second.public_id}": "1"})
    for sent in [none, twice]:
        shown(coordinator.post(url("add_programme", organisation), sent))
    assert not Programme.objects.exists()


def test_unpublished_modules_are_not_offered(coordinator, organisation, own):
    make_module("Nog geen versie", versions=0)
    offline = make_module("Van de site gehaald")
    offline.live = False
    offline.save(update_fields=["live"])
    page = shown(coordinator.get(url("add_path", organisation, own)))
    assert "Het gesprek openen" in page
    assert "Nog geen versie" not in page
    assert "Van de site gehaald" not in page


def test_a_title_that_is_taken_is_told_at_the_title(coordinator, organisation, own, module):
    sent = written(module, title=own.title.upper())
    assert "#id_title" in shown(coordinator.post(url("add_programme", organisation), sent))


def test_the_programme_shows_minutes_and_scenarios(coordinator, organisation, own):
    page = shown(coordinator.get(url("programme", organisation, own)))
    scenario = make_content().steps[2].scenario.title
    assert scenario in page
    assert "10 minuten" in page
    assert own.reason in page


def test_the_page_warns_for_what_is_met_again_too_soon(coordinator, organisation, own):
    found = coordinator.get(url("programme", organisation, own)).context["repetition"]
    assert (found.again.after_months, found.paths_needed) == (12, 3)


def test_the_page_warns_for_two_paths_with_one_scenario(coordinator, organisation, module):
    both = make_programme(
        module, organisation=organisation, refreshers=[[module], [make_module("Tweede")]]
    )
    response = coordinator.get(url("programme", organisation, both))
    [(pair, titles)] = response.context["repetition"].shared
    assert (pair.first, pair.second) == (1, 2)
    assert titles[0] in shown(response)


def test_changing_a_path_keeps_the_numbers_that_were_typed(coordinator, organisation, own, module):
    [path] = own.paths.filter(kind=PathKind.REFRESHER)
    address = url("change_path", organisation, own, path)
    assert coordinator.get(address).context["form"][module.public_id].value() == 1
    other = make_module("Doorvragen")
    sent = {module.public_id: "20", other.public_id: "10"}
    assert coordinator.post(address, sent).url == url("programme", organisation, own)
    new = own.paths.get(kind=PathKind.REFRESHER, retired_at=None)
    assert [entry.module for entry in new.entries.all()] == [other, module]
    assert coordinator.get(address).status_code == 404  # it was replaced


def test_a_module_that_is_gone_is_said_before_the_path_is_saved(coordinator, organisation, own):
    gone = make_module("Verdwenen")
    [path] = own.paths.filter(kind=PathKind.REFRESHER)
    coordinator.post(url("change_path", organisation, own, path), {gone.public_id: "1"})
    gone.live = False
    gone.save(update_fields=["live"])
    path = own.paths.get(kind=PathKind.REFRESHER, retired_at=None)
    assert "Verdwenen" in shown(coordinator.get(url("change_path", organisation, own, path)))


def test_a_path_is_added_and_taken_away_again(coordinator, organisation, own):
    other = make_module("Doorvragen")
    coordinator.post(url("add_path", organisation, own), {other.public_id: "1"})
    added = own.paths.get(kind=PathKind.REFRESHER, number=2)
    address = url("retire_path", organisation, own, added)
    shown(coordinator.get(address))
    coordinator.post(address)
    added.refresh_from_db()
    assert added.retired_at is not None
    assert coordinator.get(address).status_code == 302


def test_the_last_path_is_refused_in_words(coordinator, organisation, own):
    [last] = own.paths.filter(kind=PathKind.REFRESHER)
    page = coordinator.post(url("retire_path", organisation, own, last), follow=True)
    assert "notice--overdue" in shown(page)
    assert own.paths.filter(kind=PathKind.REFRESHER, retired_at=None).exists()


def test_the_same_path_twice_is_refused_in_words(coordinator, organisation, own, module):
    page = shown(coordinator.post(url("add_path", organisation, own), {module.public_id: "1"}))
    assert "error-summary" in page
    assert own.paths.count() == 2


def test_title_and_reason_are_changed(coordinator, organisation, own):
    address = url("change_programme", organisation, own)
    shown(coordinator.get(address))
    coordinator.post(address, {"title": "Anders", "reason": "Daarom."})
    own.refresh_from_db()
    assert (own.title, own.reason) == ("Anders", "Daarom.")


def test_a_shipped_programme_is_read_only_and_can_be_copied(coordinator, organisation, module):
    shipped = make_programme(module)
    page = shown(coordinator.get(url("programme", organisation, shipped)))
    assert url("copy_programme", organisation, shipped) in page
    assert url("change_programme", organisation, shipped) not in page
    [path] = shipped.paths.filter(kind=PathKind.REFRESHER)
    for address in [
        url("change_programme", organisation, shipped),
        url("add_path", organisation, shipped),
        url("change_path", organisation, shipped, path),
        url("retire_path", organisation, shipped, path),
        url("change_policy", organisation, shipped),
    ]:
        assert coordinator.get(address).status_code == 404
        assert coordinator.post(address, NUMBERS).status_code == 404
    address = url("copy_programme", organisation, shipped)
    shown(coordinator.get(address))
    for _click in range(2):
        coordinator.post(address, {"title": "Van ons"})
    assert organisation.programmes.get().title == "Van ons"


def test_the_administrator_keeps_the_terms_of_shipped_programmes(client, organisation, module):
    shipped = make_programme(module)
    client.force_login(make_administrator())
    assert client.get(url("change_policy", organisation, shipped)).status_code == 200
    assert client.get(url("change_programme", organisation, shipped)).status_code == 404


def test_another_organisations_programme_does_not_exist(coordinator, organisation):
    far = make_programme(organisation=make_organisation())
    [path] = far.paths.filter(kind=PathKind.REFRESHER)
    names = ["programme", "change_programme", "copy_programme", "add_path", "policy"]
    addresses = [url(name, organisation, far) for name in [*names, "change_policy"]]
    addresses += [url(name, organisation, far, path) for name in ["change_path", "retire_path"]]
    for address in addresses:
        assert coordinator.get(address).status_code == 404


def test_a_path_of_another_programme_does_not_exist(coordinator, organisation, own, module):
    other = make_programme(module, organisation=organisation)
    [path] = other.paths.filter(kind=PathKind.REFRESHER)
    for name in ["change_path", "retire_path"]:
        assert coordinator.get(url(name, organisation, own, path)).status_code == 404


def test_for_others_it_is_not_there(client, organisation, own):
    team = make_team(organisation)
    for person in [make_coordinator(make_organisation()), make_manager(team), make_worker(team)]:
        client.force_login(person)
        for address in [url("programmes", organisation), url("programme", organisation, own)]:
            assert client.get(address).status_code == 404


@pytest.mark.parametrize("name", ["programmes", "programme", "policy", "add_path"])
def test_queries_do_not_grow(
    coordinator, organisation, own, django_assert_num_queries, name, django_assert_max_num_queries
):
    things = [organisation] if name == "programmes" else [organisation, own]

    def queries():
        with django_assert_max_num_queries(100) as counted:
            coordinator.get(url(name, *things))
        return len(counted)

    def more(number):
        for place in range(number):
            module = make_module(f"Module {place}")
            make_version(module)
            path = own.paths.create(kind="refresher", number=50 + own.paths.count())
            path.entries.create(module=module, position=1)
            make_programme(module, organisation=organisation)
            make_programme(module)

    more(2)
    queries()
    few = queries()
    more(20)
    assert queries() == few
