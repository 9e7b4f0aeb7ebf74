"""H5P.TrueFalse is scored again as its script counts."""

import pytest

from modules.rules.h5p_scoring import Answer, AnswerNotAllowed, Rescored, is_rescored, rescored

NAME = "H5P.TrueFalse"


def answered(content, response):
    return rescored(NAME, content, [Answer("", "answered", response)])


@pytest.mark.parametrize("right", ["true", "false"])
@pytest.mark.parametrize("given", ["true", "false"])
def test_the_right_one_of_two_earns_the_point(right, given):
    expected = Rescored(1, 1, True) if given == right else Rescored(0, 1, False)
    assert answered({"correct": right}, given) == expected


def test_true_is_right_when_the_content_says_nothing():
    assert answered({}, "true") == Rescored(1, 1, True)
    assert answered({}, "false") == Rescored(0, 1, False)


def test_no_choice_earns_nothing():
    assert answered({"correct": "false"}, "") == Rescored(0, 1, False)


def test_words_on_the_buttons_change_nothing():
    content = {"correct": "true", "l10n": {"trueText": "Waar", "falseText": "false"}}
    assert answered(content, "true") == Rescored(1, 1, True)
    with pytest.raises(AnswerNotAllowed):
        answered(content, "Waar")


@pytest.mark.parametrize("response", ["maybe", "True", "1", "true[,]false", " true"])
def test_what_is_neither_is_not_allowed(response):
    with pytest.raises(AnswerNotAllowed):
        answered({"correct": "true"}, response)


@pytest.mark.parametrize("right", [True, False, None, "waar", "", 1, [], {}])
def test_odd_content_is_not_scored_again(right):
    """The script then tells "false" whatever was chosen."""
    assert answered({"correct": right}, "true") is None


@pytest.mark.parametrize("content", [None, [], "true", 7])
def test_what_is_no_content_is_not_scored_again(content):
    assert answered(content, "true") is None


def test_without_an_answer_nothing_is_verified():
    for told in ([], [Answer("", "interacted", "true")], [Answer("part", "answered", "true")]):
        assert rescored(NAME, {"correct": "true"}, told) is None


@pytest.mark.parametrize(
    ("major", "minor", "known"),
    [(1, 0, False), (1, 1, True), (1, 8, True), (1, 9, False), (2, 8, False)],
)
def test_only_versions_that_were_read_are_scored_again(major, minor, known):
    assert is_rescored(NAME, major, minor) is known
