"""How activities stand: whether they play, in which version, and in how many modules."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext, pgettext

from modules.models import H5PLibrary, H5PPackage, H5PUse, H5PVersion, ModuleVersion

PLAYS, WAITS, BARRED, EMPTY = "plays", "waits", "barred", "empty"


@dataclass(frozen=True)
class Standing:
    """Numbers of versions; None where there is no such version."""

    newest: int | None
    playing: int | None  # what somebody gets who begins now
    waiting: int | None  # for somebody to decide about its libraries

    @property
    def kind(self) -> str:
        if self.newest is None:
            return EMPTY
        if self.playing is not None:
            return PLAYS
        return WAITS if self.waiting == self.newest else BARRED

    @property
    def words(self) -> str:
        return {
            PLAYS: pgettext("H5P activity", "can be played"),
            WAITS: gettext("waits for approval"),
            BARRED: gettext("cannot be played"),
            EMPTY: gettext("holds no file"),
        }[self.kind]

    @property
    def beside(self) -> str:
        """What is different about the newest version, when an older one is played."""
        if self.playing is None or self.playing == self.newest:
            return ""
        if self.waiting == self.newest:
            return gettext("version {number} waits for approval").format(number=self.newest)
        return gettext("version {number} cannot be played").format(number=self.newest)


def standing_of(package: Any) -> Standing:
    """Of a package as `with_standing` reads it."""
    return Standing(package.newest, package.playing, package.waiting)


def with_standing(packages: QuerySet[H5PPackage]) -> QuerySet[H5PPackage]:
    """Each with what a list says about it; no query per row."""
    versions = H5PVersion.objects.filter(package=OuterRef("pk")).order_by("-number")
    newest, playing = versions, versions.playable()
    return packages.annotate(
        newest=_first(newest, "number"),
        playing=_first(playing, "number"),
        waiting=_first(waiting(versions), "number"),
        library_name=_first(newest, "main_library__machine_name"),
        library_major=_first(newest, "main_library__major"),
        library_minor=_first(newest, "main_library__minor"),
        reports=Coalesce(_first(playing, "reports_scores"), _first(newest, "reports_scores")),
        used_in=Coalesce(Subquery(_modules_now(), output_field=IntegerField()), 0),
    )


def waiting(versions: QuerySet[H5PVersion]) -> QuerySet[H5PVersion]:
    """Those that play once somebody decides; one with a refused library waits for nothing."""
    of_version = {"versions": OuterRef("pk")}
    undecided = H5PLibrary.objects.waiting().filter(**of_version)
    refused = H5PLibrary.objects.with_decision().filter(is_approved=False, **of_version)
    return versions.filter(Exists(undecided), ~Exists(refused))


def _first(rows: QuerySet[Any], field: str) -> Subquery:
    return Subquery(rows.values(field)[:1])


def _modules_now() -> QuerySet[Any]:
    """How many published modules hold the activity, in the version that people begin now."""
    uses = H5PUse.objects.filter(
        version__package=OuterRef("pk"),
        module_version__module__live=True,
        module_version__in=ModuleVersion.objects.latest_per_module(),
    )
    counted = uses.order_by().values("version__package")
    return counted.annotate(count=Count("module_version__module", distinct=True)).values("count")
