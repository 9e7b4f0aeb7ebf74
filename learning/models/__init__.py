from learning.models.assignment import Assignment, AssignmentRule, Cycle
from learning.models.attempt import Attempt, LearningEvent
from learning.models.completion import Completion
from learning.models.programme import Programme, ProgrammeModule, RecertificationPolicy

__all__ = [
    "Assignment",
    "AssignmentRule",
    "Attempt",
    "Completion",
    "Cycle",
    "LearningEvent",
    "Programme",
    "ProgrammeModule",
    "RecertificationPolicy",
]
