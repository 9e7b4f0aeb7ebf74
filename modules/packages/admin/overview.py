"""What an activity is: its newest file, the libraries in it, its versions, and where it is used."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext

from modules.models import H5PLibrary, H5PPackage, H5PVersion, LibraryDecision
from modules.packages.admin.standing import Standing, standing_of, with_standing
from modules.packages.content import content_of
from modules.packages.where_used import PublishedUse, Uses, uses
from modules.rules.h5p.content import tell_content
from modules.rules.h5p.reasons import Reasons
from modules.rules.h5p_scoring import is_rescored

PLAYS, WAITS = "plays", "waits"
APPROVED, REFUSED, UNDECIDED = "approved", "refused", ""
NAMES = dict(settings.LANGUAGES)
NO_LICENCE = {"", "U"}  # U: undisclosed


@dataclass(frozen=True)
class LibraryShown:
    """A library with what was decided about it, and why."""

    library: H5PLibrary
    decision: str
    reason: str

    def __str__(self) -> str:
        return str(self.library)


@dataclass(frozen=True)
class VersionShown:
    version: H5PVersion
    state: str
    is_now: bool  # what somebody gets who begins now
    uses: tuple[PublishedUse, ...]


@dataclass(frozen=True)
class Overview:
    """`shown` is the version that is played, or the newest while none is."""

    package: H5PPackage
    standing: Standing
    shown: H5PVersion | None
    newest: H5PVersion | None
    libraries: list[LibraryShown]
    versions: list[VersionShown]
    uses: Uses

    @property
    def is_rescored(self) -> bool:
        if self.shown is None:
            return False
        ref = self.shown.main_library.ref
        return is_rescored(ref.machine_name, ref.major, ref.minor)

    @property
    def languages(self) -> str:
        codes = self.shown.languages if self.shown else []
        return ", ".join(language_name(code) for code in codes if code)

    @property
    def elsewhere(self) -> tuple[str, ...]:
        """What the content asks for on other sites; the frame keeps it from being loaded."""
        content = content_of(self.shown) if self.shown else None
        refs = [one.library.ref for one in self.libraries]
        return tell_content(content, refs, Reasons(limit=0)) if content else ()

    @property
    def licence(self) -> str:
        """As the file says itself."""
        said = self.shown.description if self.shown else {}
        name, version = (str(said.get(key) or "") for key in ("license", "licenseVersion"))
        return gettext("not stated") if name in NO_LICENCE else f"{name} {version}".strip()

    @property
    def waits(self) -> list[LibraryShown]:
        return [one for one in self.libraries if one.decision == UNDECIDED]

    @property
    def refused(self) -> list[LibraryShown]:
        return [one for one in self.libraries if one.decision == REFUSED]


def language_name(code: str) -> str:
    """In words as far as we know them; packages name languages as they like."""
    return str(NAMES.get(code.lower().partition("-")[0], code))


def overview_of(package: H5PPackage) -> Overview:
    """Queries: the package with its standing, its versions with their libraries, the uses."""
    rows = H5PVersion.objects.filter(package=package).order_by("-number")
    found = list(rows.select_related("main_library", "uploaded_by").prefetch_related("libraries"))
    standing = standing_of(with_standing(H5PPackage.objects.filter(pk=package.pk)).get())
    newest = next(iter(found), None)
    shown = next((one for one in found if one.number == standing.playing), newest)
    decided = {one.library.pk: one for one in decided_libraries(found)}
    used = uses(package)
    by_version = {version.pk: told for version, told in used.versions}
    return Overview(
        package=package,
        standing=standing,
        shown=shown,
        newest=newest,
        libraries=libraries_of(shown, decided) if shown else [],
        versions=[
            VersionShown(
                one,
                state_of(one, decided),
                is_now=one.number == standing.playing,
                uses=by_version.get(one.pk, ()),
            )
            for one in found
        ],
        uses=used,
    )


def decided_libraries(versions: list[H5PVersion]) -> list[LibraryShown]:
    """Of these versions, each once. One query."""
    latest = LibraryDecision.objects.filter(library=OuterRef("pk")).order_by("-at", "-pk")
    rows = H5PLibrary.objects.with_decision().filter(versions__in=versions).distinct()
    why = Subquery(latest.values("reason")[:1])
    return [shown_library(row) for row in rows.annotate(why=why).order_by("pk")]


def shown_library(row: Any) -> LibraryShown:
    """Of one that was read `with_decision`."""
    words = {True: APPROVED, False: REFUSED, None: UNDECIDED}
    return LibraryShown(row, words[row.is_approved], getattr(row, "why", None) or "")


def libraries_of(version: H5PVersion, decided: dict[int, LibraryShown]) -> list[LibraryShown]:
    """The main one first, then by name."""
    shown = [decided[library.pk] for library in version.libraries.all()]
    return sorted(shown, key=lambda one: (one.library.pk != version.main_library_id, str(one)))


def state_of(version: H5PVersion, decided: dict[int, LibraryShown]) -> str:
    said = {decided[library.pk].decision for library in version.libraries.all()}
    return REFUSED if REFUSED in said else WAITS if UNDECIDED in said else PLAYS
