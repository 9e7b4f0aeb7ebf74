"""What an author sees and sends: the form, the previews, the hints."""

import json
import re
from html import unescape

import pytest
from django.urls import reverse

from modules.models import Scenario
from tests.modules.admin_forms import scenario_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def scenario(module, client, editor):
    client.force_login(editor)
    return Scenario.objects.get()


@pytest.fixture
def edit_url(scenario):
    return reverse("wagtailsnippets_modules_scenario:edit", args=[scenario.pk])


@pytest.fixture
def preview_url(scenario, client):
    """The preview as the edit page opens it: with what stands in the form."""
    url = reverse("wagtailsnippets_modules_scenario:preview_on_edit", args=[scenario.pk])
    assert client.post(url, scenario_form(scenario)).json()["is_valid"]
    return url


def page(client, url):
    response = client.get(url)
    assert response.status_code == 200, url
    return response.content.decode()


def draft_of(scenario):
    return Scenario.objects.get(pk=scenario.pk).get_latest_revision_as_object()


# The form


def test_a_moment_that_comes_in_without_a_name_gets_one(client, scenario, edit_url):
    changes = {"nodes-1-value-name": "", "nodes-1-value-text": "Het is laat geworden, hè?"}
    data = scenario_form(scenario, **changes)
    assert client.post(edit_url, data).status_code == 302
    speaker = scenario.nodes[1].value["speaker"].lower()
    assert draft_of(scenario).nodes[1].value["name"] == f"{speaker}-het-is-laat"


def test_two_without_a_name_get_different_ones(client, scenario, edit_url):
    empty = {}
    for number in (0, 2):
        empty |= {f"nodes-{number}-value-name": "", f"nodes-{number}-value-text": "De bel gaat."}
    client.post(edit_url, scenario_form(scenario, **empty))
    nodes = draft_of(scenario).nodes
    assert [nodes[number].value["name"] for number in (0, 2)] == ["de-bel-gaat", "de-bel-gaat-2"]


def test_a_name_that_was_given_stays(client, scenario, edit_url):
    names = [block.value["name"] for block in scenario.nodes]
    client.post(edit_url, scenario_form(scenario))
    assert [block.value["name"] for block in draft_of(scenario).nodes] == names


def test_the_pickers_hold_the_name_also_without_the_script(client, edit_url, scenario):
    html = page(client, edit_url)
    start = scenario.start
    assert f'<input type="hidden" name="start" value="{start}">' in html
    assert f'<option value="{start}" selected>{start}</option>' in html
    assert "opmerkzaam.widgets.MomentSelect" in html
    assert "modules/admin-moments.js" in html
    assert "<script>" not in html


def test_what_a_refused_form_holds_is_drawn_and_its_faults_lead_to_the_choice(
    client, scenario, edit_url
):
    decision = next(n for n, block in enumerate(scenario.nodes) if block.block_type == "decision")
    choice = scenario.nodes[decision].value["choices"].bound_blocks[1]
    field = f"nodes-{decision}-value-choices-1-value-next"
    data = scenario_form(scenario, **{field: "nergens", "action-publish": "1"})
    html = client.post(edit_url, data).content.decode()
    assert f"#block-{choice.id}-section" in html
    assert "(keuze ‘" in html
    assert '<svg width="' in html


def test_a_new_scenario_tells_how_to_begin_instead_of_what_is_wrong(client, scenario):
    html = page(client, reverse("wagtailsnippets_modules_scenario:add"))
    assert "Een leeg scenario. Zo groeit het:" in html
    assert "heeft geen einde" not in html


def test_remarks_for_colleagues_are_listed_and_lead_to_their_moment(client, scenario, edit_url):
    data = scenario_form(scenario, **{"nodes-1-value-remark": "Zou Noor dit zeggen?"})
    client.post(edit_url, data)
    html = page(client, edit_url)
    assert "Opmerkingen voor collega’s:" in html
    assert f"#block-{scenario.nodes[1].id}-section" in html


