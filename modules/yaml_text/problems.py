"""What can be wrong with a text, by code. modules/wording.py says it in the reader's language."""

from dataclasses import dataclass
from typing import Any

_ = str  # marks the texts for the translators; wording.py translates them
MESSAGES = {
    "TOO_LARGE": _("The text is larger than {number} kB."),
    "NOT_UTF8": _("The file was not saved as UTF-8. Save it again with that encoding."),
    "EMPTY": _("There is nothing in it."),
    "BAD_CHARACTER": _("There is a character here that a text cannot hold."),
    "YAML_COLON": _(
        "A colon stands here where YAML does not expect one (column {number}). "
        "Put the text in quotes, or write it on the next line, after “|-”."
    ),
    "YAML_DASH": _("A hyphen stands here where YAML does not expect one (column {number})."),
    "YAML_TAB": _("There is a tab here (column {number}). Use spaces to indent."),
    "YAML_START": _("A text cannot begin with this character (column {number}). Put it in quotes."),
    "YAML_KEY": _(
        "There is no colon after this (column {number}), or the line is not indented far enough."
    ),
    "YAML_INDENT": _(
        "This does not fit with what stands above it (column {number}): look at the indentation, "
        "and at quotes within quotes."
    ),
    "YAML_QUOTE": _("The quote that opens here is never closed (column {number})."),
    "YAML_MORE": _("A second document begins here. One file holds one."),
    "BAD_YAML": _("This is not YAML from here on (column {number})."),
    "ANCHOR": _(
        "Anchors (&) and aliases (*) are not allowed. Write it out; put text that begins with "
        "& or * in quotes."
    ),
    "TAG": _("Tags (!) are not allowed. Put text that begins with ! in quotes."),
    "TOO_DEEP": _("Lists in lists go too deep here."),
    "NOT_A_MAPPING": _("Here belong keys with values, such as “title: …”."),
    "NOT_A_LIST": _("“{key}” is a list: each part begins with a hyphen."),
    "NO_PARTS": _("The list “{key}” is empty."),
    "TOO_MANY": _("“{key}” has more than {number} parts."),
    "NOT_TEXT": _("“{key}” must be text. Put it in quotes."),
    "NOT_A_NUMBER": _("“{key}” must be a whole number, not “{value}”."),
    "NOT_YES_NO": _("“{key}” must be true or false."),
    "NOT_A_DATE": _("“{value}” is no date. Write a day as 2026-03-31."),
    "NOT_A_NAME": _("“{value}” can be no name: use letters, digits and hyphens only."),
    "TOO_LONG": _("“{key}” is too long: {number} characters at most."),
    "UNKNOWN_KEY": _("“{key}” is not known here. Possible are: {options}."),
    "DUPLICATE_KEY": _("“{key}” stands here twice."),
    "MISSING_KEY": _("“{key}” is missing here."),
    "OTHER_SLUG": _("The short name must be that of the file: “{value}”."),
    "NOT_THERE": _("“{value}” is not in the curriculum."),
    "UNKNOWN_VALUE": _("“{value}” is not possible for “{key}”. Possible are: {options}."),
}
SUGGESTION = _("Did you mean “{suggestion}”?")


@dataclass(frozen=True)
class Problem:
    """Something wrong in a text."""

    code: str
    line: int = 1  # from 1
    key: str = ""
    value: str = ""
    options: str = ""
    number: int = 0
    suggestion: str = ""  # what was probably meant

    @property
    def facts(self) -> dict[str, Any]:
        """What the message of the code is filled in with."""
        return {
            "key": self.key,
            "value": self.value,
            "options": self.options,
            "number": self.number,
        }


class Unreadable(Exception):
    """The text is no tree at all; there is one problem, and nothing can be said of the rest."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.code)
