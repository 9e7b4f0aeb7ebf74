"""The paths of a programme. A list of modules is replaced, never changed."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from learning.errors import (
    LastPath,
    ModuleNotPublished,
    ModuleTwice,
    NoModules,
    PathRetired,
    SamePath,
    ShippedIsReadOnly,
)
from learning.models import PathKind, Programme, ProgrammeModule, ProgrammePath
from modules.models import ModulePage, ModuleVersion
from organisations.actions.checks import just_done
from organisations.models import User
from organisations.trail import record


@transaction.atomic
def set_path(
    *,
    programme: Programme,
    kind: str,
    modules: Sequence[ModulePage],
    replaces: ProgrammePath | None = None,
    by: User | None,
    at: datetime,
) -> ProgrammePath:
    """Let people follow these modules, in this order, from now on.

    In place of another path, which retires: who began it finishes it. Without `replaces` a path
    to refresh with is added; the path to start with is always replaced.
    """
    programme = _locked(programme)
    check_modules(modules)
    in_use = programme.paths.filter(kind=kind, retired_at=None)
    if replaces is None and kind == PathKind.ONBOARDING:
        replaces = in_use.first()
    alike = next((path for path in in_use if _lists(path) == [one.pk for one in modules]), None)
    if alike is not None:
        if alike == replaces or just_done("path_set", alike.public_id, at=at, by=by):
            return alike
        raise SamePath
    if replaces is not None:
        _retire(programme.paths.get(pk=replaces.pk), at=at)
    made = add_path(programme, kind, modules)
    record(
        "path_set",
        by=by,
        at=at,
        organisation=programme.organisation,
        subject=made,
        programme=programme.public_id,
        kind=kind,
        modules=[module.public_id for module in modules],
        before=replaces.public_id if replaces else None,
    )
    return made


@transaction.atomic
def retire_path(*, path: ProgrammePath, by: User | None, at: datetime) -> None:
    """Take a path to refresh with out of use. Who began it finishes it; again does nothing."""
    programme = _locked(path.programme)
    path = programme.paths.get(pk=path.pk)
    if path.retired_at is not None:
        return
    others = programme.paths.filter(kind=path.kind, retired_at=None).exclude(pk=path.pk)
    if not others.exists():
        raise LastPath
    _retire(path, at=at)
    record(
        "path_retired",
        by=by,
        at=at,
        organisation=programme.organisation,
        subject=path,
        programme=programme.public_id,
    )


def add_path(programme: Programme, kind: str, modules: Sequence[ModulePage]) -> ProgrammePath:
    """A path with the next number. The caller has checked the modules."""
    last = programme.paths.filter(kind=kind).aggregate(last=Max("number"))["last"] or 0
    path = ProgrammePath.objects.create(programme=programme, kind=kind, number=last + 1)
    ProgrammeModule.objects.bulk_create(
        ProgrammeModule(path=path, module=module, position=position)
        for position, module in enumerate(modules, start=1)
    )
    return path


def check_modules(modules: Sequence[ModulePage]) -> None:
    """Refuse an empty list, a module twice, and what nobody can follow."""
    wanted = {module.pk for module in modules}
    if not wanted:
        raise NoModules
    if len(wanted) < len(modules):
        raise ModuleTwice
    published = ModuleVersion.objects.filter(module__in=wanted, module__live=True)
    if published.order_by().values("module").distinct().count() < len(wanted):
        raise ModuleNotPublished


def _locked(programme: Programme) -> Programme:
    """One change of the paths at a time."""
    if programme.organisation_id is None:
        raise ShippedIsReadOnly
    locked: Programme = Programme.objects.select_for_update().get(pk=programme.pk)
    return locked


def _retire(path: ProgrammePath, *, at: datetime) -> None:
    if path.retired_at is not None:
        raise PathRetired
    path.retired_at = at
    path.save(update_fields=["retired_at"])


def _lists(path: ProgrammePath) -> list[int]:
    return list(path.entries.order_by("position").values_list("module", flat=True))
