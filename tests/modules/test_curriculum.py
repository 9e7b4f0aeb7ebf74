from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from wagtail.models import Page, Site

from modules.curriculum import load, reading
from modules.curriculum.markup import to_html
from modules.models import Competency, ModuleIndexPage, ModulePage, ModuleVersion, Scenario
from tests.modules.conftest import AT

pytestmark = pytest.mark.django_db


def test_the_shipped_module_is_whole(module):
    version = module.current_version
    content = version.parsed
    assert (version.number, version.published_at, version.published_by) == (1, AT, None)
    assert content.title == "Het gesprek openen"
    assert [step.kind for step in content.steps] == [
        "self_rating",
        "explanation",
        "scenario",
        "knowledge_check",
        "reflection",
        "references",
        "self_rating",
    ]
    assert [step.occasion for step in content.steps if step.occasion] == ["before", "after"]
    assert len(content.steps[3].items) == 5
    story = content.steps[2].scenario
    assert story.title == "Tijdens de afwas"
    assert len([node for node in story.nodes if node.kind == "decision"]) == 2
    assert not content.review.is_reviewed
    assert "<b>Wat helpt</b>" in content.steps[1].html


def test_loading_twice_makes_nothing_new(module):
    before = [ModulePage.objects.get(), Scenario.objects.get()]
    revisions = [thing.revisions.count() for thing in before]
    assert load(AT + timedelta(days=1)) == module
    assert ModuleVersion.objects.count() == 1
    assert Competency.objects.count() == 8
    assert ModuleIndexPage.objects.count() == 1
    after = [ModulePage.objects.get(), Scenario.objects.get()]
    assert [thing.revisions.count() for thing in after] == revisions


def test_the_welcome_page_makes_way(module):
    assert not Page.objects.filter(title__startswith="Welcome").exists()
    assert Site.objects.get().root_page.specific == ModuleIndexPage.objects.get()


def changed_file(monkeypatch, change):
    read = reading.read

    def read_changed(name):
        data = read(name)
        if name == "het-gesprek-openen":
            change(data)
        return data

    monkeypatch.setattr(reading, "read", read_changed)


def test_a_changed_file_makes_a_new_version_with_the_same_ids(module, monkeypatch):
    changed_file(monkeypatch, lambda data: data["steps"][1].update(title="Anders"))
    page = load(AT + timedelta(days=1))
    first, second = ModuleVersion.objects.filter(module=page)
    assert second.number == 2
    assert second.parsed.steps[1].title == "Anders"
    assert [step.id for step in first.parsed.steps] == [step.id for step in second.parsed.steps]
    assert first.parsed.steps[3] == second.parsed.steps[3]


def test_what_an_editor_changed_is_never_overwritten(module, monkeypatch):
    module.summary = "Van de redactie."
    module.save_revision()  # a draft, not even published
    changed_file(monkeypatch, lambda data: data["steps"][1].update(title="Anders"))
    page = load(AT + timedelta(days=1))
    assert page.get_latest_revision_as_object().summary == "Van de redactie."
    assert ModuleVersion.objects.count() == 1


def test_a_page_of_an_editor_with_the_same_short_name_stays(db):
    from modules.curriculum.loading import module_index

    module_index().add_child(
        instance=ModulePage(title="Van ons", slug="het-gesprek-openen", summary="x", live=False)
    )
    assert load(AT).title == "Van ons"


def test_the_command_says_which_version_there_is(db):
    out = StringIO()
    call_command("load_curriculum", stdout=out)
    assert "Het gesprek openen: version 1" in out.getvalue()


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Een\nregel.", "<p>Een regel.</p>"),
        ("Een.\n\nTwee.", "<p>Een.</p><p>Twee.</p>"),
        ("- een\n- **twee**\n  vervolg", "<ul><li>een</li><li><b>twee</b> vervolg</li></ul>"),
        ("Met *nadruk* en <script>", "<p>Met <i>nadruk</i> en &lt;script&gt;</p>"),
        ("", ""),
    ],
)
def test_light_marking(text, html):
    assert to_html(text) == html
