"""Colleagues look at each other's work, by Wagtail's own workflow."""

import json
from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse
from wagtail.models import TaskState, Workflow, WorkflowContentType, WorkflowState

from modules.models import ModuleIndexPage, Scenario
from modules.permissions import GROUP, WORKFLOW
from organisations.models import Role
from tests.factories.organisations import make_grant, make_user
from tests.modules.admin_forms import module_form, scenario_form

pytestmark = pytest.mark.django_db
SUBMIT = {"action-submit": "1"}


@pytest.fixture
def colleague(client):
    user = make_user("collega@care.example")
    make_grant(Role.EDITOR, user)
    client.force_login(user)
    client.get(reverse("wagtailadmin_home"))  # in the group from the first visit on
    return user


@pytest.fixture
def scenario(module):
    return Scenario.objects.get()


def edit_url(thing):
    if isinstance(thing, Scenario):
        return reverse("wagtailsnippets_modules_scenario:edit", args=[thing.pk])
    return reverse("wagtailadmin_pages:edit", args=[thing.pk])


def act(client, thing, action, **more):
    state = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)
    name = (
        "wagtailsnippets_modules_scenario:workflow_action"
        if isinstance(thing, Scenario)
        else "wagtailadmin_pages:workflow_action"
    )
    return client.post(
        reverse(name, args=[thing.pk, action, state.pk]), more.pop("data", {}), **more
    )


def submitted(client, editor, thing, **changes):
    client.force_login(editor)
    form = scenario_form if isinstance(thing, Scenario) else module_form
    response = client.post(edit_url(thing), form(thing, **SUBMIT, **changes))
    assert response.status_code == 302, response.context["form"].errors
    return WorkflowState.objects.get(status=WorkflowState.STATUS_IN_PROGRESS)


def test_scenarios_and_modules_have_the_workflow(module, scenario):
    assert scenario.get_workflow().name == WORKFLOW
    assert module.get_workflow().name == WORKFLOW
    task = Workflow.objects.get(name=WORKFLOW).tasks.get().specific
    assert [group.name for group in task.groups.all()] == [GROUP]


def test_a_colleague_approves_and_it_is_published(client, editor, colleague, scenario, module):
    state = submitted(client, editor, scenario, title="Aan het aanrecht")
    assert Scenario.objects.get().title != "Aan het aanrecht"
    client.force_login(colleague)
    assert "Aan het aanrecht" in client.get(reverse("wagtailadmin_home")).content.decode()
    act(client, scenario, "approve", data={"comment": "Mooi."})
    state.refresh_from_db()
    assert state.status == WorkflowState.STATUS_APPROVED
    assert Scenario.objects.get().title == "Aan het aanrecht"
    assert module.current_version.parsed.steps[2].scenario.title == "Aan het aanrecht"


def test_a_colleague_asks_for_changes_and_says_which(client, editor, colleague, scenario):
    state = submitted(client, editor, scenario, title="Nieuw")
    client.force_login(colleague)
    act(client, scenario, "reject", data={"comment": "Noor zou dit niet zeggen."})
    state.refresh_from_db()
    assert state.status == WorkflowState.STATUS_NEEDS_CHANGES
    client.force_login(editor)
    html = client.get(edit_url(scenario)).content.decode()
    assert "vraagt om wijzigingen:</strong>" in html
    assert "Noor zou dit niet zeggen." in html
    assert Scenario.objects.get().title != "Nieuw"


def test_what_is_faulty_is_not_submitted(client, editor, scenario):
    client.force_login(editor)
    data = scenario_form(scenario, **SUBMIT, **{"nodes-1-value-next": "nergens"})
    assert client.post(edit_url(scenario), data).status_code == 200
    assert not WorkflowState.objects.exists()


