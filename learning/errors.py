"""Why something in learning was refused."""

from django.utils.translation import gettext_lazy as _

from organisations.errors import Refused


class NothingToStart(Refused):
    message = _("There is nothing to start now: your training is valid.")


class NothingPublished(Refused):
    message = _("This module is not published yet. Please try again later.")


class StepsLeft(Refused):
    message = _("You have not finished every step of this module yet.")


class AttemptIsClosed(Refused):
    message = _("You have already finished this module. What you did is kept as it was.")


class NotPossibleHere(Refused):
    message = _("That choice does not fit this step. Choose again on this page.")


class AlreadyFilled(Refused):
    message = _("You had already chosen here, perhaps in another window. That choice stands.")


class ChoiceMissing(Refused):
    message = _("Choose one of the possibilities first.")


class NotLive(Refused):
    message = _(
        "The works council has not agreed yet. As soon as that day is recorded, you can start."
    )


class NotAssigned(Refused):
    message = _("This person does not have this training now, so there is no date to change.")


class NotExempt(Refused):
    message = _("This person is not exempt from this training.")


class ExtensionInThePast(Refused):
    message = _("Choose a day that is still to come.")


class ExtensionBeforeDue(Refused):
    message = _("An extension cannot end before the date that holds now. Choose a later day.")


class DueDateEarlier(Refused):
    message = _("A due date never moves earlier. Choose a later day.")
