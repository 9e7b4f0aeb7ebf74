import pytest

from modules.rules.phrasing import MESSAGES, PATTERNS, of_choice, remarkable
from tests.modules.scenarios import choice


def codes(text):
    return [hint.code for hint in remarkable(text)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("‘Waarom ging je mee?’", "WHY"),
        ("‘Hoezo heb jij twee telefoons?’", "WHY"),
        ("‘Je was bij hem, toch?’", "LEADING"),
        ("‘Dat is niet fijn, hè?’", "LEADING"),
        ("‘Word je soms gedwongen?’", "LEADING"),
        ("‘Moet je dat van hem?’", "LEADING"),
        ("‘Vind je zelf ook niet dat hij raar doet?’", "LEADING"),
        ("‘Heb jij een loverboy?’", "LABEL"),
        ("Ik schrijf op: mogelijk slachtoffer.", "LABEL"),
        ("‘Had je maar gebeld.’", "BLAME"),
        ("‘Hoe kon je dat doen.’", "BLAME"),
        ("‘Je moet nu naar de politie.’", "ORDER"),
        ("‘Je mag hem niet meer zien.’", "ORDER"),
        ("‘Dit blijft tussen ons.’", "SECRET"),
        ("‘Ik zeg niets.’", "SECRET"),
        ("‘Ik wil dat dit tussen ons blijft.’", "SECRET"),
        ("‘Het komt allemaal goed.’", "PROMISE"),
        ("‘Ik beloof dat het ophoudt.’", "PROMISE"),
    ],
)
def test_what_steers_blames_or_labels_stands_out(text, code):
    assert codes(text) == [code]


@pytest.mark.parametrize(
    "text",
    [
        "‘Wat bedoel je? Vertel eens.’",
        "‘Ik kan niet beloven dat dit tussen ons blijft.’",
        "‘Ik beloof niet dat ik zwijg.’",
        "‘Dat kan ik niet beloven. Ik beloof wel dat jij eerst hoort wat ik doe en waarom.’",
        "‘Ik zie dat je moe bent. Ik ben er.’",
        "Ik bel de aandachtsfunctionaris en overleg eerst.",
        "‘Wil je zeggen wie dat is?’",
        "",
    ],
)
def test_plain_words_pass(text):
    assert codes(text) == []


def test_the_words_are_shown_as_the_author_wrote_them():
    assert remarkable("‘WAAROM deed je dat?’")[0].words == "WAAROM"


def test_the_same_words_are_named_once():
    assert codes("Waarom? Waarom?") == ["WHY"]


@pytest.mark.parametrize(("quality", "seen"), [("++", 1), ("+", 1), ("0", 0), ("-", 0), ("", 0)])
def test_only_good_choices_are_examples(quality, seen):
    wrong = choice("a", quality, "na")
    object.__setattr__(wrong, "text", "‘Waarom deed je dat?’")
    assert len(of_choice(wrong)) == seen


def test_every_pattern_has_words():
    assert set(PATTERNS) == set(MESSAGES)
