"""In words, for who keeps the platform: why something of an H5P activity was not taken."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "NOT_JSON": _("It could not be read."),
    "TOO_DEEP": _("Far too many parts were packed into each other."),
    "TEXT": _("A text held signs that cannot be stored."),
    "BODY": _("Something was missing in it."),
    "SEQUENCE": _("It had no number, or a wrong one."),
    "STATEMENT": _("What the activity told was missing."),
    "VERB": _("The activity told something that we do not take."),
    "OBJECT": _("It did not say what it was about."),
    "CONTEXT": _("It did not say properly what it was part of."),
    "RESULT": _("The result was not what a result should be."),
    "SCORE": _("The points could not be right."),
    "RESPONSE": _("The answer was too long, or no answer."),
    "DURATION": _("How long it took could not be read."),
    "ANSWER": _("The answer is not one of the answers of the activity."),
    "STATE": _("Where somebody was could not be read."),
    "TOO_LARGE": _("It was too large."),
    "CONTENT_TYPE": _("It was sent in another way than our page sends it."),
    "UNKNOWN": _("It was for a try that is not there, or is somebody else's."),
    "CSRF": _("It did not come from our page, or somebody had signed in anew meanwhile."),
    "NONCE": _("It was for another try."),
    "ATTEMPT_CLOSED": _("It came after the module was finished."),
    "SEQUENCE_TAKEN": _("The activity was open in two windows."),
    "TOO_FAST": _("The activity told more than 120 things in a minute."),
    "TRY_IS_FULL": _("The activity told nearly 1,000 things in one try."),
    "TOO_MANY_TRIES": _("Somebody began the same activity more than 50 times."),
    "OLD_VERSION": _("It was about an older version of the activity."),
    "SCORE_DISAGREES": _(
        "The points that were told were not those of the answer. The points of the answer count."
    ),
}


def words_for(code: str) -> str:
    return str(WORDS.get(code, code))
