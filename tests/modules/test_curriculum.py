import shutil
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page, Site

from modules.curriculum import load
from modules.curriculum.loading import FORMER_SCENARIO_FIELDS, _state
from modules.curriculum.markup import to_html
from modules.curriculum.place import module_index
from modules.errors import CurriculumFaulty
from modules.models import (
    Competency,
    LoadedContent,
    ModuleIndexPage,
    ModulePage,
    ModuleVersion,
    Scenario,
)
from tests.modules.conftest import AT
from tests.modules.texts import line_with

pytestmark = pytest.mark.django_db
ONE = ["het-gesprek-openen"]
MODULE, SCENARIO = "modules/het-gesprek-openen.yaml", "scenarios/tijdens-de-afwas.yaml"
LATER = AT + timedelta(days=1)


@pytest.fixture
def folder(settings, tmp_path):
    """A copy of the curriculum, to change."""
    shutil.copytree(settings.CURRICULUM_DIR, tmp_path / "curriculum")
    settings.CURRICULUM_DIR = tmp_path / "curriculum"
    return tmp_path / "curriculum/nl"


def change(folder, name, old, new):
    """Replace a piece of a file; the number of its line."""
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def load_one(at=AT):
    return load(at, only=ONE).modules[ONE[0]]


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


def test_the_ids_that_answers_are_kept_under_never_change(module):
    """As they were when the scenario still stood in the file of its module."""
    content = module.current_version.parsed
    decision = content.steps[2].scenario.node("kies-opening")
    assert content.steps[2].id == "4457d4bb-1a07-5a61-a414-97050073ef45"
    assert content.steps[3].items[0].id == "270b3e49-91dc-50b1-bf89-f756bb1a8644"
    assert decision.choices[0].id == "f6651f90-6a74-5a19-81ce-db5d54ac4709"


