"""What a coordinator may choose when the engine could not decide."""

from enum import StrEnum


class About(StrEnum):
    """What an exception is about: the code in its facts."""

    TOO_LITTLE_TIME = "TOO_LITTLE_TIME"
    EVIDENCE_TOO_OLD = "EVIDENCE_TOO_OLD"
    REVOKED = "REVOKED"  # the completion was taken back and no due date is left
    IMPORTS_CLOSE = "IMPORTS_CLOSE"  # two imports so close together that one may be a mistake


# In the order in which they are offered.
CHOICES: dict[str, tuple[str, ...]] = {
    About.TOO_LITTLE_TIME: ("set_due", "keep_due", "exempt"),
    About.EVIDENCE_TOO_OLD: ("accept", "refuse"),
    About.REVOKED: ("set_due", "exempt", "keep"),
    About.IMPORTS_CLOSE: ("keep", "accept"),
}


def choices_for(about: str, *, has_due_date: bool = True) -> tuple[str, ...]:
    """The decisions that are open. What is not known can only be kept as it is."""
    found = CHOICES.get(about, ("keep",))
    return found if has_due_date else tuple(one for one in found if one != "keep_due")