def test_saving_by_itself_renews_the_drawing(client, scenario, edit_url):
    data = scenario_form(scenario, **{"nodes-1-value-next": "nergens"})
    answer = client.post(edit_url, data, headers={"accept": "application/json"}).json()
    assert answer["success"]
    assert 'data-w-teleport-target-value="#scenario-overview"' in answer["html"]
    assert "gaat door naar ‘nergens’" in answer["html"]


# Previews


@pytest.mark.parametrize("mode", ["drawn", "written", "play"])
def test_each_preview_leads_to_the_others_and_needs_no_script(client, preview_url, mode):
    html = page(client, f"{preview_url}?mode={mode}&in_preview_panel=true")
    for other in ["drawn", "written", "play"]:
        assert f"?in_preview_panel=true&amp;mode={other}" in html
    scripts = re.findall(r"<script[^>]*>", html)
    assert all("src=" in script for script in scripts)


def test_an_unknown_mode_is_the_drawing(client, preview_url):
    assert "<svg" in page(client, f"{preview_url}?mode=anders")


def test_written_out_shows_remarks_and_a_way_to_play_from_each_moment(
    client, scenario, preview_url
):
    client.post(preview_url, scenario_form(scenario, **{"nodes-1-value-remark": "Klopt dit?"}))
    html = page(client, f"{preview_url}?mode=written")
    assert "Klopt dit?" in html
    for block in scenario.nodes:
        assert f"?mode=play&amp;at={block.value['name']}" in html


def test_remarks_are_for_colleagues_alone(client, scenario, preview_url):
    client.post(preview_url, scenario_form(scenario, **{"nodes-1-value-remark": "Klopt dit?"}))
    assert "Klopt dit?" not in page(client, f"{preview_url}?mode=play&seen=3")


def test_the_drawing_tells_roads_scores_and_hints(client, preview_url):
    html = page(client, preview_url)
    assert "Beste weg" in html
    assert "100% (6 van 6 punten)" in html
    assert "Slechtste weg" in html
    assert "Als geheel" in html


def follow(client, preview_url, html):
    """Press the one button that leads on, or make the first choice that is offered."""
    link = re.search(r'href="(\?[^"]*seen=[^"]*)#now"', html)
    if link:
        return page(client, preview_url + link[1].replace("&amp;", "&"))
    hidden = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', html)
    made = re.search(r'type="radio" name="made" value="([^"]+)"', html)
    if not made:
        return None
    query = "&".join(f"{name}={value}" for name, value in [*hidden, ("made", made[1])])
    return page(client, f"{preview_url}?{query}")


def test_a_draft_is_played_to_its_end_with_a_score(client, scenario, preview_url):
    client.post(preview_url, scenario_form(scenario, **{"nodes-0-value-text": "Nieuw begin."}))
    html = page(client, f"{preview_url}?mode=play")
    assert "Nieuw begin." in html
    assert scenario.nodes[1].value["text"][:20] not in unescape(html)
    for _turn in range(40):
        before, html = html, follow(client, preview_url, html)
        if html is None:
            break
    assert "De score van deze weg" in before
    assert re.search(r"\d+% \(\d van 6 punten\)", before)


def test_the_consequence_is_read_before_the_verdict(client, scenario, preview_url):
    decision = next(block for block in scenario.nodes if block.block_type == "decision")
    name = decision.value["name"]
    html = unescape(page(client, f"{preview_url}?mode=play&at={name}&made={name}:1&seen=2"))
    choice = decision.value["choices"][0]
    assert html.index(choice["consequence"][:30]) < html.index(f'class="tag">{choice["quality"]} ')
    assert html.index(choice["consequence"][:30]) < html.index(choice["why"][:30])


def test_playing_begins_anywhere(client, scenario, preview_url):
    last = scenario.nodes[-1].value["name"]
    html = page(client, f"{preview_url}?mode=play&at={last}")
    assert "Op deze weg was geen beslissing." in html


@pytest.mark.parametrize(
    "query", ["at=nergens", "seen=x", "seen=99999999", "made=x", "made=x:9&made=:", "made=a:-1"]
)
def test_a_strange_address_plays_what_it_can(client, preview_url, query):
    page(client, f"{preview_url}?mode=play&{query}")


