from learning.actions.assigning import assign_by_rules, set_rule
from learning.actions.attempts import complete_attempt, start_attempt
from learning.actions.recording import (
    finish_step,
    record_answer,
    record_choice,
    record_self_rating,
)

__all__ = [
    "assign_by_rules",
    "complete_attempt",
    "finish_step",
    "record_answer",
    "record_choice",
    "record_self_rating",
    "set_rule",
    "start_attempt",
]
