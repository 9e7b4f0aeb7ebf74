"""Faults in the words of the person who reads them. The rules name them by code."""

from collections.abc import Iterable

from django.utils.translation import gettext

from modules.rules import module_faults, scenario_faults
from modules.rules.h5p import faults as h5p_faults
from modules.rules.h5p.found import Reason
from modules.rules.module_faults import ModuleFault
from modules.rules.scenario_faults import Fault
from modules.scenario_text import Told, reading
from modules.yaml_text import problems

TEXT_MESSAGES = {**problems.MESSAGES, **reading.MESSAGES}


def scenario_fault_text(fault: Fault) -> str:
    quoted = gettext("“{text}”").format(text=fault.choice)
    return gettext(scenario_faults.MESSAGES[fault.code]).format(
        node=fault.node_id,
        choice=f" {quoted}" if fault.choice else "",
        target=fault.target,
        count=fault.count,
    )


def scenario_fault_with_choice(fault: Fault) -> str:
    """For authors: two choices that lead to the same missing moment are told apart."""
    said = scenario_fault_text(fault)
    if not fault.choice or fault.choice in said:
        return said
    return gettext("{text} (choice “{choice}”)").format(text=said, choice=fault.choice)


def module_fault_text(fault: ModuleFault) -> str:
    detail = scenario_fault_text(fault.inner) if fault.inner else fault.detail
    return gettext(module_faults.MESSAGES[fault.code]).format(
        number=fault.number, title=fault.title, detail=detail
    )


def module_fault_texts(faults: Iterable[ModuleFault]) -> list[str]:
    return [module_fault_text(fault) for fault in faults]


def h5p_reason(reason: Reason) -> str:
    """Why an .h5p file is refused or has to wait. It names the file concerned."""
    facts = {**reason.facts, "file": reason.file}
    kind = facts.get("kind")
    if kind:
        facts["kind"] = gettext(kind)
    return gettext(h5p_faults.MESSAGES[reason.code]).format(**facts)


def text_problem(told: Told) -> str:
    """What is wrong in a text, without its line."""
    if told.fault:
        said = scenario_fault_text(told.fault)
    else:
        said = gettext(TEXT_MESSAGES[told.code]).format(**told.problem.facts)
    if not told.problem.suggestion:
        return said
    meant = gettext(problems.SUGGESTION).format(suggestion=told.problem.suggestion)
    return f"{said} {meant}"
