"""A draft of a rule in words, and what saving or ending it has done."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learning.actions.assigning import Assigning
from learning.models.rule import RuleDraft
from learning.presenters.day_words import in_words
from learning.presenters.rule_words import audience_of, due_words
from organisations.models import Organisation


@dataclass(frozen=True)
class DraftWords:
    """A rule that is not saved, as its page says it."""

    who: str
    due: str
    starts_on: date

    @classmethod
    def of(
        cls, draft: RuleDraft, teams: dict[int, str], organisation: Organisation, today: date
    ) -> "DraftWords":
        starts_on = draft.starts_on or today
        meant = [(teams[team], below) for team, below in draft.teams]
        return cls(
            who=audience_of(meant, draft.job_functions, organisation.name),
            due=due_words(
                due_from=draft.due_from,
                days=draft.due_after_days,
                due_on=draft.due_on,
                counts_from=starts_on,
            ),
            starts_on=starts_on,
        )


def done_words(done: Assigning, draft: RuleDraft, today: date, seen: str) -> str:
    """What saving did. `seen` is what the preview had said, as `seen_of` writes it."""
    if draft.starts_on is not None and draft.starts_on > today:
        day = in_words(draft.starts_on)
        return _("Saved. The rule starts on %(day)s; until then nothing changes.") % {"day": day}
    return " ".join([_("Saved."), *_what(done), *_otherwise(done, seen)])


def ended_words(done: Assigning, seen: str) -> str:
    """What ending a rule did."""
    return " ".join([_("The rule has ended."), *_what(done), *_otherwise(done, seen)])


def _what(done: Assigning) -> list[str]:
    said = []
    if done.assigned:
        text = ngettext(
            "%(number)d person got this training.",
            "%(number)d people got this training.",
            done.assigned,
        )
        said.append(text % {"number": done.assigned})
    if done.to_decide:
        text = ngettext(
            "For %(number)d of them you decide on the date.",
            "For %(number)d of them you decide on the date.",
            done.to_decide,
        )
        said.append(text % {"number": done.to_decide})
    if done.unassigned:
        text = ngettext(
            "For %(number)d person the training stopped.",
            "For %(number)d people the training stopped.",
            done.unassigned,
        )
        said.append(text % {"number": done.unassigned})
    if done.due_changed:
        text = ngettext(
            "For %(number)d person the date moved later.",
            "For %(number)d people the date moved later.",
            done.due_changed,
        )
        said.append(text % {"number": done.due_changed})
    return said or [_("For nobody anything changed.")]


def _otherwise(done: Assigning, seen: str) -> list[str]:
    if not seen or seen == seen_of(
        (done.assigned, done.to_decide, done.unassigned, done.due_changed)
    ):
        return []
    return [_("That differs from the preview: something changed in the meantime.")]


def seen_of(counts: tuple[int, int, int, int]) -> str:
    """The numbers of a preview, to compare with what was done."""
    return "-".join(str(count) for count in counts)
