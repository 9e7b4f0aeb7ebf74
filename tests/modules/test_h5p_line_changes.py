"""What differs between two texts, line by line."""

from modules.packages.admin.line_changes import MOST_LINES, MOST_SHOWN, Line, changes, whole

TEN = [f"regel {number}" for number in range(1, 11)]


def text(lines):
    return "\n".join(lines)


def shown(lines):
    return [(line.sign, line.number) for line in lines]


def test_a_changed_line_is_gone_and_new_with_three_lines_around():
    found = changes(text(TEN), text([*TEN[:5], "anders", *TEN[6:]]))
    around_before, around_after = [(" ", at) for at in (3, 4, 5)], [(" ", at) for at in (7, 8, 9)]
    middle = [("-", 6), ("+", 6)]
    assert shown(found) == [("…", None), *around_before, *middle, *around_after, ("…", None)]
    assert [line.text for line in found if line.sign in "+-"] == ["regel 6", "anders"]


def test_at_the_beginning_and_at_the_end_nothing_is_left_out():
    assert shown(changes(text(TEN[:2]), text(["eerst", *TEN[:2]])))[0] == ("+", 1)
    assert shown(changes(text(TEN[:2]), text([*TEN[:2], "laatst"])))[-1] == ("+", 3)


def test_the_same_text_has_no_changes():
    assert changes(text(TEN), text(TEN)) == []


def test_two_places_far_apart_are_parted():
    many = [str(number) for number in range(60)]
    found = changes(text(many), text(["x", *many[1:50], "y", *many[51:]]))
    assert [line.sign for line in found].count("…") == 2


def test_a_text_that_is_too_long_is_not_compared():
    lines = ["x"] * MOST_LINES
    assert changes(text(lines), text(lines)) == []
    assert changes(text(lines), text([*lines, "x"])) is None


def test_a_long_line_is_shown_to_its_end():
    long = "x" * 100_000 + "fetch('https://elders.example/')"
    assert whole(long) == [Line(" ", long, 1)]
    assert [line.text for line in changes("x", long)] == ["x", long]


def test_of_a_long_text_the_beginning_is_shown():
    found = whole(text(["x"] * (MOST_SHOWN + 1)))
    assert (len(found), found[-1].sign) == (MOST_SHOWN + 1, "…")
    assert len(whole(text(["x"] * MOST_SHOWN))) == MOST_SHOWN
