"""The few words that the core of H5P shows itself; content types bring their own."""

from django.utils.translation import gettext as _


def words_of_core() -> dict[str, str]:
    return {
        "title": _("Title"),
        "author": _("Author"),
        "year": _("Year"),
        "source": _("Source"),
        "license": _("Licence"),
        "thumbnail": _("Thumbnail"),
        "close": _("Close"),
        "contentChanged": _("This activity was changed since you last did it."),
        "startingOver": _("You begin anew."),
        "confirmDialogHeader": _("Are you sure?"),
        "confirmDialogBody": _("You cannot undo this."),
        "cancelLabel": _("Cancel"),
        "confirmLabel": _("Go on"),
        "fullscreen": _("Full screen"),
        "disableFullscreen": _("Leave full screen"),
        "showMore": _("Show more"),
        "showLess": _("Show less"),
        "by": _("by"),
    }