def test_what_became_faulty_after_it_was_submitted_is_not_approved(
    client, editor, colleague, scenario, module
):
    state = submitted(client, editor, scenario, title="Nieuw")
    client.post(edit_url(scenario), scenario_form(scenario, **{"nodes-1-value-next": "nergens"}))
    client.force_login(colleague)
    response = act(client, scenario, "approve")
    assert response.status_code == 302
    assert response.url == edit_url(scenario)
    assert "gaat door naar ‘nergens’" in client.get(response.url).content.decode()
    state.refresh_from_db()
    assert state.status == WorkflowState.STATUS_IN_PROGRESS
    assert TaskState.objects.get().status == TaskState.STATUS_IN_PROGRESS
    assert Scenario.objects.get().title != "Nieuw"
    assert module.current_version.number == 1


def test_the_dialog_of_wagtail_is_told_where_to_go(client, editor, colleague, scenario):
    submitted(client, editor, scenario)
    client.post(edit_url(scenario), scenario_form(scenario, **{"nodes-1-value-next": "nergens"}))
    client.force_login(colleague)
    response = act(client, scenario, "approve", headers={"x-requested-with": "XMLHttpRequest"})
    assert json.loads(response.content) == {"step": "success", "redirect": edit_url(scenario)}


def test_a_faulty_module_is_not_approved_either(client, editor, colleague, module):
    state = submitted(client, editor, module, summary="Nieuw.")
    client.post(edit_url(module), module_form(module, review_status="reviewed"))
    client.force_login(colleague)
    response = act(client, module, "approve")
    assert response.url == edit_url(module)
    state.refresh_from_db()
    assert state.status == WorkflowState.STATUS_IN_PROGRESS
    assert module.current_version.number == 1


def test_approving_a_module_makes_a_version(client, editor, colleague, module):
    submitted(client, editor, module, summary="Nieuw.")
    client.force_login(colleague)
    act(client, module, "approve")
    assert module.current_version.parsed.summary == "Nieuw."
    assert module.current_version.published_by == colleague


def test_editors_still_publish_by_themselves(client, editor, scenario):
    client.force_login(editor)
    data = scenario_form(scenario, title="Zo", **{"action-publish": "1"})
    assert client.post(edit_url(scenario), data).status_code == 302
    assert Scenario.objects.get().title == "Zo"


@pytest.mark.parametrize("kind", ["scenario", "module"])
def test_mails_tell_where_to_look(
    client, editor, colleague, scenario, module, kind, mailoutbox, settings
):
    settings.WAGTAILADMIN_BASE_URL = "https://opmerkzaam.example"
    thing = scenario if kind == "scenario" else module
    submitted(client, editor, thing, title="Nieuw")
    client.force_login(colleague)
    act(client, thing, "approve")
    asked, told = mailoutbox
    assert (asked.to, told.to) == ([colleague.email], [editor.email])
    for mail in mailoutbox:
        assert f"https://opmerkzaam.example{edit_url(thing)}" in mail.body
        assert "None" not in mail.subject + mail.body
        assert "Nieuw" in mail.subject


def test_the_mail_that_asks_for_changes_says_which(client, editor, colleague, scenario, mailoutbox):
    submitted(client, editor, scenario, title="Nieuw")
    client.force_login(colleague)
    act(client, scenario, "reject", data={"comment": "Noor & Sem zeggen ‘dag’."})
    mail = mailoutbox[-1]
    assert mail.to == [editor.email]
    assert "Noor & Sem zeggen ‘dag’." in mail.body
    assert mail.subject == "‘Nieuw’: wijzigingen gevraagd"


def test_reviewing_is_set_up_by_the_migration_and_not_by_editors(client, editor, scenario):
    client.force_login(editor)
    menu = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "/admin/workflows/list/" not in menu
    assert reverse("wagtailadmin_reports:workflow") in menu


def test_the_migration_goes_back_with_what_was_reviewed(client, editor, scenario, module):
    submitted(client, editor, scenario)
    migration = import_module("modules.migrations.0007_review_workflow")
    migration.remove_workflow(apps, None)
    assert not Workflow.objects.filter(name=WORKFLOW).exists()
    assert not WorkflowContentType.objects.exists()
    assert not WorkflowState.objects.exists()
    assert Scenario.objects.get().get_workflow() is None
    migration.make_workflow(apps, None)
    assert Scenario.objects.get().get_workflow().name == WORKFLOW
    assert ModuleIndexPage.objects.get().get_workflow().name == WORKFLOW
