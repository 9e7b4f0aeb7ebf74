from learning.models.activity import (
    ActivityRefusal,
    ActivityRun,
    ActivityState,
    ActivityStatement,
)
from learning.models.assignment import Assignment, AssignmentEvent, Cycle, Validity
from learning.models.attempt import Attempt, LearningEvent
from learning.models.completion import Certificate, Completion, EvidenceImport, Revocation
from learning.models.decision import ExceptionCase
from learning.models.policy import PolicyTerms, RecertificationPolicy
from learning.models.programme import PathKind, Programme, ProgrammeModule, ProgrammePath
from learning.models.reminder import DailyRun, Mail, Reminder
from learning.models.replay import Replay, ReplayChoice
from learning.models.rule import AssignmentRule, RuleTeam

__all__ = [
    "ActivityRefusal",
    "ActivityRun",
    "ActivityState",
    "ActivityStatement",
    "Assignment",
    "AssignmentEvent",
    "AssignmentRule",
    "Attempt",
    "Certificate",
    "Completion",
    "Cycle",
    "DailyRun",
    "EvidenceImport",
    "ExceptionCase",
    "LearningEvent",
    "Mail",
    "PathKind",
    "PolicyTerms",
    "Programme",
    "ProgrammeModule",
    "ProgrammePath",
    "RecertificationPolicy",
    "Reminder",
    "Replay",
    "ReplayChoice",
    "Revocation",
    "RuleTeam",
    "Validity",
]
