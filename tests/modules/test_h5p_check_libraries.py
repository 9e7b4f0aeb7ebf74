"""Rows 8 and 9 of the cases: libraries that are not whole, and what needs them."""

import pytest

from tests.h5p_packages import (
    BASE,
    CATS,
    CONTAINER,
    FIRST,
    PNG,
    QUESTION,
    as_json,
    library,
    package,
    part,
)
from tests.modules.h5p_checking import checked, is_taken, told

H5P = "h5p.json"
BASE_JSON, QUESTION_JSON = f"{BASE.folder}/library.json", f"{QUESTION.folder}/library.json"
NEEDS_BASE = [BASE.reference]
EVIL = r"^(([a-z])+.)+[A-Z]([a-z])+$"


def of_base(**changes):
    """The question with another base beneath it, in the folder of the right one."""
    changed = BASE.changed(**changes)
    return package(members={f"{BASE.folder}/library.json": changed.files["library.json"]})


def of_h5p(**changes):
    return package(description=changes)


def facts(data, code):
    [found] = [one.facts for one in checked(data).reasons if one.code == code]
    return found


@pytest.mark.parametrize("title", [None, "", 5, [], "a" * 256, "twee\nregels", "\x1b[2J", "\u202e"])
def test_a_package_has_a_title(title):
    assert told(
        of_h5p(title=title) if title is not None else package(description={"title": None})
    ) == [(H5P, "TITLE")]


def test_markup_in_a_title_is_text():
    assert checked(package(title="<script>alert(1)</script>")).title == "<script>alert(1)</script>"


@pytest.mark.parametrize("name", [None, "", 5, "../x", "1x", "x y", "x", "é.é", "a" * 256, "x\n"])
def test_the_main_library_has_a_sound_name(name):
    assert told(of_h5p(mainLibrary=name)) == [(H5P, "MAIN_LIBRARY")]


def test_the_main_library_is_listed():
    assert told(of_h5p(preloadedDependencies=NEEDS_BASE)) == [(H5P, "MAIN_NOT_LISTED")]
    assert told(of_h5p(preloadedDependencies=[])) == [(H5P, "MAIN_NOT_LISTED")]


@pytest.mark.parametrize(
    "wrong",
    [
        "Voorbeeld.Basis 1.1",
        {"machineName": "Voorbeeld.Basis"},
        ["Voorbeeld.Basis 1.1"],
        [{}],
        [{"machineName": "../x", "majorVersion": 1, "minorVersion": 1}],
        [{"machineName": "x/y", "majorVersion": 1, "minorVersion": 1}],
        [{"machineName": ["x"], "majorVersion": 1, "minorVersion": 1}],
        [{"machineName": "Voorbeeld.Basis", "majorVersion": 1}],
        [{"machineName": "Voorbeeld.Basis", "majorVersion": -1, "minorVersion": 1}],
        [{"machineName": "Voorbeeld.Basis", "majorVersion": 1.0, "minorVersion": 1}],
        [{"machineName": "Voorbeeld.Basis", "majorVersion": True, "minorVersion": 1}],
        [{"machineName": "Voorbeeld.Basis", "majorVersion": 100_000, "minorVersion": 1}],
        [{"machineName": "Voorbeeld.Basis", "majorVersion": "١", "minorVersion": 1}],
    ],
)
@pytest.mark.parametrize("field", ["preloadedDependencies", "dynamicDependencies"])
def test_dependencies_are_lists_of_libraries(field, wrong):
    assert (H5P, "DEPENDENCIES") in told(of_h5p(**{field: wrong}))
    assert told(of_base(**{field: wrong})) == [(BASE_JSON, "DEPENDENCIES")]


def test_lists_are_no_longer_than_real_ones():
    many = [{"machineName": f"V.K{n}", "majorVersion": 1, "minorVersion": 1} for n in range(201)]
    assert told(of_base(preloadedDependencies=many)) == [(BASE_JSON, "DEPENDENCIES")]
    scripts = [{"path": "scripts/basis.js"}] * 201
    assert told(of_base(preloadedJs=scripts)) == [(BASE_JSON, "PRELOAD")]
    assert is_taken(of_base(preloadedJs=scripts[1:]))


def test_what_only_an_editor_needs_may_be_anything():
    missing = [{"machineName": "H5PEditor.Weg", "majorVersion": 1, "minorVersion": 0}]
    assert is_taken(of_base(editorDependencies=missing))
    assert is_taken(of_base(editorDependencies="niets"))


