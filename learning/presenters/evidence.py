"""What becomes of a file of earlier training, in words, row by row."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils import formats
from django.utils.translation import gettext as _

from learning.rules.evidence import Column, Fault, FaultyRow, Unusable, UnusableFile
from learning.rules.judging import Judged, Verdict

LEFT_OUT = {Verdict.FUTURE, Verdict.UNKNOWN_PERSON, Verdict.UNKNOWN_PROGRAMME}
UNCHANGED = {Verdict.THERE_ALREADY, Verdict.DUPLICATE}


@dataclass(frozen=True)
class Line:
    """One row of the file for the page. `kind` as components/status.html takes it."""

    number: int
    email: str
    programme: str
    completed_on: date | None
    kind: str
    verdict: str
    text: str

    @property
    def needs_attention(self) -> bool:
        return self.kind in {"soon", "overdue"}


@dataclass(frozen=True)
class Counts:
    """How many rows get which kind of verdict."""

    taken: int = 0
    history: int = 0
    to_decide: int = 0
    unchanged: int = 0
    left_out: int = 0

    @property
    def adds_something(self) -> bool:
        return bool(self.taken or self.history or self.to_decide)


def counts_of(judged: Iterable[Judged], faulty: Iterable[FaultyRow]) -> Counts:
    verdicts = [one.verdict for one in judged]
    return Counts(
        taken=verdicts.count(Verdict.TAKEN),
        history=verdicts.count(Verdict.HISTORY),
        to_decide=sum(one.is_to_decide for one in verdicts),
        unchanged=sum(one in UNCHANGED for one in verdicts),
        left_out=sum(one in LEFT_OUT for one in verdicts) + len(list(faulty)),
    )


def lines_of(judged: Iterable[Judged], faulty: Iterable[FaultyRow]) -> list[Line]:
    """Every row, in the order of the file."""
    lines = [*(_judged(one) for one in judged), *(_faulty(one) for one in faulty)]
    return sorted(lines, key=lambda line: line.number)


def column_names() -> dict[Column, str]:
    """As they stand in the example, in the language of the reader."""
    return {
        Column.EMAIL: _("e-mail"),
        Column.PROGRAMME: _("programme"),
        Column.COMPLETED_ON: _("completed on"),
        Column.EVIDENCE: _("evidence"),
    }


def unusable_words(unusable: UnusableFile) -> str:
    """Why a file cannot be read, and what would help."""
    names = column_names()
    words: dict[Unusable, Callable[[], str]] = {
        Unusable.EMPTY: lambda: _("There are no rows in this file. Choose another."),
        Unusable.NOT_TEXT: lambda: _(
            "This is not a CSV file. In Excel choose “Save as” and then “CSV UTF-8”."
        ),
        Unusable.NO_HEADER: lambda: (
            _("The first line must name the columns. Missing: %(columns)s. Use the example.")
            % {"columns": ", ".join(names[column] for column in unusable.columns)}
        ),
        Unusable.TOO_MANY_ROWS: lambda: (
            _(
                "There are too many rows in this file. "
                "Divide it into files of at most %(most)s rows."
            )
            % {"most": formats.number_format(settings.EVIDENCE_MOST_ROWS, force_grouping=True)}
        ),
        Unusable.BROKEN_QUOTES: lambda: _(
            "A quotation mark in this file is not closed. Save it again as CSV."
        ),
    }
    return words[unusable.reason]()


def _judged(judged: Judged) -> Line:
    kind, verdict, text = _words(judged)
    row = judged.row
    return Line(row.number, row.email, row.programme, row.completed_on, kind, verdict, text)


def _words(judged: Judged) -> tuple[str, str, str]:
    """Kind, verdict and what follows."""
    if judged.verdict in LEFT_OUT:
        return "overdue", _("Left out"), _left_out(judged.verdict)
    if judged.verdict.is_to_decide:
        return "soon", _("You decide"), _to_decide(judged)
    if judged.made is not None:
        through = _day(judged.made.valid_through)
        return "covered", _("Is taken over"), _("Valid through %(day)s.") % {"day": through}
    return {
        Verdict.HISTORY: (
            "none",
            _("Kept as history"),
            _("Changes no date: other training of this person counts."),
        ),
        Verdict.THERE_ALREADY: (
            "none",
            _("There already"),
            _("Came in before. Nothing changes."),
        ),
        Verdict.DUPLICATE: (
            "none",
            _("Double"),
            _("Stands in this file more than once. Counts once."),
        ),
    }[judged.verdict]


def _to_decide(judged: Judged) -> str:
    if judged.other is not None:
        return _(
            "Less than fifteen days from %(day)s, which is there too: one may be a mistake. "
            "Comes into the list of exceptions."
        ) % {"day": _day(judged.other)}
    return _("Older than the policy takes. Comes into the list of exceptions.")


def _left_out(verdict: Verdict) -> str:
    if verdict is Verdict.FUTURE:
        text = _("This day is still to come. Correct the day.")
        return _in_column(Column.COMPLETED_ON, text)
    if verdict is Verdict.UNKNOWN_PERSON:
        text = _("Nobody here has this address. Correct it, or first add the person.")
        return _in_column(Column.EMAIL, text)
    text = _("There is no programme with this title. Copy the title from the page Training.")
    return _in_column(Column.PROGRAMME, text)


def _faulty(row: FaultyRow) -> Line:
    column, text = {
        Fault.EMAIL_MISSING: (Column.EMAIL, _("Fill in an e-mail address.")),
        Fault.EMAIL_INVALID: (
            Column.EMAIL,
            _("Fill in an e-mail address, for instance name@care.nl."),
        ),
        Fault.PROGRAMME_MISSING: (Column.PROGRAMME, _("Fill in the title of the programme.")),
        Fault.DAY_MISSING: (Column.COMPLETED_ON, _("Fill in the day of completion.")),
        Fault.DAY_INVALID: (
            Column.COMPLETED_ON,
            _("Write the day as 2026-05-03 or 3-5-2026."),
        ),
        Fault.DAY_NOT_THERE: (Column.COMPLETED_ON, _("This day does not exist.")),
        Fault.EVIDENCE_MISSING: (Column.EVIDENCE, _("Fill in which evidence there is.")),
        Fault.EVIDENCE_UNKNOWN: (
            Column.EVIDENCE,
            _("Fill in certificaat, presentielijst or lms."),
        ),
    }[row.fault]
    words = _in_column(column, text)
    return Line(row.number, row.email, row.programme, None, "overdue", _("Left out"), words)


def _in_column(column: Column, text: str) -> str:
    facts = {"column": column_names()[column], "text": text}
    return _("Column “%(column)s”: %(text)s") % facts


def _day(day: date) -> str:
    return formats.date_format(day, "j F Y")
