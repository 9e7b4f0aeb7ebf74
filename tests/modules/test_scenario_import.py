import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import ModelLogEntry

from modules.models import Competency, Scenario
from modules.scenario_text import read, write
from organisations.models import Role
from tests.factories.organisations import make_grant, make_user
from tests.modules.texts import TEXT, changed

pytestmark = pytest.mark.django_db
PAGE = "/admin/scenario-text/"


@pytest.fixture
def admin(client, editor):
    Competency.objects.bulk_create([Competency(code="C3"), Competency(code="C4")])
    client.force_login(editor)
    return client


def look(admin, text, **more):
    return admin.post(PAGE, {"text": text, "check": "1", **more})


def save(admin, text, seen=None):
    """As the browser does after looking: the text in the field, with the line ends of a form."""
    if seen is None:
        seen = look(admin, text).context["plan"].seen
    posted = text.replace("\n", "\r\n")
    return admin.post(PAGE, {"text": posted, "save": "1", "seen": seen})


def html_of(response):
    return " ".join(response.content.decode().split())


def test_looking_changes_nothing(admin):
    response = look(admin, TEXT)
    assert "De tas" in html_of(response)
    assert response.context["plan"].can_be_saved
    assert not Scenario.objects.exists()


def test_a_new_scenario_becomes_a_draft(admin, editor):
    response = save(admin, TEXT)
    scenario = Scenario.objects.get()
    assert response.headers["Location"] == reverse(
        "wagtailsnippets_modules_scenario:edit", args=[scenario.pk]
    )
    assert (scenario.slug, scenario.live, scenario.has_unpublished_changes) == (
        "de-tas",
        False,
        True,
    )
    assert scenario.latest_revision.user == editor
    assert not scenario.faults
    [entry] = ModelLogEntry.objects.filter(object_id=str(scenario.pk))
    assert (entry.action, entry.user) == ("wagtail.create", editor)


def test_it_can_be_opened_and_published_in_wagtail(admin):
    save(admin, TEXT)
    scenario = Scenario.objects.get()
    page = admin.get(reverse("wagtailsnippets_modules_scenario:edit", args=[scenario.pk]))
    assert page.status_code == 200
    scenario.latest_revision.publish()
    assert Scenario.objects.get().live


def test_a_file_is_looked_at_and_saved_from_the_field_that_then_holds_it(admin):
    file = SimpleUploadedFile("de-tas.yaml", ("\ufeff" + TEXT).encode())
    response = admin.post(PAGE, {"file": file, "text": "", "check": "1"})
    held = response.context["form"].initial["text"]
    assert held == TEXT
    assert save(admin, held, response.context["plan"].seen).status_code == 302
    assert Scenario.objects.count() == 1


def published(admin, text=TEXT):
    save(admin, text)
    scenario = Scenario.objects.get()
    scenario.latest_revision.publish()
    scenario.refresh_from_db()
    return scenario


def test_another_text_makes_a_draft_and_leaves_what_is_published(admin, editor):
    scenario = published(admin)
    text = changed("title: De tas", "title: De rugzak").replace("Niks aan de hand.", "Niets.")
    response = look(admin, text)
    plan = response.context["plan"]
    assert (plan.is_new, plan.changes.fields, plan.changes.changed) == (
        False,
        ("title",),
        ("sem-zegt",),
    )
    assert save(admin, text).status_code == 302
    scenario.refresh_from_db()
    assert (scenario.title, scenario.live, scenario.has_unpublished_changes) == (
        "De tas",
        True,
        True,
    )
    draft = scenario.get_latest_revision_as_object()
    assert draft.title == "De rugzak"
    assert scenario.latest_revision.user == editor
    assert ModelLogEntry.objects.filter(action="wagtail.edit").count() == 1


