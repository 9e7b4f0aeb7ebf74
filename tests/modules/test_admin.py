import pytest
from django.urls import reverse
from wagtail.models import Page

from modules.models import ModuleIndexPage, Scenario
from modules.permissions import GROUP, LIBRARIES
from organisations.models import Role
from tests.factories.organisations import make_grant, make_user
from tests.modules.admin_forms import module_form, scenario_form

pytestmark = pytest.mark.django_db


def edit_url(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def scenario_url(name, scenario):
    return reverse(f"wagtailsnippets_modules_scenario:{name}", args=[scenario.pk])


@pytest.fixture
def pages(module):
    scenario = Scenario.objects.get()
    return [
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_explore", args=[ModuleIndexPage.objects.get().pk]),
        edit_url(module),
        reverse("wagtailadmin_pages:history", args=[module.pk]),
        reverse("wagtailadmin_pages:view_draft", args=[module.pk]),
        reverse("wagtailsnippets_modules_scenario:list"),
        scenario_url("edit", scenario),
        scenario_url("history", scenario),
        reverse("wagtailsnippets_modules_competency:list"),
        reverse("wagtailimages:index"),
    ]


def test_an_editor_comes_everywhere_that_editing_needs(client, editor, pages):
    client.force_login(editor)
    for url in pages:
        assert client.get(url).status_code == 200, url


def test_the_admin_bears_our_name(client, editor):
    client.force_login(editor)
    html = client.get(reverse("wagtailadmin_home")).content.decode()
    title = " ".join(html.split("<title>")[1].split("</title>")[0].split())
    assert title.endswith("- Opmerkzaam")
    assert "Wagtail" not in title


def test_for_a_worker_the_admin_is_not_there(client, worker, pages):
    client.force_login(worker)
    for url in pages:
        assert client.get(url).status_code == 404, url


def test_who_decides_about_libraries_comes_there_and_nowhere_else(client, pages):
    user = make_user()
    make_grant(Role.LIBRARIES, user)
    client.force_login(user)
    home, *others = pages
    assert client.get(home).status_code in {200, 302}
    for url in others:
        assert client.get(url).status_code == 404, url
    assert {group.name for group in user.groups.all()} == {LIBRARIES}


@pytest.mark.parametrize("role", [Role.RESEARCHER])
def test_for_another_role_the_admin_is_not_there(client, role, pages):
    user = make_user()
    make_grant(role, user)
    client.force_login(user)
    assert {client.get(url).status_code for url in pages} == {404}


def test_an_administrator_edits_too(client, pages):
    user = make_user()
    make_grant(Role.ADMINISTRATOR, user)
    client.force_login(user)
    assert {client.get(url).status_code for url in pages} == {200}


def test_somebody_who_is_not_signed_in_is_sent_to_sign_in(client, pages):
    for url in pages:
        response = client.get(url)
        assert response.status_code == 302
        assert response.url.startswith(reverse("wagtailadmin_login"))


def test_a_role_that_ended_ends_in_wagtail_too(client, editor, pages):
    client.force_login(editor)
    client.get(pages[0])
    assert editor.groups.filter(name=GROUP).exists()
    grant = editor.role_grants.get()
    grant.ends_before = grant.starts_on.replace(year=grant.starts_on.year + 1)
    grant.save()
    assert client.get(pages[0]).status_code == 404
    assert not editor.groups.filter(name=GROUP).exists()


def test_people_and_groups_are_not_kept_in_wagtail(admin_client):
    for name in ["wagtailusers_users:index", "wagtailusers_groups:index"]:
        assert admin_client.get(reverse(name)).status_code == 404


def test_an_editor_makes_no_pages_outside_the_modules(client, editor, module):
    client.force_login(editor)
    root = Page.get_first_root_node()
    url = reverse("wagtailadmin_pages:add", args=["modules", "moduleindexpage", root.pk])
    assert client.get(url).status_code in {302, 403, 404}


def test_publishing_makes_a_version_by_the_editor(client, editor, module):
    client.force_login(editor)
    data = module_form(module, summary="Nieuw.", **{"action-publish": "1"})
    response = client.post(edit_url(module), data)
    assert response.status_code == 302, response.context["form"].errors
    version = module.current_version
    assert (version.number, version.published_by) == (2, editor)
    assert version.parsed.summary == "Nieuw."


def test_ids_survive_an_edit(client, editor, module):
    client.force_login(editor)
    before = module.current_version.parsed
    client.post(edit_url(module), module_form(module, summary="x", **{"action-publish": "1"}))
    after = module.current_version.parsed
    assert [step.id for step in after.steps] == [step.id for step in before.steps]
    assert after.steps[2].scenario == before.steps[2].scenario
    assert [item.id for item in after.steps[3].items] == [i.id for i in before.steps[3].items]
    first, again = before.steps[3].items[0], after.steps[3].items[0]
    assert [option.id for option in again.options] == [option.id for option in first.options]


def without_right_answer(module, **more):
    data = module_form(module, **more)
    for key in [key for key in data if key.startswith("steps-3") and key.endswith("-is_correct")]:
        del data[key]
    return data


def test_publishing_a_faulty_module_is_refused_in_plain_words(client, editor, module):
    client.force_login(editor)
    data = without_right_answer(module, **{"action-publish": "1"})
    response = client.post(edit_url(module), data)
    assert response.status_code == 200
    assert "Stap 4" in response.content.decode()
    assert module.current_version.number == 1


def test_a_faulty_draft_is_kept(client, editor, module):
    client.force_login(editor)
    response = client.post(edit_url(module), without_right_answer(module))
    assert response.status_code == 302
    assert module.current_version.number == 1
    draft = type(module).objects.get().get_latest_revision_as_object()
    options = draft.steps[3].value["items"][0]["options"]
    assert not any(option["is_correct"] for option in options)


def test_reviewed_needs_a_role_and_a_day(client, editor, module):
    client.force_login(editor)
    data = module_form(module, review_status="reviewed", **{"action-publish": "1"})
    response = client.post(edit_url(module), data)
    assert response.status_code == 200
    assert "review_status" in response.context["form"].errors


def test_publishing_a_faulty_scenario_is_refused_with_the_moment_named(client, editor, module):
    client.force_login(editor)
    scenario = Scenario.objects.get()
    data = scenario_form(scenario, **{"nodes-1-value-next": "nergens", "action-publish": "1"})
    response = client.post(scenario_url("edit", scenario), data)
    assert response.status_code == 200
    html = response.content.decode()
    assert "‘noor-begint’ gaat door naar ‘nergens’" in html
    assert module.current_version.number == 1


def test_publishing_with_an_empty_field_names_the_moment_too(client, editor, module):
    client.force_login(editor)
    scenario = Scenario.objects.get()
    empty = {"nodes-1-value-next": "", "nodes-1-value-speaker": "", "action-publish": "1"}
    response = client.post(scenario_url("edit", scenario), scenario_form(scenario, **empty))
    told = response.context["form"].non_field_errors()
    assert any("noor-begint" in fault for fault in told)
    html = response.content.decode()
    assert "‘noor-begint’ zegt niet wie er spreekt." in html
    assert module.current_version.number == 1


def test_after_wagtail_saved_a_new_one_by_itself_the_overview_is_filled_in(client, editor, module):
    client.force_login(editor)
    url = scenario_url("edit", Scenario.objects.get())
    response = client.get(url, {"_w_hydrate_create_view": "1"})
    assert response.context["overview"].moments


def test_a_faulty_draft_of_a_scenario_is_kept_and_its_faults_are_listed(client, editor, module):
    client.force_login(editor)
    scenario = Scenario.objects.get()
    url = scenario_url("edit", scenario)
    assert client.post(url, scenario_form(scenario, **{"nodes-1-value-next": "nergens"}))
    html = client.get(url).content.decode()
    assert "‘noor-begint’ gaat door naar ‘nergens’" in html
    block = Scenario.objects.get().nodes[1].id
    assert f"#block-{block}-section" in html


def test_publishing_a_scenario_makes_a_version_of_the_module(client, editor, module):
    client.force_login(editor)
    scenario = Scenario.objects.get()
    data = scenario_form(scenario, title="Aan het aanrecht", **{"action-publish": "1"})
    response = client.post(scenario_url("edit", scenario), data)
    assert response.status_code == 302, response.context["form"].errors
    assert module.current_version.parsed.steps[2].scenario.title == "Aan het aanrecht"
    assert module.current_version.published_by == editor


def test_preview_shows_the_module_written_out(client, editor, module):
    client.force_login(editor)
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[module.pk])
    data = module_form(module, summary="Zo staat het er straks.")
    assert client.post(url, data).json() == {"is_valid": True, "is_available": True}
    response = client.get(url)
    html = response.content.decode()
    assert response.status_code == 200
    assert "Zo staat het er straks." in html
    assert "Waarom een gesprek vaak onverwacht begint" in html
    assert "Dat is walgelijk" in html
    assert "++ " in html
    assert html.count("choice--right") == 5
    assert module.current_version.number == 1


