"""Why something was refused, in words for the person who asked."""

from typing import Any

from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """Something could not be done; `message` says why and what would help.

    `facts` fill the places in the message; they hold nothing that the reader may not see.
    """

    message: Any = _("This is not possible.")
    field = ""  # of the form, where one field is what it is about

    def __init__(self, **facts: Any) -> None:
        self.facts = facts
        super().__init__()

    def __str__(self) -> str:
        return str(self.message) % self.facts if self.facts else str(self.message)


class AddressInUse(Refused):
    field = "email"
    message = _("Somebody in your organisation already uses this e-mail address.")


class AddressInUseElsewhere(Refused):
    field = "email"
    message = _(
        "You cannot add this e-mail address yourself. Please ask the administrator of this site."
    )


class NameInUse(Refused):
    field = "name"
    message = _("This name is already in use. Choose another.")


class TooFarAway(Refused):
    message = _("This date is more than 100 years away. Check the year.")


class EndsBeforeStart(Refused):
    message = _("The end must be later than the start.")


class Overlaps(Refused):
    message = _("This person already works in this team in that period.")


class LeaveOverlaps(Refused):
    message = _("This person is already on leave in that period.")


class AlreadyEnded(Refused):
    message = _("This had already ended. Nothing was changed.")


class InThePast(Refused):
    message = _("Who could see what until now stays on record. Choose today or a later day.")


class AlreadyHeld(Refused):
    message = _("This person already has this role in that period.")


class OtherOrganisation(Refused):
    field = "team"
    message = _("This team belongs to another organisation.")


class CameFromAnotherTeam(Refused):
    field = "starts_on"
    message = _("On that day this person came from %(team)s. Correct the first working day there.")


class SameTeam(Refused):
    field = "team"
    message = _("This person already works in this team. Choose another team.")


class TeamWithinItself(Refused):
    field = "parent"
    message = _("A team cannot be part of itself or of one of its own subteams.")


class RoleDoesNotFit(Refused):
    field = "team"
    message = _("This role does not go with that team or organisation.")


class LastAdministrator(Refused):
    message = _("Nobody else is administrator. Make somebody else administrator first.")


class AddressIsFixed(Refused):
    field = "email"
    message = _(
        "This e-mail address can no longer be changed here: the person signs in with it. "
        "Please ask the administrator of this site."
    )


class AccountIsClosed(Refused):
    message = _("This account is closed. No mail was sent.")


class MailNotSent(Refused):
    message = _("The mail could not be sent. Please try again later.")


class ContactChangedMeanwhile(Refused):
    """Somebody else saved this contact after the form was opened; `current` is what stands."""

    message = _(
        "Somebody else saved this contact while you were filling it in. Nothing was overwritten."
    )

    def __init__(self, current: Any) -> None:
        super().__init__()
        self.current = current
