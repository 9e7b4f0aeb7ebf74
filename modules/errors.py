from collections.abc import Iterable
from dataclasses import dataclass

from modules.rules.module_faults import ModuleFault


class ModuleFaulty(Exception):
    """The module has faults and gets no version."""

    def __init__(self, faults: Iterable[ModuleFault]) -> None:
        self.faults = tuple(faults)
        super().__init__(" ".join(fault.message_en for fault in self.faults))


@dataclass(frozen=True)
class FileFault:
    """Something wrong in a file of the curriculum, in the words of the reader."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class CurriculumFaulty(Exception):
    """Files of the curriculum are faulty; nothing of it was loaded."""

    def __init__(self, faults: Iterable[FileFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))
