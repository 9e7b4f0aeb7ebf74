"""What a check tells of a file in which nothing is wrong."""

import hashlib
import tracemalloc
from dataclasses import replace

import pytest

from modules.h5p.package import package as exported
from modules.packages.known import shipped_library
from modules.rules.h5p.caps import Caps
from modules.rules.h5p.check import check_package
from modules.rules.h5p.found import LibraryRef, library_digest
from tests.h5p_packages import BASE, CONTAINER, PNG, QUESTION, SILENT, library, package
from tests.h5p_zips import Member
from tests.modules.h5p_checking import as_known, checked, with_members

BASE_REF, QUESTION_REF = LibraryRef("Voorbeeld.Basis", 1, 1), LibraryRef("Voorbeeld.Vraag", 1, 2)


def known():
    return as_known(checked(package()))


def test_libraries_that_nobody_approved_wait():
    found = checked(package(), approve_inside=False)
    assert found.verdict == "quarantine"
    assert [(one.file, one.code, one.facts) for one in found.reasons] == [
        ("Voorbeeld.Basis-1.1", "LIBRARY_NOT_APPROVED", {"library": "Voorbeeld.Basis 1.1"}),
        ("Voorbeeld.Vraag-1.2", "LIBRARY_NOT_APPROVED", {"library": "Voorbeeld.Vraag 1.2"}),
    ]
    assert [(one.is_inside, one.is_approved) for one in found.used] == [(True, False)] * 2
    assert found.libraries
    assert found.files
    assert found.digest


def test_the_same_libraries_as_were_approved_are_taken():
    found = checked(package(), approve_inside=False, known=known())
    assert (found.verdict, found.reasons) == ("accepted", ())
    assert all(one.is_inside and one.is_approved for one in found.used)


def test_another_byte_makes_another_library():
    changed = package(libraries=[BASE.with_file("scripts/basis.js", b"kwaad()"), QUESTION])
    found = checked(changed, approve_inside=False, known=known())
    assert [one.file for one in found.reasons] == ["Voorbeeld.Basis-1.1"]
    assert [one.is_approved for one in found.used] == [False, True]


def test_content_alone_is_taken_when_its_libraries_were_approved():
    found = checked(package(libraries=[]), approve_inside=False, known=known())
    assert (found.verdict, found.libraries) == ("accepted_content_only", ())
    assert [(one.ref, one.is_inside, one.is_approved) for one in found.used] == [
        (BASE_REF, False, True),
        (QUESTION_REF, False, True),
    ]
    assert found.core_api == "1.19"
    assert found.reports_scores


def test_content_with_only_libraries_that_it_does_not_need_is_content_alone():
    found = checked(package(libraries=[SILENT]), known=known())
    assert found.verdict == "accepted_content_only"


def test_what_is_inside_can_rest_on_what_was_approved():
    found = checked(package(libraries=[QUESTION]), known=known())
    assert found.verdict == "accepted"
    assert [one.is_inside for one in found.used] == [False, True]


def test_content_alone_is_refused_without_its_libraries():
    found = checked(package(libraries=[]), approve_inside=True)
    assert found.verdict == "refused"
    assert [one.facts["library"] for one in found.reasons] == [
        "Voorbeeld.Basis 1.1",
        "Voorbeeld.Vraag 1.2",
    ]


def test_what_an_approved_library_needs_is_needed():
    question = [one for one in known() if one.ref == QUESTION_REF]
    wanted = {"preloadedDependencies": [QUESTION.reference]}
    found = checked(package(libraries=[], description=wanted), known=question)
    assert [(one.file, one.facts["library"]) for one in found.reasons] == [
        ("Voorbeeld.Vraag-1.2", "Voorbeeld.Basis 1.1")
    ]


def test_core_api_of_an_approved_library_counts_too():
    future = [replace(one, core_api="1.30") for one in known()]
    found = checked(package(libraries=[]), known=future)
    assert {one.code for one in found.reasons} == {"CORE_API"}


def test_of_several_patches_the_highest_is_used():
    base, question = known()
    others = [replace(base, patch=9, digest="9" * 64), replace(base, patch=2, digest="2" * 64)]
    found = checked(package(libraries=[]), known=[base, *others, question])
    assert [one.patch for one in found.used] == [9, 3]


def test_dependencies_come_before_what_needs_them():
    refs = [str(one.ref) for one in checked(package(CONTAINER)).used]
    assert refs == ["Voorbeeld.Basis 1.1", "Voorbeeld.Vraag 1.2", "Voorbeeld.Reeks 1.3"]