def test_the_whole_curriculum_is_published(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    loaded = load(AT)
    assert len(loaded.modules) == 8
    assert all(page.current_version.number == 1 for page in loaded.modules.values())
    assert all(scenario.live for scenario in loaded.scenarios.values())
    aids = [one.slug for one in loaded.scenarios.values() if one.purpose == "reference"]
    assert aids == ["beslissingsboom-melden-en-registreren"]
    assert all(scenario.note for scenario in loaded.scenarios.values())


def test_every_module_practises_one_conversation_and_checks_what_was_learnt(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    for page in load(AT).modules.values():
        steps = page.current_version.parsed.steps
        assert {"explanation", "scenario", "knowledge_check"} <= {step.kind for step in steps}
        for step in steps:
            if step.scenario:
                kinds = [node.kind for node in step.scenario.nodes]
                assert kinds.count("decision") >= 2


def test_loading_twice_makes_nothing_new(module):
    before = [ModulePage.objects.get(), Scenario.objects.get()]
    revisions = [thing.revisions.count() for thing in before]
    assert load_one(LATER) == module
    assert ModuleVersion.objects.count() == 1
    assert Competency.objects.count() == 8
    assert ModuleIndexPage.objects.count() == 1
    after = [ModulePage.objects.get(), Scenario.objects.get()]
    assert [thing.revisions.count() for thing in after] == revisions


def test_the_welcome_page_makes_way(module):
    assert not Page.objects.filter(title__startswith="Welcome").exists()
    assert Site.objects.get().root_page.specific == ModuleIndexPage.objects.get()


def test_a_changed_file_makes_a_new_version_with_the_same_ids(module, folder):
    change(folder, MODULE, "title: Waarom een gesprek vaak onverwacht begint", "title: Anders")
    page = load_one(LATER)
    first, second = ModuleVersion.objects.filter(module=page)
    assert second.number == 2
    assert second.parsed.steps[1].title == "Anders"
    assert [step.id for step in first.parsed.steps] == [step.id for step in second.parsed.steps]
    assert first.parsed.steps[3] == second.parsed.steps[3]


def test_a_changed_scenario_makes_a_new_version_of_the_module_that_uses_it(module, folder):
    change(folder, SCENARIO, "title: Tijdens de afwas", "title: Bij de afwas")
    first, second = ModuleVersion.objects.filter(module=load_one(LATER))
    assert second.parsed.steps[2].scenario.title == "Bij de afwas"
    ids = [
        [c.id for n in v.parsed.steps[2].scenario.nodes for c in n.choices] for v in (first, second)
    ]
    assert ids[0] == ids[1]


def test_a_changed_scenario_reaches_a_module_that_an_editor_keeps(module, folder):
    module.summary = "Van de redactie."
    module.save_revision().publish()
    change(folder, SCENARIO, "title: Tijdens de afwas", "title: Bij de afwas")
    version = load_one(LATER).current_version
    assert version.parsed.summary == "Van de redactie."
    assert version.parsed.steps[2].scenario.title == "Bij de afwas"


def test_what_an_editor_changed_is_never_overwritten(module, folder):
    module.summary = "Van de redactie."
    module.save_revision()  # a draft, not even published
    change(folder, MODULE, "title: Waarom een gesprek vaak onverwacht begint", "title: Anders")
    page = load_one(LATER)
    assert page.get_latest_revision_as_object().summary == "Van de redactie."
    assert ModuleVersion.objects.count() == 1


@pytest.mark.parametrize("field", ["note", "reviewed_by_role"])
def test_a_scenario_that_an_editor_changed_is_never_overwritten(module, folder, field):
    scenario = Scenario.objects.get()
    setattr(scenario, field, "Van de redactie.")
    scenario.save_revision()
    change(folder, SCENARIO, "title: Tijdens de afwas", "title: Bij de afwas")
    load_one(LATER)
    scenario.refresh_from_db()
    assert scenario.title == "Tijdens de afwas"
    assert getattr(scenario.get_latest_revision_as_object(), field) == "Van de redactie."


def as_a_former_version_left_it(scenario):
    """Without a note, and remembered by its title, start and moments."""
    scenario.note = ""
    scenario.save()
    scenario.save_revision(changed=False)
    scenario = Scenario.objects.get(pk=scenario.pk)
    LoadedContent.objects.filter(key=f"scenario/{scenario.slug}").update(
        source_hash="of a file with another form",
        written_hash=_state(scenario, FORMER_SCENARIO_FIELDS, "nodes"),
    )
    return scenario


def test_a_scenario_that_a_former_version_loaded_follows_its_file(module):
    as_a_former_version_left_it(Scenario.objects.get())
    version = load_one(LATER).current_version
    assert Scenario.objects.get().note
    assert version.parsed.steps[2].scenario.note
    revisions = Scenario.objects.get().revisions.count()
    load_one(LATER)
    assert Scenario.objects.get().revisions.count() == revisions


@pytest.mark.parametrize("field", ["note", "title"])
def test_an_editors_work_on_it_stays_all_the_same(module, field):
    scenario = as_a_former_version_left_it(Scenario.objects.get())
    setattr(scenario, field, "Van de redactie.")
    scenario.save_revision()
    load_one(LATER)
    kept = Scenario.objects.get().get_latest_revision_as_object()
    assert getattr(kept, field) == "Van de redactie."


def test_a_page_of_an_editor_with_the_same_short_name_stays(db):
    module_index().add_child(
        instance=ModulePage(title="Van ons", slug=ONE[0], summary="x", live=False)
    )
    assert load_one().title == "Van ons"


def test_a_scenario_that_an_editor_took_offline_keeps_its_module_as_it_is(module, folder):
    Scenario.objects.get().unpublish()
    change(folder, MODULE, "title: Het gesprek openen", "title: Anders")
    assert load_one(LATER).title == "Het gesprek openen"
    assert not Scenario.objects.get().live


FAULTS = [
    (MODULE, "minutes: 27", "minuten: 27", "minutes"),
    (MODULE, "minutes: 27", "minutes: veel", "veel"),
    (MODULE, "slug: het-gesprek-openen", "slug: anders", "het-gesprek-openen"),
    (MODULE, "scenario: tijdens-de-afwas", "scenario: in-de-auto", "in-de-auto"),
    (MODULE, "kind: reflection", "kind: overpeinzing", "reflection"),
    (SCENARIO, "next: noor-begint", "next: nor-begint", "noor-begint"),
    (SCENARIO, "slug: tijdens-de-afwas", "slug: afwas", "tijdens-de-afwas"),
    (SCENARIO, "title: Tijdens de afwas", "title: Noor: de afwas", "12"),
    ("competencies.yaml", "code: C1", "cod: C1", "code"),
]


@pytest.mark.parametrize(("name", "old", "new", "said"), FAULTS)
def test_a_faulty_file_is_refused_by_name_and_line_and_nothing_is_loaded(
    folder, name, old, new, said
):
    line = change(folder, name, old, new)
    with pytest.raises(CurriculumFaulty) as refusal:
        load(AT)
    told = [str(fault) for fault in refusal.value.faults]
    assert any(one.startswith(f"nl/{name}:{line}: ") and said in one for one in told)
    counts = [one.objects.count() for one in (Competency, Scenario, ModulePage, LoadedContent)]
    assert counts == [0, 0, 0, 0]


def test_a_module_that_cannot_be_published_is_refused_at_its_step(folder):
    change(folder, MODULE, "            correct: true\n", "")
    with pytest.raises(CurriculumFaulty) as refusal:
        load(AT, only=ONE)
    [fault] = refusal.value.faults
    step = line_with("kind: knowledge_check", (folder / MODULE).read_text("utf-8"))
    assert (fault.file, fault.line) == (f"nl/{MODULE}", step)
    assert not ModulePage.objects.exists()


def test_all_faulty_files_are_told_at_once(folder):
    change(folder, MODULE, "minutes: 27", "minuten: 27")
    change(folder, SCENARIO, "next: noor-begint", "next: weg")
    with pytest.raises(CurriculumFaulty) as refusal:
        load(AT)
    assert {fault.file for fault in refusal.value.faults} == {f"nl/{MODULE}", f"nl/{SCENARIO}"}


def test_the_command_says_which_version_there_is(db):
    out = StringIO()
    call_command("load_curriculum", stdout=out)
    assert "Het gesprek openen: version 1" in out.getvalue()


def test_the_command_tells_what_is_wrong_and_loads_nothing(folder):
    change(folder, SCENARIO, "next: noor-begint", "next: weg")
    with pytest.raises(CommandError, match=r"nl/scenarios/tijdens-de-afwas\.yaml:\d+: "):
        call_command("load_curriculum")
    assert not ModulePage.objects.exists()


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
