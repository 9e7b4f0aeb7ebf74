"""The numbers of a recertification policy."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Basis(StrEnum):
    """From which day a renewal counts (DESIGN 3.4)."""

    EXPIRY = "expiry"
    FIXED = "fixed"
    COMPLETION = "completion"


@dataclass(frozen=True, slots=True)
class Policy:
    """How long a certification is valid and when it may be renewed. Raises `ValueError`.

    `minimum_months` is what *fixed* leaves at least; `leave_return_days` is how long somebody has
    after leave or after coming back into service.
    """

    basis: Basis = Basis.EXPIRY
    active_months: int = 12
    window_months: int = 1
    minimum_months: int = 6
    grace_days: int = 0
    evidence_max_age_days: int = 180
    leave_return_days: int = 30

    def __post_init__(self) -> None:
        if not 1 <= self.active_months <= 120:
            raise ValueError("active_months must be 1 to 120")
        if not 0 <= self.window_months <= self.active_months:
            raise ValueError("window_months must be 0 to active_months")
        if not 0 <= self.minimum_months <= 120:
            raise ValueError("minimum_months must be 0 to 120")
        for name in ("grace_days", "evidence_max_age_days", "leave_return_days"):
            if not 0 <= getattr(self, name) <= 3660:
                raise ValueError(f"{name} must be 0 to 3660")


@dataclass(frozen=True, slots=True)
class PolicyPeriod:
    """A policy from a day on, until the next one. Earlier days keep the policy they had."""

    starts_on: date
    policy: Policy
