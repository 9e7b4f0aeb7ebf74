"""`manage.py export_scenario`, and the package that it writes."""

import json
from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import call_command

from modules.h5p import library
from modules.h5p.export import REASONS, export_of
from modules.h5p.semantics import problems
from modules.models import Competency, Scenario
from modules.rules.scenario import REFERENCE, Node
from tests.modules.h5p_scenarios import ODD, members, odd_story, picture, publish, recording
from tests.modules.scenarios import changed, dishes

pytestmark = [  # Wagtail leaves a temporary file open when it makes a rendition
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

FOLDER = "Opmerkzaam.Gesprek-1.1"


@pytest.fixture(autouse=True)
def media(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def out(tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    return folder / "afwas.h5p"


def export(slug, out, *more):
    call_command("export_scenario", slug, str(out), *more, stdout=StringIO())


def assert_refused(slug, out, *words):
    """Exit 1, words on standard error, and not a byte written."""
    before = sorted((path.name, path.read_bytes()) for path in out.parent.iterdir())
    told = StringIO()
    with pytest.raises(SystemExit) as stop:
        call_command("export_scenario", slug, str(out), stderr=told, stdout=StringIO())
    assert stop.value.code == 1
    for word in words:
        assert word in told.getvalue()
    assert sorted((path.name, path.read_bytes()) for path in out.parent.iterdir()) == before


def content(package):
    return json.loads(members(package)["content/content.json"])


def test_the_package_holds_a_description_the_content_and_our_library(out):
    publish(dishes())
    export("afwas", out)
    found = members(out.read_bytes())
    assert {"h5p.json", "content/content.json", f"{FOLDER}/library.json"} <= set(found)
    assert {name for name in found if name.startswith(FOLDER)} == set(library.files())
    described = json.loads(found["h5p.json"])
    assert described["title"] == "Tijdens de afwas"
    assert described["mainLibrary"] == "Opmerkzaam.Gesprek"
    assert described["preloadedDependencies"] == [
        {"machineName": "Opmerkzaam.Gesprek", "majorVersion": 1, "minorVersion": 1}
    ]
    assert oct(out.stat().st_mode)[-3:] == "644"


def test_everything_that_the_library_names_is_in_it():
    described = library.described()
    for one in [*described["preloadedJs"], *described["preloadedCss"]]:
        assert f"{FOLDER}/{one['path']}" in library.files()


def test_the_content_fits_its_fields(out):
    publish(odd_story())
    export("afwas", out)
    assert list(problems(content(out.read_bytes()), library.semantics())) == []


def test_the_same_scenario_gives_the_same_bytes(out):
    publish(dishes())
    export("afwas", out)
    first = out.read_bytes()
    export("afwas", out)
    assert out.read_bytes() == first


def test_texts_are_escaped_once(out):
    publish(odd_story())
    export("afwas", out)
    text = content(out.read_bytes())["nodes"][0]["text"]
    assert text == ODD.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def test_what_is_live_is_exported_not_the_draft(out):
    scenario = publish(dishes())
    draft = scenario.get_latest_revision_as_object()
    draft.title = "Nog niet af"
    draft.save_revision()
    export("afwas", out)
    assert json.loads(members(out.read_bytes())["h5p.json"])["title"] == "Tijdens de afwas"


def test_a_faulty_draft_does_not_stand_in_the_way(out):
    scenario = publish(dishes())
    draft = scenario.get_latest_revision_as_object()
    draft.start = "weg"
    draft.save_revision()
    export("afwas", out)
    assert content(out.read_bytes())["start"] == "keuken"


def test_competencies_that_are_asked_get_their_names(out):
    publish(dishes())
    Competency.objects.create(code="C3", name_nl="Gesprek & meer", name_en="Conversation")
    Competency.objects.create(code="C5", name_nl="Iets anders", name_en="Something else")
    export("afwas", out)
    assert content(out.read_bytes())["competencies"] == [
        {"code": "C3", "name": "Gesprek &amp; meer"}
    ]


def test_buttons_can_be_in_english(out):
    publish(dishes())
    export("afwas", out)
    assert content(out.read_bytes())["l10n"]["begin"] == "Begin"
    assert content(out.read_bytes())["l10n"]["next"] == "Verder"
    export("afwas", out, "--language", "en")
    assert content(out.read_bytes())["l10n"]["next"] == "Go on"
    assert content(out.read_bytes())["language"] == "nl"


def test_what_nobody_reviewed_says_so(out):
    scenario = publish(dishes())
    export("afwas", out)
    assert content(out.read_bytes())["concept"] is True
    Scenario.objects.filter(pk=scenario.pk).update(reviewed_on="2026-03-02")
    export("afwas", out)
    assert "concept" not in content(out.read_bytes())


def test_pictures_and_recordings_go_along(out):
    image = {"image": picture().pk, "alt_text": "Een aanrecht & kraan", "decorative": False}
    sound = recording()
    publish(dishes(), by_node={"keuken": {"image": image, "recording": sound.pk}})
    export("afwas", out)
    found = members(out.read_bytes())
    node = content(out.read_bytes())["nodes"][0]
    assert found[f"content/{node['picture']['path']}"].startswith(b"\x89PNG")
    assert found[f"content/{node['recording'][0]['path']}"].startswith(b"RIFF")
    assert node["picture"]["mime"] == "image/png"
    assert (node["picture"]["width"], node["picture"]["height"]) == (40, 30)
    assert node["recording"][0]["mime"] == "audio/wav"
    assert node["alt"] == "Een aanrecht &amp; kraan"
    assert node["transcript"] == "Het is stil &amp; donker."
    assert list(problems(content(out.read_bytes()), library.semantics())) == []


def test_a_picture_that_hosts_do_not_take_becomes_one_that_they_do(out, settings):
    settings.WAGTAILIMAGES_FORMAT_CONVERSIONS = {"webp": "webp"}
    image = {"image": picture("keuken.webp").pk, "alt_text": "Een aanrecht", "decorative": False}
    publish(dishes(), by_node={"keuken": {"image": image}})
    export("afwas", out)
    path = content(out.read_bytes())["nodes"][0]["picture"]["path"]
    assert path.endswith(".png")
    assert members(out.read_bytes())[f"content/{path}"].startswith(b"\x89PNG")


def test_a_picture_as_decoration_has_no_words(out):
    image = {"image": picture().pk, "alt_text": "", "decorative": True}
    publish(dishes(), by_node={"keuken": {"image": image}})
    export("afwas", out)
    node = content(out.read_bytes())["nodes"][0]
    assert node["decoration"] is True
    assert "alt" not in node


def test_an_unknown_name_is_refused(out):
    assert_refused("bestaat-niet", out, "bestaat-niet")


def test_what_was_never_published_is_refused(out):
    Scenario.objects.create(slug="afwas", title="Afwas", nodes="[]", live=False)
    assert_refused("afwas", out, "afwas")


def test_what_was_taken_offline_is_refused_and_an_older_file_stays(out):
    scenario = publish(dishes())
    export("afwas", out)
    scenario.unpublish()
    assert_refused("afwas", out, "afwas")


def test_a_reference_aid_is_refused(out):
    publish(replace(dishes(), purpose=REFERENCE))
    assert_refused("afwas", out, "afwas")


def test_what_is_published_with_faults_is_refused_with_the_place(out):
    publish(changed("dom", next="nergens"))
    assert_refused("afwas", out, "dom", "nergens")


def test_a_text_that_no_host_takes_whole_is_refused(out):
    publish(changed("keuken", text="a" * 20_001))
    assert_refused("afwas", out, "nodes[0].text")


def test_a_recording_whose_file_is_gone_is_refused(out):
    sound = recording()
    publish(dishes(), by_node={"keuken": {"recording": sound.pk}})
    sound.file.storage.delete(sound.file.name)
    assert_refused("afwas", out, "keuken", "Stilte")


def test_a_picture_whose_file_is_gone_is_refused(out):
    image = picture()
    block = {"image": image.pk, "alt_text": "Een aanrecht", "decorative": False}
    publish(dishes(), by_node={"keuken": {"image": block}})
    image.file.storage.delete(image.file.name)
    image.renditions.all().delete()
    assert_refused("afwas", out, "keuken", "Een keuken")


def test_a_folder_that_is_not_there_is_told(out):
    publish(dishes())
    out.parent.rmdir()
    told = StringIO()
    with pytest.raises(SystemExit) as stop:
        call_command("export_scenario", "afwas", str(out), stderr=told)
    assert stop.value.code == 1
    assert str(out) in told.getvalue()


def test_a_folder_is_not_written_over(out):
    publish(dishes())
    out.mkdir()
    told = StringIO()
    with pytest.raises(SystemExit):
        call_command("export_scenario", "afwas", str(out), stderr=told)
    assert str(out) in told.getvalue()
    assert out.is_dir()
    assert list(out.parent.iterdir()) == [out]


def test_a_write_that_breaks_off_leaves_the_older_file(out, monkeypatch):
    publish(dishes())
    out.write_bytes(b"ouder")

    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("modules.h5p.export.os.fsync", full)
    assert_refused("afwas", out, str(out), str(REASONS[28]))


def test_the_same_decision_has_the_same_id_in_every_export():
    publish(dishes())
    first = [node.get("subContentId") for node in content(export_of("afwas"))["nodes"]]
    second = [
        node.get("subContentId") for node in content(export_of("afwas", language="en"))["nodes"]
    ]
    assert first == second
    assert len({one for one in first if one}) == 2


def test_words_are_there_in_both_languages_for_each_field():
    for language in library.LANGUAGES:
        words = library.words(language)
        names = {field["name"] for field in library.semantics()[-1]["fields"]}
        assert set(words["l10n"]) == names
        assert all(words["l10n"].values())
        assert words["contacts"]


def test_every_word_that_the_scripts_ask_for_is_there():
    import re

    scripts = "".join(
        data.decode() for name, data in library.files().items() if name.endswith(".js")
    )
    asked = set(re.findall(r"l10n\.(\w+)", scripts)) | set(
        re.findall(r"\[[\d.]+, '(\w+)'\]", scripts)
    )
    asked |= {"strong", "useful", "misses", "harmful"}
    assert asked == set(library.words("nl")["l10n"])


def test_no_script_puts_content_on_the_page_as_html():
    for name, data in library.files().items():
        if name.endswith(".js"):
            for way in (
                b"innerHTML",
                b"outerHTML",
                b"insertAdjacentHTML",
                b".html(",
                b"document.write",
            ):
                assert way not in data, name


def test_an_end_without_words_is_no_fault(out):
    publish(dishes())
    export("afwas", out)
    assert content(out.read_bytes())["nodes"][-1] == {"id": "einde", "kind": "end"}
    assert Node("einde", "end").text == ""