def test_preview_of_a_faulty_scenario_names_the_faults_and_draws_the_roads(client, editor, module):
    client.force_login(editor)
    scenario = Scenario.objects.get()
    url = scenario_url("preview_on_edit", scenario)
    data = scenario_form(scenario, **{"nodes-1-value-next": "nergens"})
    assert client.post(url, data).json()["is_valid"]
    html = client.get(url).content.decode()
    assert "‘noor-begint’ gaat door naar ‘nergens’" in html
    assert "<svg" in html


def test_preview_is_not_there_for_a_worker(client, worker, module):
    client.force_login(worker)
    for url in [
        reverse("wagtailadmin_pages:preview_on_edit", args=[module.pk]),
        scenario_url("preview_on_edit", Scenario.objects.get()),
    ]:
        assert client.get(url).status_code == 404


def test_the_editor_sees_which_version_learners_get(client, editor, module):
    client.force_login(editor)
    assert "versie 1" in client.get(edit_url(module)).content.decode()


def test_a_module_with_versions_cannot_be_deleted(client, editor, module):
    client.force_login(editor)
    client.post(reverse("wagtailadmin_pages:delete", args=[module.pk]))
    assert type(module).objects.filter(pk=module.pk).exists()
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    client.post(f"{bulk}?id={module.pk}")
    assert type(module).objects.filter(pk=module.pk).exists()