def test_it_says_which_moments_come_and_go(admin):
    published(admin)
    text = changed("- id: einde", "- id: slot").replace("next: einde", "next: slot")
    moved = text.replace("- id: slot\n    kind: end\n    text: Tot hier.\n", "")
    moved = moved.replace("nodes:\n", "nodes:\n  - id: slot\n    kind: end\n    text: Tot hier.\n")
    changes = look(admin, moved).context["plan"].changes
    assert (changes.added, changes.gone, changes.changed) == (("slot",), ("einde",), ("terug",))
    assert not changes.is_reordered


def test_another_order_is_a_change(admin):
    published(admin)
    head, *nodes = TEXT.split("\n  - id: ")
    text = "\n  - id: ".join([head, nodes[0], nodes[2].rstrip() + "\n", nodes[1], *nodes[3:]])
    assert look(admin, text).context["plan"].changes.is_reordered


def test_the_same_text_twice_is_told_and_makes_no_revision(admin):
    published(admin)
    revisions = Scenario.objects.get().revisions.count()
    response = look(admin, TEXT)
    assert response.context["plan"].is_the_same
    assert b'name="save"' not in response.content
    assert save(admin, TEXT).status_code == 200
    assert Scenario.objects.get().revisions.count() == revisions


def test_the_same_said_in_other_words_of_yaml_is_the_same(admin):
    published(admin)
    text = TEXT.replace("purpose: practice\n", "").replace(
        "[C3, C4]", "[C3, C4]\n        consult: no"
    )
    text = text.replace("- Wees stil.", "- >-\n        Wees\n        stil.\n      - ''")
    assert look(admin, text.replace("start: gang", "start: 'gang'")).context["plan"].is_the_same


def test_what_was_downloaded_is_the_same_text(admin):
    scenario = published(admin)
    response = admin.get(f"{PAGE}{scenario.pk}/")
    assert response.headers["Content-Disposition"] == 'attachment; filename="de-tas.yaml"'
    text = response.content.decode()
    assert text == write(scenario)
    assert look(admin, text).context["plan"].is_the_same


def test_the_latest_draft_is_downloaded(admin):
    scenario = published(admin)
    save(admin, changed("title: De tas", "title: De rugzak"))
    assert b"title: De rugzak" in admin.get(f"{PAGE}{scenario.pk}/").content


def test_moments_that_were_there_keep_their_blocks(admin):
    scenario = published(admin)
    blocks = [dict(block) for block in scenario.nodes.get_prep_value()]
    for block in blocks:
        block["id"] = f"eigen-{block['value']['name']}"
    scenario.nodes = json.dumps(blocks)
    scenario.save_revision()
    save(admin, changed("text: Niks aan de hand.", "text: Niets."))
    draft = Scenario.objects.get().get_latest_revision_as_object()
    assert [block.id for block in draft.nodes] == [f"eigen-{b.value['name']}" for b in draft.nodes]


def test_a_text_with_a_problem_is_shown_at_its_lines_and_not_saved(admin):
    text = changed("kind: decision", "kind: dicision")
    response = look(admin, text)
    html = html_of(response)
    line = text[: text.index("dicision")].count("\n") + 1
    assert f'<span class="told__number">{line}</span><code> kind: dicision</code>' in html
    assert "decision" in html
    assert b'name="save"' not in response.content
    assert save(admin, text, response.context["plan"].seen).status_code == 200
    assert not Scenario.objects.exists()


def test_a_faulty_scenario_is_told_and_can_be_a_draft(admin):
    text = changed("        why: U vult niets in.\n", "")
    response = look(admin, text)
    assert b'name="save"' in response.content
    assert response.context["faults"]
    assert save(admin, text).status_code == 302
    assert Scenario.objects.get().get_latest_revision_as_object().faults


def test_a_text_without_speaker_title_or_moment_names_can_still_not_break_the_draft(admin):
    assert save(admin, changed("    speaker: Sem\n", "")).status_code == 302
    for broken in [changed("title: De tas", "title: ''"), changed("- id: gang", "- id: ''")]:
        assert save(admin, broken).status_code == 200