def test_libraries_in_a_diamond_come_once():
    left, right = (
        library("Voorbeeld.Links", needs=[BASE]),
        library("Voorbeeld.Rechts", needs=[BASE]),
    )
    top = library("Voorbeeld.Top", needs=[right, left])
    wanted = {"preloadedDependencies": [top.reference]}
    refs = [one.ref.machine_name for one in checked(package(top, description=wanted)).used]
    assert refs == ["Voorbeeld.Basis", "Voorbeeld.Rechts", "Voorbeeld.Links", "Voorbeeld.Top"]


def test_what_it_is_is_told():
    found = checked(package(CONTAINER, title="Reeks <b>"))
    assert (found.title, str(found.main_library)) == ("Reeks <b>", "Voorbeeld.Reeks 1.3")
    assert (found.core_api, found.languages) == ("1.24", ("nl",))
    assert found.description["mainLibrary"] == "Voorbeeld.Reeks"
    [base, question, row] = found.libraries
    assert (base.title, base.patch, base.licence, base.runnable) == (
        "Basis (voorbeeld)",
        4,
        "MIT",
        False,
    )
    assert (question.core_api, row.core_api, base.core_api) == ("1.19", "1.24", "")
    assert question.dependencies == (BASE_REF,)
    assert question.preloaded_js == ("scripts/vraag.js",)
    assert question.preloaded_css == ("css/vraag.css",)


@pytest.mark.parametrize("language", ["und", "", None, 5, "<b>", "nl_NL"])
def test_a_language_that_is_none_is_not_told(language):
    assert checked(package(description={"language": language})).languages == ()


def test_each_file_is_told_with_its_hash():
    found = checked(package(files={"images/a.png": PNG}))
    [picture] = [one for one in found.files if one.path == "images/a.png"]
    assert picture.sha256 == hashlib.sha256(PNG).hexdigest()
    base = found.libraries[0]
    hashes = {path: hashlib.sha256(data).hexdigest() for path, data in BASE.files.items()}
    assert {one.path: one.sha256 for one in base.files} == hashes
    assert base.digest == library_digest(hashes.items())
    kept = [*found.files, *(file for one in found.libraries for file in one.files)]
    assert found.size == sum(one.size for one in kept)


def digest(**options):
    return checked(package(**options)).digest


def test_the_digest_follows_how_it_plays():
    digests = [
        digest(),
        digest(content={"question": "Anders"}),
        digest(files={"a.png": PNG}),
        digest(files={"b.png": PNG}),
        digest(description={"language": "en"}),
        digest(libraries=[BASE.changed(patchVersion=5), QUESTION]),
    ]
    assert len(set(digests)) == len(digests)


def test_the_digest_does_not_follow_title_or_packing():
    assert digest(title="Anders") == digest()
    assert checked(with_members(Member("LICENSE", b"MIT"))).digest == digest()


def test_whether_results_are_told_is_read_from_the_scripts():
    assert checked(package(QUESTION)).reports_scores
    assert checked(package(CONTAINER)).reports_scores
    assert not checked(package(SILENT)).reports_scores
    assert [one.reports_scores for one in checked(package(CONTAINER)).libraries] == [
        False,
        True,
        True,
    ]


@pytest.mark.parametrize(
    ("script", "tells"),
    [
        ("a('answered')", True),
        ('a("completed")', True),
        ("a.triggerXAPICompleted(1)", True),
        ("a.triggerXAPIScored(1)", True),
        ("x" * 65_530 + "'completed'", True),
        ("const completed = answered", False),
        ("setClass('cards-completed')", False),
    ],
)
def test_a_script_tells_results(script, tells):
    assert checked(package(library(js=script))).reports_scores is tells


def test_a_script_that_is_not_loaded_tells_nothing():
    other = library(js="x()", files={"los.js": b"a('answered')"})
    assert not checked(package(other)).reports_scores


def test_our_own_export_is_taken_everywhere():
    found = checked(exported("Gesprek", {}, {}), approve_inside=False, known=[shipped_library()])
    assert found.verdict == "accepted"
    assert found.reports_scores
    assert as_known(found) == [shipped_library()]


def test_the_file_is_not_written_and_read_in_pieces():
    """Ten megabytes of film, of which never more than a few pieces are in memory."""
    film = bytes(range(256)) * 40_000
    data = with_members(Member("content/film.mp4", film, method=0))

    class OnlyRead:
        def __init__(self):
            self.at, self.most = 0, 0

        def seek(self, at, whence=0):
            self.at = at + (len(data) if whence == 2 else 0)
            return self.at

        def read(self, size=-1):
            piece = data[self.at :] if size < 0 else data[self.at : self.at + size]
            self.at += len(piece)
            self.most = max(self.most, len(piece))
            return piece

    file = OnlyRead()
    tracemalloc.start()
    found = check_package(file, caps=Caps(), known=(), approve_inside=True)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found.verdict == "accepted"
    assert file.most <= 66_000
    assert peak < 2_000_000
