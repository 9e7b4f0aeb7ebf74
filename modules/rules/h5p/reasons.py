"""Gathers what is wrong with a file, so that all of it can be told at once."""

import unicodedata
from collections.abc import Mapping

from modules.rules.h5p.found import Reason

MB = 1024 * 1024
SHOWN = 200  # characters of a name
HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}  # controls, marks of direction, half characters


class Stop(Exception):
    """Reading on would be senseless or unsafe."""

    def __init__(self, code: str, *, at: str = "", **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.at = at  # the member concerned, where who catches it cannot know
        self.facts = {name: shown(value) for name, value in facts.items()}


class Reasons:
    """Each thing is told once; past the limit things are only counted."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._found: dict[tuple[str, str, str], Reason] = {}
        self._more = False

    def add(self, file: str, code: str, **facts: object) -> None:
        told = {name: shown(value) for name, value in facts.items()}
        self._add(Reason(shown(file), code, told))

    def add_stop(self, file: str, stop: Stop) -> None:
        self._add(Reason(shown(stop.at or file), stop.code, stop.facts))

    def _add(self, reason: Reason) -> None:
        key = (reason.file, reason.code, _key(reason.facts))
        if len(self._found) >= self.limit and key not in self._found:
            self._more = True
        else:
            self._found.setdefault(key, reason)

    def __bool__(self) -> bool:
        return bool(self._found)

    def told(self) -> tuple[Reason, ...]:
        more = Reason("", "TOO_MANY_REASONS", {"limit": str(self.limit)})
        return (*self._found.values(), *([more] if self._more else []))


def shown(value: object) -> str:
    """As it can stand on a page or in a terminal: nothing in it that steers, and not endless."""
    text = str(value)
    safe = "".join(_escaped(one) if _is_hidden(one) else one for one in text[:SHOWN])
    return f"{safe}…" if len(text) > SHOWN else safe


def megabytes(size: int) -> str:
    """Rounded upwards, so that what is over a limit never looks the same as it."""
    return str(-(-size // MB))


def _is_hidden(character: str) -> bool:
    return unicodedata.category(character) in HIDDEN


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


def _key(facts: Mapping[str, str]) -> str:
    return "\0".join(f"{name}={facts[name]}" for name in sorted(facts))
