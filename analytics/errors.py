"""Why something in analytics was refused."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from analytics.rules.counts import Doubt, Fault
from analytics.rules.indicators import Indicator
from organisations.errors import Refused

if TYPE_CHECKING:
    from analytics.models import MonthlyCount


class MonthCannotBeKept(Refused):
    message = _("No counts can be kept for this month.")


class MonthChangedMeanwhile(Refused):
    """Somebody saved this month since the person opened it. `current` is what stands now."""

    message = _("Somebody else saved this month while you were filling it in.")

    def __init__(self, current: "Mapping[Indicator, MonthlyCount]") -> None:
        self.current = current
        super().__init__()


class CountsContradict(Refused):
    """Hard rules between the numbers are broken; `faults` says which."""

    message = _("These numbers cannot be right together.")

    def __init__(self, faults: Mapping[Indicator, Fault]) -> None:
        self.faults = faults
        super().__init__()


class NotSure(Refused):
    """Some numbers are unusual and were not confirmed yet."""

    message = _("Some numbers are unusual. Please check them and confirm.")

    def __init__(self, doubts: tuple[Doubt, ...]) -> None:
        self.doubts = doubts
        super().__init__()


class ReasonNeeded(Refused):
    message = _("You are changing a number that was saved before. Say why.")


class NothingFilledIn(Refused):
    message = _("Nothing was filled in yet. Fill in a number or choose a status.")


class CannotBeTakenBack(Refused):
    """An earlier entry was blanked; `indicators` are those."""

    message = _("Choose a status. What was saved before cannot be made blank.")

    def __init__(self, indicators: tuple[Indicator, ...]) -> None:
        self.indicators = indicators
        super().__init__()


class PseudonymKeyAbsent(Refused):
    message = _(
        "The institutions cannot be given a code now, because the key for it is missing on this "
        "site. Ask the administrator to set OPMERKZAAM_PSEUDONYM_KEY."
    )


class TooFewToShare(Refused):
    message = _(
        "This study has %(have)s institutions. At least %(needed)s are needed before anything "
        "can be shown, so that none can be recognised."
    )
