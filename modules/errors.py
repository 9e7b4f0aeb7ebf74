from collections.abc import Iterable

from modules.rules.module_faults import ModuleFault


class ModuleFaulty(Exception):
    """The module has faults and gets no version."""

    def __init__(self, faults: Iterable[ModuleFault]) -> None:
        self.faults = tuple(faults)
        super().__init__(" ".join(fault.message_en for fault in self.faults))
