"""Words in a good choice that steer, blame or label. Hints for the author, no more.

What a worker says in a choice of + or ++ is taken as an example. Young people close up at a
question with the answer in it, at a reproach and at a label; a promise of secrecy cannot be kept.
The lists come from the rules for what we write (docs/content.md) and know Dutch only.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from modules.rules.scenario import QUALITY_POINTS, Choice

GOOD = QUALITY_POINTS["+"]
NO_PROMISE = re.compile(
    r"\b(?:niet|niks|niets|nooit|geen)\b[^.!?]*\bbelo|\bbelo[^.!?]*\b(?:niet|geen|niks|niets|nooit)\b"
    r"|\bkan\b[^.!?]*\bniet\b|\bgeen geheim"
)
SENTENCE = re.compile(r"[^.!?…\n]+[.!?…]*")

_ = str  # marks the texts for the translators; wording.py translates them
MESSAGES = {
    "WHY": _("“{words}” easily sounds like a reproach. Ask what, how or who."),
    "LEADING": _("“{words}” has the answer in the question. Ask an open question."),
    "LABEL": _("“{words}” is a label. Say what happens, or use the young person’s own word."),
    "BLAME": _("“{words}” blames. Say what you see and that you are there."),
    "ORDER": _("“{words}” decides for the young person. Say what you can do together."),
    "SECRET": _("“{words}” promises secrecy, which you may not be able to keep."),
    "PROMISE": _("“{words}” promises how it will end. Promise what you do yourself."),
}
PATTERNS = {
    "WHY": r"waarom(?=[^.!]*\?)|hoezo|hoe komt het dat jij",
    "LEADING": r"toch ?\?|hè ?\?|nietwaar|of niet ?\?"
    r"|vind(?:t)? (?:je|jij|u) (?:zelf )?(?:ook )?niet"
    r"|klopt het dat|is het niet(?: zo)? dat|(?:hij|zij|ze|iemand) dwingt (?:je|jou)"
    r"|(?:dwingt|dwong|slaat|sloeg|bedreigt|bedreigde) (?:hij|zij|ze|iemand) (?:je|jou)"
    r"|(?:word|werd|ben) (?:je|jij) (?:\w+ )?(?:gedwongen|misbruikt|uitgebuit|bedreigd|geslagen)"
    r"|moe(?:s)?t (?:je|jij)(?: \w+)? van (?:hem|haar|hen|die)",
    "LABEL": r"lover ?(?:boy|girl)s?|daders?|slachtoffers?|pooiers?|hoer(?:en|tje)?|prostituees?"
    r"|crimineel|criminelen|probleemjongeren?",
    "BLAME": r"had (?:je|jij) (?:maar|niet|dan|beter)|(?:je|jij) had (?:maar|niet|beter|moeten)"
    r"|eigen schuld|hoe kon (?:je|jij)|dom van (?:je|jou)|(?:je|jij) laat je|zelf (?:voor )?gekozen"
    r"|wat heb je (?:nu|nou) (?:weer )?gedaan|stel je niet aan",
    "ORDER": r"(?:je|jij) moet|(?:je|jij) mag (?:dat |hem |haar |die )?(?:niet|nooit)"
    r"|ik wil dat (?:je|jij)|(?:je|jij) gaat (?:nu )?(?:niet|nooit)",
    "SECRET": r"blijft tussen ons|tussen ons blijft|ons geheim"
    r"|(?:vertel|zeg)(?: ik)? (?:het|dit|dat) (?:aan |tegen )?niemand"
    r"|ik zeg (?:niets|niks)|ik zwijg|(?:hou|houd) mijn mond",
    "PROMISE": r"komt (?:allemaal |zeker |vast |echt )*(?:wel )?goed"
    r"|ik beloof(?: je)?(?: dat)? (?:het|alles)"
    r"|ik (?:regel|los) (?:het|dit|dat) (?:wel )?(?:voor je |op)",
}
FOUND = {code: re.compile(rf"(?<!\w)(?:{words})(?!\w)") for code, words in PATTERNS.items()}


@dataclass(frozen=True)
class Remarkable:
    """Words of the author, and the code of what may be wrong with them."""

    code: str
    words: str

    @property
    def message_en(self) -> str:
        return MESSAGES[self.code].format(words=self.words)


def remarkable(text: str) -> tuple[Remarkable, ...]:
    """What stands out in words that serve as an example, in the order of the text."""
    found = [hint for sentence in SENTENCE.findall(text) for hint in _in_sentence(sentence)]
    return tuple(dict.fromkeys(found))


def of_choice(choice: Choice) -> tuple[Remarkable, ...]:
    """Only good choices are examples; what a harmful one says is meant to go wrong."""
    return remarkable(choice.text) if is_example(choice.quality) else ()


def is_example(quality: str) -> bool:
    return QUALITY_POINTS.get(quality, 0) >= GOOD


def _in_sentence(sentence: str) -> Iterator[Remarkable]:
    lower = sentence.lower()
    is_refusal = NO_PROMISE.search(lower) is not None
    places = [
        (match.start(), match.end(), code)
        for code, pattern in FOUND.items()
        for match in pattern.finditer(lower)
        if not (is_refusal and code in {"SECRET", "PROMISE"})
    ]
    for start, end, code in sorted(places):
        yield Remarkable(code, sentence[start:end])
