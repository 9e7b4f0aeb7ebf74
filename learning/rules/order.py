"""The order in which choices stand, different per attempt and the same every time it is asked."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Protocol, TypeVar


class Named(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=Named)


def ordered_for(seed: str, choices: Iterable[T]) -> tuple[T, ...]:
    """The choices in an order that follows from the seed alone."""
    return tuple(
        sorted(choices, key=lambda choice: sha256(f"{seed}:{choice.id}".encode()).digest())
    )