def test_a_road_that_stops_says_where(client, scenario, preview_url):
    client.post(preview_url, scenario_form(scenario, **{"nodes-0-value-next": ""}))
    html = page(client, f"{preview_url}?mode=play")
    name = scenario.nodes[0].value["name"]
    assert f"na ‘{name}’ komt nog niets" in html


def test_an_empty_scenario_has_friendly_previews(client, scenario):
    url = reverse("wagtailsnippets_modules_scenario:preview_on_add")
    assert client.post(url, {"title": "Leeg", "slug": "leeg", "nodes-count": "0"}).json()[
        "is_valid"
    ]
    assert "Er is nog geen moment." in page(client, url)
    assert "Er is nog niets te spelen" in page(client, f"{url}?mode=play")


# Hints


def ask(client, body):
    url = reverse("scenario_hints")
    return client.post(url, json.dumps(body), content_type="application/json")


def test_hints_stand_for_each_text_in_its_order(client, scenario):
    told = ask(client, [["‘Waarom?’", "++"], ["‘Waarom?’", "-"], ["", ""]]).json()["hints"]
    assert told[0]["remarks"] == ["‘Waarom’ klinkt snel als een verwijt. Vraag wat, hoe of wie."]
    assert told[1] == {"figures": "1 woord, 1,0 per zin", "remarks": []}
    assert told[2] == {"figures": "", "remarks": []}


@pytest.mark.parametrize(
    "body", [{}, "tekst", [["a"]], [["a", 1]], ["ab"], [["a", ""]] * 1_001, None]
)
def test_what_no_form_sends_is_refused(client, scenario, body):
    assert ask(client, body).status_code == 400


def test_hints_ask_for_the_token_of_the_form(editor, scenario):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor)
    assert ask(strict, []).status_code == 403


def test_revisions_are_compared_in_readable_words(client, scenario, edit_url):
    decision = next(n for n, block in enumerate(scenario.nodes) if block.block_type == "decision")
    client.post(edit_url, scenario_form(scenario, title="Eerst"))
    field = f"nodes-{decision}-value-choices-0-value-text"
    client.post(edit_url, scenario_form(draft_of(scenario), **{field: "Heel iets anders."}))
    newest, before = draft_of(scenario).revisions.order_by("-pk")[:2]
    url = reverse(
        "wagtailsnippets_modules_scenario:revisions_compare",
        args=[scenario.pk, before.pk, newest.pk],
    )
    html = page(client, url)
    assert "Heel iets anders." in html
    assert html.count("(ongewijzigd)") >= len(scenario.nodes) - 1
    assert "StructValue" not in html


def test_saving_without_a_change_is_no_change_to_compare(client, scenario, edit_url):
    """A form sends line ends and empty fields otherwise than a file does."""
    changes = {
        key: value.replace("\n", "\r\n")
        for key, value in scenario_form(scenario).items()
        if isinstance(value, str)
    }
    client.post(edit_url, scenario_form(scenario, **changes))
    url = reverse(
        "wagtailsnippets_modules_scenario:revisions_compare",
        args=[scenario.pk, "earliest", "latest"],
    )
    html = page(client, url)
    assert "<dt>" not in html
    assert html.count("(ongewijzigd)") in {0, len(scenario.nodes)}


def test_a_comparison_shows_what_came_and_went(client, scenario, edit_url):
    client.post(edit_url, scenario_form(scenario, title="Eerst"))
    data = scenario_form(draft_of(scenario), **{"nodes-1-deleted": "1"})
    data["nodes-1-value-text"] = "Dit verdwijnt."
    client.post(edit_url, data)
    newest, before = (one.pk for one in scenario.revisions.order_by("-pk")[:2])
    for pair in [(before, newest), (newest, before)]:
        url = reverse(
            "wagtailsnippets_modules_scenario:revisions_compare", args=[scenario.pk, *pair]
        )
        assert scenario.nodes[1].value["text"][:20] in page(client, url)
