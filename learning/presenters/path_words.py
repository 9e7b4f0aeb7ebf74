"""How far somebody is on a path of several modules, in words."""

from django.utils.translation import gettext as _

from learning.presenters.certificates import study_load
from learning.selectors.path import LearningPath

ROUNDED_TO = 5  # minutes; what remains is an estimate


def path_progress(path: LearningPath) -> str:
    """`2 of 8 modules done. About 2 hours and 15 minutes left.`; nothing for one module."""
    if len(path.items) < 2 or not path.can_train:
        return ""
    done = sum(item.is_done for item in path.items)
    return _("%(done)d of %(total)d modules done. About %(time)s left.") % {
        "done": done,
        "total": len(path.items),
        "time": study_load(_minutes_left(path)),
    }


def _minutes_left(path: LearningPath) -> int:
    left = sum(item.progress.minutes_left if item.progress else item.minutes for item in path.items)
    return -(-left // ROUNDED_TO) * ROUNDED_TO
