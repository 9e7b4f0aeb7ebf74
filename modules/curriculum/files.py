"""The files of the curriculum, read whole before anything of it is loaded."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from modules import wording
from modules.curriculum.forms import COMPETENCIES, MODULE
from modules.errors import CurriculumFaulty, FileFault
from modules.scenario_text import Library, Told, read
from modules.yaml_text.forms import Form
from modules.yaml_text.found import Found
from modules.yaml_text.problems import Problem, Unreadable
from modules.yaml_text.tree import tree_of

LANGUAGE = "nl"  # in which the shipped curriculum is written
Said = dict[str, Any]


@dataclass(frozen=True)
class CurriculumFile:
    """What a file says, with the line of everything in it."""

    name: str
    said: Any
    found: Found

    def problem(self, code: str, *place: str | int, **facts: Any) -> FileFault:
        told = Told(Problem(code, self.found.line(*place), **facts))
        return FileFault(self.name, told.line, wording.text_problem(told))


def folder() -> Path:
    return Path(settings.CURRICULUM_DIR) / LANGUAGE


def paths(kind: str) -> list[Path]:
    """The files of a kind (scenarios, modules, programmes) by name."""
    return sorted((folder() / kind).glob("*.yaml"))


def read_as(form: Form, path: Path) -> CurriculumFile:
    """Raises CurriculumFaulty with everything that is wrong in the file."""
    name, found = _name(path), Found()
    try:
        said = form.read(tree_of(path.read_bytes()), (), found)
    except Unreadable as refusal:
        raise CurriculumFaulty(_faults(name, [Told(refusal.problem)])) from refusal
    file = CurriculumFile(name, said, found)
    problems = _faults(name, map(Told, found.problems))
    if isinstance(said, dict):
        problems += _slug_problems(file, path)
    if problems or said is None:
        raise CurriculumFaulty(problems)
    return file


def read_competencies() -> list[Said]:
    rows: list[Said] = read_as(COMPETENCIES, folder() / "competencies.yaml").said
    return rows


@dataclass(frozen=True)
class Curriculum:
    modules: list[CurriculumFile]
    scenarios: list[Said]


def read_curriculum(library: Library, only: Collection[str] | None = None) -> Curriculum:
    """All modules and scenarios, or those modules and what they use.

    Raises CurriculumFaulty with what is wrong in any of the files.
    """
    there = {path.stem: path for path in paths("scenarios")}
    wanted = [path for path in paths("modules") if only is None or path.stem in only]
    modules, faults = gathered(lambda path: read_as(MODULE, path), wanted)
    used = {slug for module in modules for slug in scenarios_of(module)}
    faults += [
        module.problem("NOT_THERE", "steps", place, "scenario", value=slug)
        for module in modules
        for slug, place in scenarios_of(module).items()
        if slug not in there
    ]
    named = [path for slug, path in there.items() if only is None or slug in used]
    scenarios, more = gathered(lambda path: _scenario(path, library), named)
    if faults or more:
        raise CurriculumFaulty(faults + more)
    return Curriculum(modules, scenarios)


def scenarios_of(module: CurriculumFile) -> dict[str, int]:
    """The scenarios in a module, each with the place of its step."""
    steps = module.said["steps"]
    return {
        step["scenario"]: place for place, step in enumerate(steps) if step["kind"] == "scenario"
    }


def gathered(
    read_one: Callable[[Path], Any], wanted: Iterable[Path]
) -> tuple[list[Any], list[FileFault]]:
    """What could be read, and what is wrong with the rest."""
    files: list[Any] = []
    faults: list[FileFault] = []
    for path in wanted:
        try:
            files.append(read_one(path))
        except CurriculumFaulty as refusal:
            faults += refusal.faults
    return files, faults


def _scenario(path: Path, library: Library) -> Said:
    reading = read(path.read_bytes(), library)
    faults = _faults(_name(path), reading.told)
    said = reading.said or {}
    if not faults and said.get("slug") != path.stem:
        file = CurriculumFile(_name(path), said, reading.found)
        faults = _slug_problems(file, path)
    if faults:
        raise CurriculumFaulty(faults)
    return said


def _slug_problems(file: CurriculumFile, path: Path) -> list[FileFault]:
    slug = file.said.get("slug", path.stem)
    return [] if slug == path.stem else [file.problem("OTHER_SLUG", "slug", value=path.stem)]


def _faults(name: str, told: Iterable[Told]) -> list[FileFault]:
    return [FileFault(name, one.line, wording.text_problem(one)) for one in told]


def _name(path: Path) -> str:
    return path.relative_to(folder().parent).as_posix()
