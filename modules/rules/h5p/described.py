"""What h5p.json and library.json say, read as H5P's own core reads it, and no more leniently."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from modules.rules.h5p.found import LibraryRef
from modules.rules.h5p.reasons import Reasons

MACHINE_NAME = re.compile(r"[A-Za-z0-9_.-]{1,255}")
MAIN_LIBRARY = re.compile(r"[$A-Za-z_][0-9A-Za-z_.$]{1,254}")
IN_CONTENT = re.compile(r"([A-Za-z0-9_.-]{1,255}) ([0-9]{1,5})\.([0-9]{1,5})")
LANGUAGE = re.compile(r"[A-Za-z-]{1,10}")
DIGITS = re.compile(r"[0-9]{1,5}")
LONGEST_TITLE, LONGEST_LICENCE = 255, 40
MOST_LISTED = 200  # dependencies, scripts or stylesheets of one library
PLAYING = ("preloadedDependencies", "dynamicDependencies")  # editorDependencies play nothing
UNKNOWN_LANGUAGE = "und"


@dataclass(frozen=True)
class Described:
    """A library.json, as far as it is sound."""

    ref: LibraryRef
    patch: int
    title: str
    licence: str
    dependencies: tuple[LibraryRef, ...]
    runnable: bool | None  # None: it does not say
    core_api: tuple[int, int] | None


@dataclass(frozen=True)
class Description:
    """An h5p.json, as far as it is sound."""

    title: str
    main: LibraryRef | None
    dependencies: tuple[LibraryRef, ...]
    languages: tuple[str, ...]
    core_api: tuple[int, int] | None


def description_of(told: Mapping[str, Any], file: str, reasons: Reasons) -> Description:
    title = told.get("title")
    if not _is_title(title):
        reasons.add(file, "TITLE")
        title = ""
    dependencies = _dependencies(told, file, reasons)
    core_api = core_api_of(told, file, reasons)
    main = _main(told, dependencies, file, reasons)
    return Description(str(title), main, dependencies, tuple(_languages(told)), core_api)


def described(told: Mapping[str, Any], file: str, reasons: Reasons) -> Described | None:
    """None when it cannot be told which library it is."""
    ref = _ref(told, file, reasons)
    patch = version_number(told.get("patchVersion"))
    if patch is None:
        reasons.add(file, "VERSION", field="patchVersion")
    title = told.get("title")
    if not _is_title(title):
        reasons.add(file, "LIBRARY_TITLE")
    dependencies = _dependencies(told, file, reasons)
    core_api = core_api_of(told, file, reasons)
    if ref is None or patch is None:
        return None
    licence = told.get("license")
    return Described(
        ref,
        patch,
        str(title),
        licence[:LONGEST_LICENCE] if isinstance(licence, str) else "",
        dependencies,
        _flag(told.get("runnable")),
        core_api,
    )


def short_list(value: Any) -> list[Any]:
    """Nothing, when it is no list, or one that is longer than any real one."""
    return value if isinstance(value, list) and len(value) <= MOST_LISTED else []


def is_short_list(value: Any) -> bool:
    """What is left out is an empty list."""
    return value is None or (isinstance(value, list) and len(value) <= MOST_LISTED)


def version_number(value: Any) -> int | None:
    """Core takes whole numbers, and texts of digits."""
    text = str(value) if isinstance(value, int | str) else ""  # str(True) is no number
    return int(text) if DIGITS.fullmatch(text) else None


def named_in_content(text: str) -> LibraryRef | None:
    found = IN_CONTENT.fullmatch(text)
    return LibraryRef(found[1], int(found[2]), int(found[3])) if found else None


def core_api_of(told: Mapping[str, Any], file: str, reasons: Reasons) -> tuple[int, int] | None:
    asked = told.get("coreApi")
    if not asked:
        return None
    numbers = [
        version_number(asked.get(name)) if isinstance(asked, dict) else None
        for name in ("majorVersion", "minorVersion")
    ]
    if numbers[0] is None or numbers[1] is None:
        reasons.add(file, "CORE_API_BAD")
        return None
    return numbers[0], numbers[1]


def _ref(told: Mapping[str, Any], file: str, reasons: Reasons) -> LibraryRef | None:
    name = told.get("machineName")
    if not isinstance(name, str) or not MACHINE_NAME.fullmatch(name):
        reasons.add(file, "MACHINE_NAME", value=name)
        name = None
    numbers = []
    for field in ("majorVersion", "minorVersion"):
        number = version_number(told.get(field))
        if number is None:
            reasons.add(file, "VERSION", field=field)
        else:
            numbers.append(number)
    return LibraryRef(name, *numbers) if name is not None and len(numbers) == 2 else None


def _dependencies(told: Mapping[str, Any], file: str, reasons: Reasons) -> tuple[LibraryRef, ...]:
    found: list[LibraryRef] = []
    for field in PLAYING:
        listed = told.get(field)
        refs = [_dependency(one) for one in short_list(listed)]
        if None in refs or not is_short_list(listed):
            reasons.add(file, "DEPENDENCIES", field=field, limit=MOST_LISTED)
        found += _present(refs)
    return tuple(dict.fromkeys(found))


def _dependency(told: Any) -> LibraryRef | None:
    if not isinstance(told, dict):
        return None
    name = told.get("machineName")
    major, minor = (version_number(told.get(one)) for one in ("majorVersion", "minorVersion"))
    if not isinstance(name, str) or not MACHINE_NAME.fullmatch(name):
        return None
    return None if major is None or minor is None else LibraryRef(name, major, minor)


def _present(refs: Iterable[LibraryRef | None]) -> Iterator[LibraryRef]:
    return (ref for ref in refs if ref is not None)


def _main(
    told: Mapping[str, Any], dependencies: Iterable[LibraryRef], file: str, reasons: Reasons
) -> LibraryRef | None:
    name = told.get("mainLibrary")
    if not isinstance(name, str) or not MAIN_LIBRARY.fullmatch(name):
        reasons.add(file, "MAIN_LIBRARY", value=name)
        return None
    main = next((ref for ref in dependencies if ref.machine_name == name), None)
    if main is None:
        reasons.add(file, "MAIN_NOT_LISTED", value=name)
    return main


def _languages(told: Mapping[str, Any]) -> dict[str, None]:
    named = [told.get(field) for field in ("language", "defaultLanguage")]
    codes = [one for one in named if isinstance(one, str) and LANGUAGE.fullmatch(one)]
    return dict.fromkeys(code for code in codes if code != UNKNOWN_LANGUAGE)


def _is_title(value: Any) -> bool:
    return isinstance(value, str) and value.isprintable() and 0 < len(value) <= LONGEST_TITLE


def _flag(value: Any) -> bool | None:
    return None if value is None else str(value).lower() in {"1", "true"}
