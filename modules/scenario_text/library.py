"""What a text refers to by name, as the site has it."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Sound:
    id: int
    transcript: str


@dataclass(frozen=True)
class Library:
    images: Mapping[str, tuple[int, ...]] = field(default_factory=dict)  # ids by title
    recordings: Mapping[str, Sound] = field(default_factory=dict)  # by title
    competencies: tuple[str, ...] = ()  # codes