def test_versions_may_be_texts():
    texts = {"majorVersion": "1", "minorVersion": "1", "patchVersion": "4"}
    found = checked(of_base(**texts))
    assert (found.verdict, found.libraries[0].patch) == ("accepted", 4)


@pytest.mark.parametrize("field", ["majorVersion", "minorVersion", "patchVersion"])
@pytest.mark.parametrize("version", [None, -1, 1.5, True, "", "1.0", "x", 100_000, "1 ", [1]])
def test_a_version_is_a_whole_number(field, version):
    found = of_base(**{field: version})
    assert told(found) == [(BASE_JSON, "VERSION")]
    assert facts(found, "VERSION") == {"field": field}


@pytest.mark.parametrize(
    "name", [None, "", 5, "../Basis", "a/b", "a b", "<b>", "é", "a" * 256, "Voorbeeld.Basis\n"]
)
def test_a_machine_name_is_as_core_wants_it(name):
    assert told(of_base(machineName=name)) == [(BASE_JSON, "MACHINE_NAME")]


@pytest.mark.parametrize("title", [None, "", 3, "a" * 256])
def test_a_library_has_a_title(title):
    assert told(of_base(title=title)) == [(BASE_JSON, "LIBRARY_TITLE")]


def in_folder(folder):
    """The package, with the base in a folder of another name."""
    moved = {f"{folder}/{path}": data for path, data in BASE.files.items()}
    return package(libraries=[QUESTION], members=moved)


@pytest.mark.parametrize("folder", ["Voorbeeld.Basis-1.1", "Voorbeeld.Basis"])
def test_a_folder_has_the_name_of_its_library(folder):
    found = checked(in_folder(folder))
    assert found.verdict == "accepted"
    assert found.libraries[0].files[0].member.startswith(f"{folder}/")


@pytest.mark.parametrize("folder", ["Voorbeeld.Basis-1.2", "voorbeeld.basis-1.1", "Anders"])
def test_a_folder_of_another_name_is_refused(folder):
    found = in_folder(folder)
    assert told(found) == [(f"{folder}/library.json", "FOLDER_NAME")]
    assert facts(found, "FOLDER_NAME") == {"folder": "Voorbeeld.Basis-1.1"}


def test_the_same_library_in_two_folders_is_refused():
    again = {f"Voorbeeld.Basis/{path}": data for path, data in BASE.files.items()}
    assert told(package(members=again)) == [("Voorbeeld.Basis/library.json", "LIBRARY_TWICE")]


def test_a_folder_beside_content_is_a_library():
    assert told(package(members={"plaatjes/a.png": PNG})) == [
        ("plaatjes/library.json", "NO_LIBRARY_JSON")
    ]


def test_too_many_libraries_are_not_read():
    assert told(package(), libraries=1) == [("", "TOO_MANY_LIBRARIES")]


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("../x.js", "PRELOAD_PATH"),
        ("scripts/../../x.js", "PRELOAD_PATH"),
        ("/scripts/basis.js", "PRELOAD_PATH"),
        ("//elders.example/x.js", "PRELOAD_PATH"),
        ("https://elders.example/x.js", "PRELOAD_PATH"),
        ("javascript:alert(1).js", "PRELOAD_PATH"),
        ("scripts\\basis.js", "PRELOAD_PATH"),
        ("scripts//basis.js", "PRELOAD_PATH"),
        ("scripts/basis.js?x.js", "PRELOAD_PATH"),
        ("scripts/basis.js#x.js", "PRELOAD_PATH"),
        (".", "PRELOAD_PATH"),
        ("css/basis.css", "PRELOAD_ENDING"),
        ("library.json", "PRELOAD_ENDING"),
        ("scripts/weg.js", "PRELOAD_MISSING"),
        ("Scripts/basis.js", "PRELOAD_MISSING"),
    ],
)
def test_a_script_to_load_is_a_file_of_the_library(path, code):
    found = of_base(preloadedJs=[{"path": path}])
    assert told(found) == [(BASE_JSON, code)]
    assert facts(found, code)["path"] == path
    assert facts(found, code)["field"] == "preloadedJs"


