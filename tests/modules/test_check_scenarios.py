import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from modules.management.commands import check_scenarios
from modules.models import Competency, Scenario
from modules.scenario_text import Library, read
from modules.scenario_text.blocks import raw_nodes
from tests.modules.texts import TEXT, changed, line_with

pytestmark = pytest.mark.django_db
FAULTY = changed("next: kies", "next: keis")


def check(*arguments):
    """What the command says, and its exit code."""
    out, code = StringIO(), 0
    try:
        call_command("check_scenarios", *arguments, stdout=out)
    except SystemExit as ended:
        code = ended.code
    return out.getvalue(), code


def make(text, *, slug="de-tas", live=True):
    said = read(text).said
    nodes = json.dumps(raw_nodes(said, Library()))
    scenario = Scenario.objects.create(slug=slug, title=said["title"], nodes=nodes, live=live)
    scenario.save_revision(changed=False)
    return scenario


def draft(scenario, text):
    """Changes that are not published yet."""
    scenario.nodes = json.dumps(raw_nodes(read(text).said, Library()))
    scenario.save_revision()


def of_site():
    out, code = check("--json")
    return json.loads(out), code


def test_a_site_without_scenarios_is_in_order():
    assert of_site() == ([], 0)


def test_every_scenario_is_listed_by_its_slug():
    make(TEXT, slug="zee")
    make(TEXT, slug="aap")
    assert of_site() == (
        [
            {"slug": "aap", "published": True, "faults": []},
            {"slug": "zee", "published": True, "faults": []},
        ],
        0,
    )


def test_a_faulty_published_scenario_makes_it_fail_and_names_the_moment():
    make(FAULTY)
    [found], code = of_site()
    assert code == 1
    assert found["published"]
    assert [(fault["node"], fault["code"]) for fault in found["faults"]] == [
        ("sem-zegt", "MISSING_TARGET"),
        ("kies", "UNREACHABLE"),
        ("terug", "UNREACHABLE"),
        ("einde", "UNREACHABLE"),
    ]
    assert set(found["faults"][0]) == {"node", "code", "message"}
    assert "keis" in found["faults"][0]["message"]


def test_a_faulty_draft_is_told_and_makes_nothing_fail():
    make(FAULTY, live=False)
    [found], code = of_site()
    assert (found["published"], code) == (False, 0)
    assert found["faults"]
    assert "de-tas (concept)" in check()[0]


def test_of_a_draft_what_was_last_written_counts():
    draft(make(TEXT, live=False), FAULTY)
    [found], code = of_site()
    assert (bool(found["faults"]), code) == (True, 0)


def test_what_is_published_counts_and_not_the_changes_to_it():
    draft(make(TEXT), FAULTY)
    assert of_site() == ([{"slug": "de-tas", "published": True, "faults": []}], 0)
    said, _code = check()
    assert "de-tas: niets mis" in said
    assert "): 4 fouten" in said


def test_faults_of_what_is_published_are_told_once():
    make(FAULTY)
    assert check()[0].count("keis") == 1


def test_a_published_scenario_is_not_mended_by_a_draft():
    draft(make(FAULTY), TEXT)
    assert of_site()[1] == 1


@pytest.fixture
def file(tmp_path):
    Competency.objects.bulk_create([Competency(code="C3"), Competency(code="C4")])

    def write(text):
        path = tmp_path / "de-tas.yaml"
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


def test_a_sound_file_is_in_order(file):
    path = file(TEXT)
    out, code = check(path, "--json")
    assert code == 0
    assert json.loads(out) == [{"file": path, "slug": "de-tas", "published": False, "faults": []}]
    assert check(path) == (f"{path}: niets mis\n", 0)


def test_a_fault_in_a_file_comes_with_its_line(file):
    path = file(FAULTY)
    out, code = check(path, "--json")
    assert code == 1
    first = json.loads(out)[0]["faults"][0]
    line = line_with("keis", FAULTY)
    assert (first["node"], first["code"], first["line"]) == ("sem-zegt", "MISSING_TARGET", line)
    assert f"{path}:{line}: " in check(path)[0]


def test_a_file_that_cannot_be_read_is_faulty(file):
    out, code = check(file("nodes: ["), "--json")
    [found] = json.loads(out)
    assert (code, found["slug"], len(found["faults"])) == (1, "", 1)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CommandError, match=r"weg\.yaml"):
        call_command("check_scenarios", str(tmp_path / "weg.yaml"))


def test_a_text_can_be_checked_before_there_is_a_site(file, monkeypatch):
    def nothing():
        raise DatabaseError

    monkeypatch.setattr(check_scenarios, "library_of_the_site", nothing)
    assert check(file(TEXT))[1] == 0
    assert check(file(changed("[C3, C4]", "[C3, C99]")))[1] == 1
