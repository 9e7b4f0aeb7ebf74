"""Where the workers of the demo stand today: who they are and how many."""

from dataclasses import dataclass

DUE_AFTER = 90  # days, as the organisation's rule says
WILG, ELS, NIGHTS = range(3)


@dataclass(frozen=True)
class Stage:
    """Where some workers stand today. `valid_days` are counted from today, negative when past."""

    name: str
    people: int
    valid_days: tuple[int, int] = (0, 0)
    years: tuple[int, int] = (1, 1)  # how often they were certified
    team: int | None = None  # None: the teams in turn


STAGES = [
    Stage("new", 4),
    Stage("halfway", 2),
    Stage("finished", 1),
    Stage("covered", 3, (75, 320), (1, 3)),
    Stage("cohort", 9, (2, 25), (1, 3)),  # from the first of a month: a peak in the forecast
    Stage("specialist", 3, (120, 300), (2, 2), ELS),
    Stage("soon", 3, (34, 58), (1, 3)),
    Stage("window", 2, (4, 24), (1, 2)),
    Stage("overdue", 2),
    Stage("expired", 1, (-30, -12)),
    Stage("leave", 2, (20, 200), (1, 2)),
    Stage("left", 2, (40, 200), (1, 2)),
    Stage("late_starter", 1, team=NIGHTS),
    Stage("elsewhere", 1),
    Stage("extended", 1, (5, 8)),
    Stage("exempt", 1),
    Stage("moved", 1, (90, 140), (2, 2), NIGHTS),
    Stage("revoked", 1, (100, 200)),
]
KNOWN = {
    "new": ["nieuw"],
    "halfway": ["halverwege"],
    "window": ["herhaling"],
    "covered": ["leidinggevende", "aandachtsfunctionaris"],
}
REMINDED_IN = 3  # days from today the yearly mail of `herhaling` goes out, two weeks before
COHORT_MONTHS = 5
# How long the own programme is valid from today for each specialist, and how often completed.
OWN = [(-6, 1), (25, 1), (130, 2)]  # in grace, window open, both paths done
DAYS_LATE = (45, 18)  # of who is overdue: the focal person heard of the first
