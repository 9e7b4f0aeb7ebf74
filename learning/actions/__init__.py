from learning.actions.assigning import assign_by_rules, follow_rules
from learning.actions.attempts import complete_attempt, start_attempt
from learning.actions.certificates import give_certificate, revoke
from learning.actions.decisions import change_due_date, end_exemption, exempt, extend
from learning.actions.evidence import accept_evidence, import_evidence
from learning.actions.recording import (
    finish_step,
    record_answer,
    record_choice,
    record_self_rating,
)
from learning.actions.rules import end_rule, set_rule
from learning.actions.upkeep import bring_up_to_date

__all__ = [
    "accept_evidence",
    "assign_by_rules",
    "bring_up_to_date",
    "change_due_date",
    "complete_attempt",
    "end_exemption",
    "end_rule",
    "exempt",
    "extend",
    "finish_step",
    "follow_rules",
    "give_certificate",
    "import_evidence",
    "record_answer",
    "record_choice",
    "record_self_rating",
    "revoke",
    "set_rule",
    "start_attempt",
]
