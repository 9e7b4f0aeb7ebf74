"""Why what our page posted for an H5P activity was refused. The codes stand in docs/api.md."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from learning.errors import AttemptIsClosed
from organisations.errors import Refused


class ActivityRefused(Refused):
    """What an H5P activity told, or the page around it asked. `code` is counted, never who."""

    code = ""
    status = 409

    @property
    def more(self) -> dict[str, Any]:
        """What else the answer holds."""
        return {}


class MessageOdd(ActivityRefused):
    status = 400
    message = _("The activity told something that is not right. It was not kept.")

    def __init__(self, code: str) -> None:
        super().__init__()
        self.code = code


class MessageTooLarge(ActivityRefused):
    code, status = "TOO_LARGE", 413
    message = _("The activity told more than we can keep at once. It was not kept.")


class MessageNotJSON(ActivityRefused):
    code, status = "CONTENT_TYPE", 415
    message = MessageOdd.message


class TryUnknown(ActivityRefused):
    code, status = "UNKNOWN", 404
    message = _("This activity is not here. Open the page again.")


class TryIsAnother(ActivityRefused):
    code = "NONCE"
    message = _("You went on with this activity elsewhere. Open the page again.")


class TryIsClosed(ActivityRefused):
    code = "ATTEMPT_CLOSED"
    message = AttemptIsClosed.message


class SequenceTaken(ActivityRefused):
    """`free` is a number that is not taken."""

    code = "SEQUENCE_TAKEN"
    message = _("You do this activity in two windows. Go on in one of them.")

    def __init__(self, free: int) -> None:
        super().__init__()
        self.free = free

    @property
    def more(self) -> dict[str, Any]:
        return {"sequence": self.free}


class TooFast(ActivityRefused):
    """`seconds` is how long to wait."""

    code, status = "TOO_FAST", 429
    message = _("The activity tells too much at once. Wait a moment.")

    def __init__(self, seconds: int) -> None:
        super().__init__()
        self.seconds = seconds


class TryIsFull(ActivityRefused):
    code = "TRY_IS_FULL"
    message = _("The activity told very much. Only your result is still kept.")


class TooManyTries(ActivityRefused):
    code = "TOO_MANY_TRIES"
    message = _("You tried this %(most)s times. More tries are not kept; your results are.")


class StateIsOld(ActivityRefused):
    code = "OLD_VERSION"
    message = _("This activity was replaced. Open the page again.")