@pytest.mark.parametrize("field", ["preloadedJs", "preloadedCss"])
@pytest.mark.parametrize("wrong", ["x.js", {"path": "x.js"}, ["x.js"], [{}], [{"path": 5}]])
def test_what_to_load_is_a_list_of_paths(field, wrong):
    assert told(of_base(**{field: wrong})) == [(BASE_JSON, "PRELOAD")]


def test_a_style_to_load_is_a_stylesheet():
    assert told(of_base(preloadedCss=[{"path": "scripts/basis.js"}])) == [
        (BASE_JSON, "PRELOAD_ENDING")
    ]


def test_a_path_may_begin_with_a_dot():
    found = checked(of_base(preloadedJs=[{"path": "./scripts/basis.js"}]))
    assert found.libraries[0].preloaded_js == ("scripts/basis.js",)


def test_a_script_that_was_left_out_is_missing():
    base = BASE.changed(preloadedJs=[{"path": ".basis.js"}]).with_file(".basis.js", b"")
    found = package(libraries=[QUESTION, base])
    assert told(found) == [(BASE_JSON, "PRELOAD_MISSING")]


def test_a_missing_library_is_named_by_all_who_need_it():
    found = package(libraries=[QUESTION])
    assert told(found) == [(H5P, "LIBRARY_MISSING"), (QUESTION_JSON, "LIBRARY_MISSING")]
    of_question = package(
        libraries=[QUESTION], description={"preloadedDependencies": [QUESTION.reference]}
    )
    assert told(of_question) == [(QUESTION_JSON, "LIBRARY_MISSING")]
    assert facts(of_question, "LIBRARY_MISSING") == {"library": "Voorbeeld.Basis 1.1"}


def test_another_minor_version_is_another_library():
    other = BASE.changed(minorVersion=2)
    wanted = {"preloadedDependencies": [other.reference, QUESTION.reference]}
    found = package(libraries=[QUESTION, other], description=wanted)
    assert told(found) == [(QUESTION_JSON, "LIBRARY_MISSING")]


def test_what_is_loaded_later_is_needed_too():
    missing = [{"machineName": "Voorbeeld.Weg", "majorVersion": 1, "minorVersion": 0}]
    assert told(of_base(dynamicDependencies=missing)) == [(BASE_JSON, "LIBRARY_MISSING")]


def test_a_library_that_cannot_be_read_is_not_called_missing_too():
    assert told(package(members={BASE_JSON: b"{"})) == [(BASE_JSON, "JSON_BAD")]


def test_a_circle_is_told_with_its_road():
    round_again = BASE.changed(preloadedDependencies=[QUESTION.reference])
    found = package(libraries=[QUESTION, round_again])
    assert told(found) == [(QUESTION_JSON, "DEPENDENCY_CYCLE")]
    assert facts(found, "DEPENDENCY_CYCLE") == {
        "circle": "Voorbeeld.Basis 1.1 → Voorbeeld.Vraag 1.2 → Voorbeeld.Basis 1.1"
    }


def test_a_library_that_needs_itself_is_a_circle():
    assert facts(of_base(preloadedDependencies=NEEDS_BASE), "DEPENDENCY_CYCLE") == {
        "circle": "Voorbeeld.Basis 1.1 → Voorbeeld.Basis 1.1"
    }


def test_of_a_knot_one_circle_is_told_at_each_library():
    names = [f"Voorbeeld.K{number}" for number in range(40)]
    refs = [{"machineName": name, "majorVersion": 1, "minorVersion": 1} for name in names]
    knot = [library(name, preloadedDependencies=refs) for name in names]
    found = told(package(knot[0], libraries=knot, description={"preloadedDependencies": refs}))
    assert len(found) == 40
    assert {code for _file, code in found} == {"DEPENDENCY_CYCLE"}


def test_a_chain_of_a_thousand_is_followed():
    made = library("Voorbeeld.K0")
    whole = [made]
    for number in range(1, 1000):
        made = library(f"Voorbeeld.K{number}", preloadedDependencies=[made.reference])
        whole.append(made)
    found = package(made, libraries=whole, description={"preloadedDependencies": [made.reference]})
    assert len(checked(found, libraries=2000).used) == 1000


def test_core_api_of_the_future_is_refused_wherever_it_is_asked():
    found = of_base(coreApi={"majorVersion": 1, "minorVersion": 99})
    assert told(found) == [(BASE_JSON, "CORE_API")]
    assert facts(found, "CORE_API") == {
        "library": "Voorbeeld.Basis 1.1",
        "asked": "1.99",
        "limit": "1.28",
    }
    assert told(of_base(coreApi={"majorVersion": 2, "minorVersion": 0})) == [
        (BASE_JSON, "CORE_API")
    ]
    assert is_taken(of_base(coreApi={"majorVersion": 1, "minorVersion": 28}))


