from django.utils.translation import gettext_lazy as _

from organisations.errors import Refused


class NotExported(Refused):
    """There is no package; nothing was written."""


class UnknownScenario(NotExported):
    message = _("There is no scenario with the short name “%(slug)s”.")


class NotPublished(NotExported):
    message = _("“%(slug)s” is not published. Publish it first: what is published is exported.")


class NotToPractise(NotExported):
    message = _(
        "“%(slug)s” is a reference aid. It has no points and shows contacts of an organisation, "
        "so it is not exported."
    )


class Faulty(NotExported):
    message = _("What is published of “%(slug)s” has faults, so it is not exported:\n%(faults)s")


class UnusableFile(NotExported):
    message = _("A picture or recording in “%(node)s” cannot be read: %(file)s")


class DoesNotFit(NotExported):
    message = _("“%(slug)s” does not fit in a package: %(problems)s")


class Unwritable(NotExported):
    message = _("The file %(path)s cannot be written: %(why)s")
