"""Exporting from the Wagtail admin."""

import pytest
from django.urls import reverse

from modules.models import Scenario
from modules.rules.scenario import REFERENCE
from tests.modules.h5p_scenarios import members, publish
from tests.modules.scenarios import changed, dishes

pytestmark = pytest.mark.django_db

LIST = "wagtailsnippets_modules_scenario:list"
EDIT = "wagtailsnippets_modules_scenario:edit"


def export_url(scenario):
    return reverse("scenario_h5p", args=[scenario.pk])


def test_an_editor_downloads_what_is_published(client, editor):
    scenario = publish(dishes())
    client.force_login(editor)
    answer = client.get(export_url(scenario))
    assert answer["Content-Disposition"] == 'attachment; filename="afwas.h5p"'
    assert "h5p.json" in members(answer.content)


def test_the_button_is_in_the_list_and_on_the_edit_page(client, editor):
    scenario = publish(dishes())
    client.force_login(editor)
    for url in [reverse(LIST), reverse(EDIT, args=[scenario.pk])]:
        assert export_url(scenario) in client.get(url).content.decode()


@pytest.mark.parametrize("fields", [{"live": False}, {"purpose": REFERENCE}])
def test_there_is_no_button_for_what_is_not_exported(client, editor, fields):
    scenario = publish(dishes())
    Scenario.objects.filter(pk=scenario.pk).update(**fields)
    client.force_login(editor)
    for url in [reverse(LIST), reverse(EDIT, args=[scenario.pk])]:
        assert export_url(scenario) not in client.get(url).content.decode()


def test_a_refusal_leads_back_with_the_reason(client, editor):
    scenario = publish(changed("dom", next="nergens"))
    client.force_login(editor)
    answer = client.get(export_url(scenario), follow=True)
    assert answer.redirect_chain == [(reverse(EDIT, args=[scenario.pk]), 302)]
    assert "nergens" in answer.content.decode()


def test_for_a_worker_it_is_not_there(client, worker):
    scenario = publish(dishes())
    client.force_login(worker)
    assert client.get(export_url(scenario)).status_code == 404
    client.logout()
    assert client.get(export_url(scenario)).status_code == 302


def test_it_is_not_there_for_what_does_not_exist(client, editor):
    client.force_login(editor)
    assert client.get(reverse("scenario_h5p", args=[10**6])).status_code == 404
