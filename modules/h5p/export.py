"""From a published scenario to an .h5p package, or a refusal that says why there is none."""

import errno
import os
import tempfile
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from modules import wording
from modules.compile import compile_scenario
from modules.h5p import library
from modules.h5p.content import content_of
from modules.h5p.errors import (
    DoesNotFit,
    Faulty,
    NotPublished,
    NotToPractise,
    UnknownScenario,
    Unwritable,
)
from modules.h5p.media import packed_files
from modules.h5p.package import package
from modules.h5p.semantics import problems
from modules.models import Competency, Scenario
from modules.rules.scenario import PRACTICE
from modules.rules.scenario_faults import faults

NO_FILE = _("what stands there is no file")
REASONS = {
    errno.ENOENT: _("the folder is not there"),
    errno.ENOTDIR: _("the folder is not there"),
    errno.EACCES: _("that is not allowed"),
    errno.EROFS: _("that is not allowed"),
    errno.ENOSPC: _("the disk is full"),
}


def export_of(slug: str, *, language: str = "nl") -> bytes:
    """The package of what is published, never of a draft. Raises a NotExported."""
    scenario = Scenario.objects.filter(slug=slug).first()
    if scenario is None:
        raise UnknownScenario(slug=slug)
    if not scenario.live:
        raise NotPublished(slug=slug)
    if scenario.purpose != PRACTICE:
        raise NotToPractise(slug=slug)
    placed, files = packed_files(scenario)
    story = compile_scenario(scenario)
    found = faults(story)
    if found:
        told = "\n".join(f"- {wording.scenario_fault_text(fault)}" for fault in found)
        raise Faulty(slug=slug, faults=told)
    content = content_of(
        story,
        language=language,
        competencies=_names(language),
        files=placed,
        is_concept=scenario.reviewed_on is None,
    )
    misfits = list(problems(content, library.semantics()))
    if misfits:
        raise DoesNotFit(slug=slug, problems="; ".join(misfits))
    return package(story.title, content, files)


def _names(language: str) -> dict[str, str]:
    named = Competency.objects.values_list("code", f"name_{language}")
    return dict(named)


def write_whole(path: Path, data: bytes) -> None:
    """Put the file there in one go: what stood there stays until all of it is written.

    Raises Unwritable. Something that is no ordinary file, such as a device, is left alone.
    """
    if path.exists() and not path.is_file():
        raise Unwritable(
            path=path, why=os.strerror(errno.EISDIR if path.is_dir() else errno.EINVAL)
        )
    try:
        _replace(path, data)
    except OSError as fault:
        raise Unwritable(path=path, why=REASONS.get(fault.errno or 0, fault.strerror)) from None


def _replace(path: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.chmod(0o644)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
