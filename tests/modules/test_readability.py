import pytest

from modules.rules.readability import EASY_FROM, readability, syllables

EASY = "De bel gaat. Noor staat op de gang. Ze lacht niet. U zet thee en wacht. " * 3
HARD = (
    "De uitvoeringsverantwoordelijkheid van jeugdhulpaanbieders omvat overeenkomstig de vigerende "
    "kwaliteitsstandaarden eveneens de signaleringsverplichting betreffende mensenhandel, "
    "onverminderd de registratieverplichting van behandelverantwoordelijken binnen organisaties."
)


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("bel", 1),
        ("over", 2),
        ("avond", 2),
        ("één", 1),
        ("vóór", 1),
        ("ideeën", 3),
        ("geïnd", 2),
        ("reünie", 3),
        ("nieuw", 1),
        ("leeuwen", 2),
        ("lawaai", 2),
        ("groeien", 2),
        ("bijna", 2),
        ("cadeau", 2),
        ("financieel", 4),
        ("beïnvloeden", 4),
        ("uitbuiting", 3),
        ("mensenhandel", 4),
        ("jeugdhulpaanbieder", 5),
        ("KvK", 1),
        ("2026", 1),
    ],
)
def test_syllables_as_dutch_is_spoken(word, count):
    assert syllables(word) == count


def test_the_formula_of_douma_worked_by_hand():
    text = "De man loopt. " * 9  # 27 words of one syllable, nine sentences
    score = readability(text)
    assert (score.words, score.syllables, score.words_per_sentence) == (27, 27, 3)
    assert score.ease == pytest.approx(206.835 - 77 - 2.79)


def test_easy_text_is_above_the_threshold_and_hard_text_below():
    assert readability(EASY).ease > EASY_FROM + 20
    assert readability(HARD * 2).ease < EASY_FROM
    assert readability(HARD * 2).is_hard


def test_a_few_words_have_no_score():
    assert readability("Dom hè?").ease is None
    assert not readability("Jeugdhulpverantwoordelijkheid!").is_hard


@pytest.mark.parametrize("text", ["", "   \n", "…", "?!"])
def test_without_words_there_is_nothing_to_say(text):
    assert readability(text) is None


def test_quotes_and_blank_lines_part_sentences_and_decimals_do_not():
    assert readability("‘Kom je?’ Ze knikt.\n\nOm 21.30 uur belt u").sentences == (2, 2, 5)


def test_long_sentences_are_told_apart_from_long_on_average():
    one = readability("Ja. Nee. Goed. " + "Zij loopt " * 11 + ".")
    assert one.has_long_sentence
    assert not one.is_long
    assert one.longest.startswith("Zij loopt")
    many = readability(
        ("Zij loopt daar heel rustig met haar twee broers en zus naar huis toe. ") * 2
    )
    assert many.is_long
    assert not many.has_long_sentence
