"""Rows 4 and 6 of the cases: what may be where."""

import pytest

from tests.h5p_packages import PNG, members_of, package
from tests.h5p_zips import Member, zipped
from tests.modules.h5p_checking import checked, is_taken, short, told, with_members

HTML = b"<!doctype html><script>alert(1)</script>"


def in_folder(folder):
    return zipped(Member(f"{folder}/{one.name}", one.data) for one in members_of())


def test_without_h5p_json_it_is_another_zip():
    assert told(package(without=["h5p.json"])) == [("h5p.json", "NO_H5P_JSON")]
    assert told(zipped([Member("word/document.xml", b"<w/>")])) == [("h5p.json", "NO_H5P_JSON")]


@pytest.mark.parametrize("folder", ["pakket", "pakket/dieper"])
def test_one_folder_deep_comes_with_a_hint(folder):
    [reason] = checked(in_folder(folder)).reasons
    assert (reason.file, reason.code) == (f"{folder}/h5p.json", "ONE_FOLDER_DEEP")
    assert reason.facts == {"folder": folder}


def test_without_content_json_it_has_no_content():
    assert told(package(without=["content/content.json"])) == [
        ("content/content.json", "NO_CONTENT_JSON")
    ]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("content/kwaad.php", "KIND_FORBIDDEN"),
        ("content/kwaad.PHP", "KIND_FORBIDDEN"),
        ("content/kwaad.html", "KIND_FORBIDDEN"),
        ("content/kwaad.htm", "KIND_FORBIDDEN"),
        ("content/images/kwaad.phtml", "KIND_FORBIDDEN"),
        ("content/kwaad.exe", "KIND_FORBIDDEN"),
        ("content/.verborgen.php", "KIND_FORBIDDEN"),
        ("kwaad.php", "KIND_FORBIDDEN"),
        ("elders/kwaad.html", "KIND_FORBIDDEN"),
        ("Voorbeeld.Basis-1.1/scripts/kwaad.php", "KIND_FORBIDDEN"),
        ("Voorbeeld.Basis-1.1/index.html", "KIND_FORBIDDEN"),
        ("content/kwaad.svg", "KIND_NOT_IN_CONTENT"),
        ("content/kwaad.js", "KIND_NOT_IN_CONTENT"),
        ("content/kwaad.css", "KIND_NOT_IN_CONTENT"),
        ("content/kwaad.xml", "KIND_NOT_IN_CONTENT"),
        ("content/kwaad.js.map", "KIND_NOT_IN_CONTENT"),
        ("content/kwaad.zip", "KIND_NOT_IN_CONTENT"),
        ("content/kwaad.\uff50\uff48\uff50", "KIND_NOT_IN_CONTENT"),
        ("content/.htaccess", "DOTFILE"),
        ("content/.verborgen/a.png", "DOTFILE"),
        ("content/.a.png", "DOTFILE"),
        ("content/geen-einde", "NO_ENDING"),
        ("content/map.png/geen-einde", "NO_ENDING"),
        ("Voorbeeld.Basis-1.1/bouw.yml", "KIND_NOT_IN_LIBRARY"),
    ],
)
def test_what_may_not_be_there_is_named(name, code):
    assert told(with_members(Member(name, b"x"))) == [(name, code)]


@pytest.mark.parametrize(
    "name",
    [
        "__MACOSX/content/._content.json",
        "__MACOSX/kwaad.php",
        "content/__MACOSX/x",
        ".DS_Store",
        "content/.DS_Store",
        "content/images/Thumbs.db",
        "Voorbeeld.Basis-1.1/.DS_Store",
        "Voorbeeld.Basis-1.1/.htaccess",
        "Voorbeeld.Basis-1.1/language/.en.json",
        "Voorbeeld.Basis-1.1/.github/werk.yml",
        "Voorbeeld.Basis-1.1/LICENSE",
        "README",
        "leesmij.md",
        ".gitignore",
        ".git/config",
    ],
)
def test_what_is_left_behind_is_left_out(name):
    plain, more = checked(package()), checked(with_members(Member(name, b"x")))
    assert more.verdict == "accepted"
    assert (more.digest, more.libraries, more.files, more.size) == (
        plain.digest,
        plain.libraries,
        plain.files,
        plain.size,
    )


@pytest.mark.parametrize(
    "name",
    [
        "images/a.png",
        "images/A.PNG",
        "sound/a.mp3",
        "film/a.mp4",
        "film/nl.vtt",
        "fonts/a.woff2",
        "a.txt",
        "a.csv",
        "meer.json",
        "model.glb",
    ],
)
def test_media_in_content_are_kept(name):
    data = b"{}" if name.endswith("json") else PNG
    found = checked(package(files={name: data}))
    assert found.verdict == "accepted"
    [kept] = [one for one in found.files if one.path != "content.json"]
    assert (kept.path, kept.member, kept.size) == (name, f"content/{name}", len(data))


def test_a_library_may_have_scripts_styles_and_drawings():
    extra = [Member(f"Voorbeeld.Basis-1.1/x.{one}", b"x") for one in ["js", "css", "svg", "map"]]
    [base, _question] = checked(with_members(*extra)).libraries
    assert {"x.js", "x.css", "x.svg", "x.map"} <= {file.path for file in base.files}


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (HTML, "a web page or script"),
        (b"\xef\xbb\xbf\n <?php echo 1;", "a web page or script"),
        (b"<svg onload='x'/>", "a web page or script"),
        (package(), "a zip"),
        (b"MZ\x90\0", "a program"),
        (b"#!/bin/sh", "a program"),
    ],
    ids=short,
)
def test_a_picture_that_is_code_is_refused(data, kind):
    found = checked(package(files={"images/a.png": data}))
    assert [(one.file, one.code, one.facts) for one in found.reasons] == [
        ("content/images/a.png", "OTHER_KIND", {"ending": "png", "kind": kind})
    ]


def test_a_text_may_begin_as_it_likes():
    assert is_taken(package(files={"a.txt": HTML, "b.csv": b"#!<", "c.vtt": b"<"}))


def test_all_that_may_not_be_there_is_told():
    wrong = ["content/a.php", "content/b.svg", "content/c", "content/.d", "x.exe"]
    found = told(with_members(*map(Member, wrong)))
    assert [file for file, _code in found] == wrong
