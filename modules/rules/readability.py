"""How easy a Dutch text reads: Flesch-Douma and the length of its sentences. Hints, no more.

W.H. Douma (De leesbaarheid van landbouwbladen, Wageningen 1960) fitted Flesch's formula to Dutch:
206.835 − 0.77 × syllables per hundred words − 0.93 × words per sentence. In his table 60–70 is
"normal": what somebody with lower secondary education reads without effort. That is as near as
such a formula comes to B1, so 60 is the threshold; scores of a few words mean nothing and are not
given. For sentences the usual advice for B1 is followed: twelve words on average, none above 20.

Syllables are counted by groups of vowels, as Dutch spells one sound with one group. A hyphenation
library (pyphen) was tried on our own scenarios: it does not part a first letter from the rest, so
`over`, `avond` and `eten` come out as one syllable.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

EASY_FROM = 60
MOST_WORDS_ON_AVERAGE = 12
MOST_WORDS = 20
FEWEST_WORDS = 25  # for a score

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d[\d.,:]*")
SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'’”)\]]*\s+|\n+")
VOWELS = re.compile(
    r"eau|eeu|ieu|aai|ooi|oei|aa|ee|oo|uu|ie|oe|eu|ui|ij|ei|au|ou|ai|oi|ay|oy|[aeiouyäëïöü]"
)
STRESS = {"\u0300", "\u0301", "\u0302"}  # é and è change how a vowel sounds, ë begins a syllable


@dataclass(frozen=True)
class Readability:
    sentences: tuple[int, ...]  # the number of words in each
    syllables: int
    longest: str  # the sentence with most words

    @property
    def words(self) -> int:
        return sum(self.sentences)

    @cached_property
    def words_per_sentence(self) -> float:
        return self.words / len(self.sentences)

    @cached_property
    def ease(self) -> float | None:
        """Flesch-Douma, mostly between 0 and 100; higher is easier. None for a few words."""
        if self.words < FEWEST_WORDS:
            return None
        per_hundred = 100 * self.syllables / self.words
        return 206.835 - 0.77 * per_hundred - 0.93 * self.words_per_sentence

    @property
    def is_hard(self) -> bool:
        return self.ease is not None and self.ease < EASY_FROM

    @property
    def is_long(self) -> bool:
        """Whether the sentences are long on average; one long sentence is `has_long_sentence`."""
        return len(self.sentences) > 1 and self.words_per_sentence > MOST_WORDS_ON_AVERAGE

    @property
    def has_long_sentence(self) -> bool:
        return max(self.sentences) > MOST_WORDS


def readability(text: str) -> Readability | None:
    """None when there are no words."""
    parts = [part.strip() for part in SENTENCE_END.split(text)]
    counted = [(len(WORD.findall(part)), part) for part in parts]
    counted = [(words, part) for words, part in counted if words]
    if not counted:
        return None
    return Readability(
        sentences=tuple(words for words, _part in counted),
        syllables=sum(syllables(word) for word in WORD.findall(text)),
        longest=max(counted)[1],
    )


def syllables(word: str) -> int:
    """Of a Dutch word, at least one. Numbers count as one; who reads them is no machine either."""
    return max(1, len(VOWELS.findall(_without_stress(word.lower()))))


def _without_stress(word: str) -> str:
    parts = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", "".join(part for part in parts if part not in STRESS))
