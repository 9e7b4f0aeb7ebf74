"""What is counted each month, per organisation. Words for these stand in `analytics.catalogue`."""

from enum import StrEnum
from types import MappingProxyType


class Indicator(StrEnum):
    """One number that an organisation counts over a calendar month."""

    CLIENTS = "clients"
    SUSPICIONS = "suspicions"
    REPORTS = "reports"
    REGISTRATIONS = "registrations"


EXPOSURE = Indicator.CLIENTS
EVENTS = (Indicator.SUSPICIONS, Indicator.REPORTS, Indicator.REGISTRATIONS)

# Which definition a number was counted by; a higher number marks a break in the series.
DEFINITION_VERSION = MappingProxyType(dict.fromkeys(Indicator, 1))

# Hard rules: the first is never more than the second, because it is a part of it.
NEVER_ABOVE = ((Indicator.SUSPICIONS, Indicator.CLIENTS),)

# Soft rules: usually the first is at most the second. It may be more: an earlier suspicion, several
# children in one report, a registration by another route.
SELDOM_ABOVE = (
    (Indicator.REPORTS, Indicator.SUSPICIONS),
    (Indicator.REGISTRATIONS, Indicator.SUSPICIONS),
    (Indicator.REGISTRATIONS, Indicator.REPORTS),
)