def test_core_api_of_the_whole_counts_too():
    assert told(of_h5p(coreApi={"majorVersion": 1, "minorVersion": 99})) == [(H5P, "CORE_API")]
    assert told(of_h5p(coreApi=5)) == [(H5P, "CORE_API_BAD")]
    assert is_taken(of_h5p(coreApi={"majorVersion": 1, "minorVersion": 28}))


@pytest.mark.parametrize("wrong", [5, "1.19", {"majorVersion": 1}, {"majorVersion": "x"}, [1, 2]])
def test_core_api_is_a_version(wrong):
    assert told(of_base(coreApi=wrong)) == [(BASE_JSON, "CORE_API_BAD")]


def test_the_main_library_can_be_played():
    still = QUESTION.changed(runnable=0)
    assert told(package(still)) == [(QUESTION_JSON, "MAIN_NOT_RUNNABLE")]


def test_a_library_that_nothing_needs_is_left_out():
    other = library("Voorbeeld.Los", coreApi={"majorVersion": 9, "minorVersion": 0})
    plain, more = checked(package()), checked(package(libraries=[BASE, QUESTION, other]))
    assert (more.libraries, more.digest) == (plain.libraries, plain.digest)


def test_what_a_content_uses_must_be_listed():
    content = {"questions": [part(CATS, FIRST), part({}, FIRST, library("Voorbeeld.Weg"))]}
    found = package(CONTAINER, content=content)
    assert told(found) == [("content/content.json", "CONTENT_LIBRARY")]
    assert facts(found, "CONTENT_LIBRARY") == {"library": "Voorbeeld.Weg 1.1"}


def test_what_is_missing_is_not_called_unlisted_too():
    assert told(package(CONTAINER, libraries=[BASE, CONTAINER])) == [(H5P, "LIBRARY_MISSING")]


def test_a_field_that_is_called_library_is_no_part():
    assert is_taken(package(content={**CATS, "library": "Boek 1.2"}))


@pytest.mark.parametrize("path", ["../a.png", "images/../../a.png", "..\\a.png"])
def test_a_file_of_the_content_lies_in_it(path):
    found = package(content={"picture": {"path": path}})
    assert told(found) == [("content/content.json", "CONTENT_PATH")]
    assert facts(found, "CONTENT_PATH") == {"path": path}


def test_a_file_elsewhere_is_told_and_may_stand():
    paths = ["https://film.example/a", "//film.example/b", "images/a.png", ""]
    found = checked(package(content={"films": [{"path": path} for path in paths]}))
    assert found.verdict == "accepted"
    assert found.external == ("//film.example/b", "https://film.example/a")


def test_a_pattern_in_semantics_is_never_made(monkeypatch):
    import re

    made = []
    original = re.compile
    monkeypatch.setattr(re, "compile", lambda *told: made.append(told) or original(*told))
    fields = [{"name": "x", "type": "text", "regexp": {"pattern": EVIL, "modifiers": "i"}}]
    evil = {f"{QUESTION.folder}/semantics.json": as_json(fields)}
    assert is_taken(package(content={**CATS, "x": "a" * 60}, members=evil))
    assert made == []


def test_all_faults_are_told_at_once():
    members = {
        "content/a.svg": b"<svg/>",
        f"{QUESTION.folder}/semantics.json": b"{",
        BASE_JSON: BASE.changed(
            preloadedJs=[{"path": "weg.js"}], coreApi={"majorVersion": 1, "minorVersion": 99}
        ).files["library.json"],
    }
    missing = [{"machineName": "Voorbeeld.Weg", "majorVersion": 1, "minorVersion": 0}]
    data = package(members=members, description={"title": None, "dynamicDependencies": missing})
    assert set(told(data)) == {
        ("content/a.svg", "KIND_NOT_IN_CONTENT"),
        (f"{QUESTION.folder}/semantics.json", "JSON_BAD"),
        (BASE_JSON, "PRELOAD_MISSING"),
        (BASE_JSON, "CORE_API"),
        (H5P, "TITLE"),
        (H5P, "LIBRARY_MISSING"),
    }
