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


class ChoiceStands(AlreadyFilled):
    message = _(
        "You had already chosen here, perhaps in another window. What stands is: “%(choice)s”"
    )


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
    field = "to"
    message = _("Choose a day that is still to come.")


class ExtensionBeforeDue(Refused):
    field = "to"
    message = _("An extension cannot end before the date that holds now. Choose a later day.")


class DueDateEarlier(Refused):
    field = "due_on"
    message = _("A due date never moves earlier. Choose a later day.")


class AlreadyDecided(Refused):
    message = _("This had already been decided, or is no longer needed. Nothing was changed.")


class NotAChoice(Refused):
    message = _("This choice is not open here. Choose one of the possibilities on this page.")


class DueDateTooNear(Refused):
    field = "due_on"
    message = _("Give at least %(days)s days: choose %(first)s or later.")


class ExemptionInThePast(Refused):
    field = "until"
    message = _("Choose today or a later day, or leave this empty.")


class AlreadyRevoked(Refused):
    message = _("This was revoked already. Nothing was changed.")


class TitleInUse(Refused):
    field = "title"
    message = _("There is a programme with this title already. Choose another title.")


class ShippedIsReadOnly(Refused):
    message = _("This programme comes with the site. Copy it, then you can change the copy.")


class NoModules(Refused):
    message = _("Give at least one module a place.")


class ModuleTwice(Refused):
    message = _("A module can be in a path only once.")


class ModuleNotPublished(Refused):
    message = _("One of these modules is not published. Choose from the list on this page.")


class SamePath(Refused):
    message = _("There is a path with exactly these modules already.")


class PathRetired(Refused):
    message = _("This path was replaced in the meantime. Look at the programme as it is now.")


class LastPath(Refused):
    message = _("A programme needs at least one path to refresh with. First add another.")


class TermsInThePast(Refused):
    field = "starts_on"
    message = _("The past stays as it was. Choose today or a later day.")


class TermsTooFarAhead(Refused):
    field = "starts_on"
    message = _("Choose a day within the coming five years.")


class RuleIsThere(Refused):
    message = _("There is a rule already that says just this. Nothing was changed.")


class RuleChanged(Refused):
    message = _("Somebody changed or ended this rule in the meantime. Look at it as it is now.")


class RuleStartsInThePast(Refused):
    field = "starts_on"
    message = _("The past stays as it was. Choose today or a later day.")


class NothingToRemind(Refused):
    message = _(
        "Nothing of this person is late or due within 60 days, so there is no mail to send."
    )


class NotAtWork(Refused):
    message = _("This person is on leave or does not work here now. Nobody is mailed then.")


class AlreadyMailed(Refused):
    message = _("This person has already been mailed today. One mail a day is enough.")


class StartsAfterActivity(Refused):
    field = "starts_on"
    message = _("This person already did training here on %(day)s. Choose that day or an earlier.")


class StartsTooFarAhead(Refused):
    field = "starts_on"
    message = _("Choose a day at most a year ahead: %(last)s or earlier.")
