import pytest

from modules.rules.node_names import LONGEST, free_name, name_from


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("De bel gaat. Noor staat op de gang.", "de-bel-gaat-noor"),
        ("Ideeën? Één!", "ideeen-een"),
        ("‘Dom hè?’", "dom-he"),
        ("  ", "moment"),
        ("…", "moment"),
        ("Jeugdhulpverantwoordelijkheid overeenkomstig", "jeugdhulpverantwoordelijkheid"),
        ("a" * 80, "a" * 32),
    ],
)
def test_a_name_is_made_of_the_first_words(text, name):
    assert name_from(text) == name


def test_a_name_is_used_once():
    assert name_from("De bel", {"de-bel", "de-bel-2"}) == "de-bel-3"


def test_a_number_is_counted_on_and_not_added_to():
    assert free_name("kies-2", {"kies-2"}) == "kies-3"
    assert free_name("kies-2", {"kies-2", "kies-3"}) == "kies-4"


def test_a_free_name_stays_as_it_is():
    assert free_name("kies-2", {"kies"}) == "kies-2"


def test_a_long_name_keeps_room_for_its_number():
    long = "x" * LONGEST
    assert len(free_name(long, {long})) <= LONGEST