def test_another_text_than_was_looked_at_is_shown_first(admin):
    seen = look(admin, TEXT).context["plan"].seen
    response = save(admin, changed("title: De tas", "title: Anders"), seen)
    assert response.status_code == 200
    assert not Scenario.objects.exists()


def test_a_scenario_that_changed_meanwhile_is_shown_first(admin):
    scenario = published(admin)
    text = changed("title: De tas", "title: Van mij")
    seen = look(admin, text).context["plan"].seen
    scenario.title = "Van een collega"
    scenario.save_revision()
    assert save(admin, text, seen).status_code == 200
    assert Scenario.objects.get().get_latest_revision_as_object().title == "Van een collega"


def test_a_locked_scenario_is_left_alone(admin, client):
    scenario = published(admin)
    scenario.locked = True
    scenario.locked_by = make_user("collega@care.example")
    scenario.save()
    response = look(admin, changed("title: De tas", "title: Anders"))
    assert "vergrendeld" in html_of(response)
    assert b'name="save"' not in response.content
    assert save(admin, changed("title: De tas", "title: Anders")).status_code == 200
    assert Scenario.objects.get().get_latest_revision_as_object().title == "De tas"


@pytest.mark.parametrize(
    "file",
    [b"", b"\x00\x01", b"\xff\xfe\x00", b"a" * 500_002, b"title: [", b"nodes: *a"],
    ids=["empty", "binary", "utf-16", "large", "broken", "alias"],
)
def test_a_strange_file_is_told_what_is_wrong(admin, file):
    response = admin.post(PAGE, {"file": SimpleUploadedFile("x.yaml", file), "check": "1"})
    assert response.status_code == 200
    assert not Scenario.objects.exists()
    assert b'name="save"' not in response.content


@pytest.mark.parametrize("posted", [{}, {"text": ""}, {"text": "a\x00b"}, {"save": "1"}])
def test_nothing_to_look_at_is_asked_again(admin, posted):
    response = admin.post(PAGE, posted)
    assert response.status_code == 200
    assert response.context["plan"] is None


def test_many_problems_are_cut_short(admin):
    text = TEXT + "".join(f"onbekend-{n}: x\n" for n in range(60))
    response = look(admin, text)
    assert response.context["more_problems"] == 20


def test_the_text_is_shown_as_text_and_never_as_html(admin):
    response = look(admin, changed("title: De tas", "title: [<script>x</script>]"))
    assert b"<script>x" not in response.content


def test_the_list_and_the_scenario_lead_to_it(admin):
    scenario = published(admin)
    urls = [reverse("wagtailsnippets_modules_scenario:list")]
    urls += [reverse("wagtailsnippets_modules_scenario:edit", args=[scenario.pk])]
    for url in urls:
        html = html_of(admin.get(url))
        assert f'href="{PAGE}"' in html
        assert f'href="{PAGE}{scenario.pk}/"' in html


@pytest.mark.parametrize("role", [None, Role.RESEARCHER])
def test_for_others_it_is_not_there(client, role):
    scenario = Scenario.objects.create(slug="x", title="X", nodes="[]")
    user = make_user("iemand@care.example")
    if role:
        make_grant(role, user)
    client.force_login(user)
    for url in [PAGE, f"{PAGE}{scenario.pk}/"]:
        assert client.get(url).status_code == 404
    assert client.post(PAGE, {"text": TEXT, "check": "1"}).status_code == 404


def test_a_round_through_the_page_keeps_the_ids_of_choices(admin):
    scenario = published(admin)
    text = write(scenario).replace("Niks aan de hand.", "Niets.")
    assert read(text).is_sound
    save(admin, text)
    draft = Scenario.objects.get().get_latest_revision_as_object()
    assert choice_ids(draft) == choice_ids(scenario)


def choice_ids(scenario):
    [decision] = [block for block in scenario.nodes if block.block_type == "decision"]
    return [child.id for child in decision.value["choices"].bound_blocks]