def test_a_copy_is_a_module_of_its_own(client, editor, module):
    copy = module.copy(update_attrs={"title": "Kopie", "slug": "kopie"}, user=editor)
    assert copy.public_id != module.public_id
    copy.get_latest_revision().publish()
    copy.refresh_from_db()
    assert copy.public_id != module.public_id


def test_scripts_stay_strict_in_the_admin_and_styles_are_relaxed_there_alone(
    client, editor, module
):
    client.force_login(editor)
    policy = client.get(edit_url(module))["Content-Security-Policy"]
    assert "style-src 'self' 'unsafe-inline'" in policy
    assert "script-src 'self';" in f"{policy};"
    assert "unsafe-inline" not in client.get(reverse("support"))["Content-Security-Policy"]


@pytest.mark.parametrize("name", ["copy", "move"])
def test_the_chooser_of_a_parent_starts_without_an_inline_script(client, editor, module, name):
    client.force_login(editor)
    html = client.get(reverse(f"wagtailadmin_pages:{name}", args=[module.pk])).content.decode()
    assert "<script>" not in html
    assert 'data-chooser-class="PageChooser" data-field="id_new_parent_page"' in html
    assert "modules/admin-choosers.js" in html


def test_modules_have_no_page_of_their_own(module):
    assert module.get_url() is None
