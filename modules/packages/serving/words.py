"""The few words that the core of H5P shows itself; content types bring their own."""

from django.utils.translation import gettext as _


def words_of_core() -> dict[str, str]:
    return {
        "close": _("Close"),
        "contentChanged": _("This activity was changed since you last did it."),
        "startingOver": _("You begin anew."),
        "confirmDialogHeader": _("Are you sure?"),
        "confirmDialogBody": _("You cannot undo this."),
        "cancelLabel": _("Cancel"),
        "confirmLabel": _("Go on"),
    }
