"""H5P.MultiChoice is scored again as its script counts. Cases were worked out by hand."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modules.rules.h5p_scoring import Answer, AnswerNotAllowed, Rescored, is_rescored, rescored

NAME = "H5P.MultiChoice"


def question(rights: str, **behaviour: Any) -> dict[str, Any]:
    """One answer for each mark: "+" is right, "-" is wrong."""
    answers = [{"text": "<div>a</div>", "correct": mark == "+"} for mark in rights]
    return {"question": "Wat hoort erbij?", "answers": answers, "behaviour": behaviour}


def answered(content: Any, response: str) -> Rescored | None:
    return rescored(NAME, content, [Answer("", "answered", response)])


def result(content: Any, response: str) -> tuple[float, float, bool | None] | None:
    found = answered(content, response)
    return found and (found.raw, found.maximum, found.success)


def test_one_right_answer_is_a_choice_of_one():
    assert result(question("-+-"), "1") == (1, 1, True)
    assert result(question("-+-"), "0") == (0, 1, False)


def test_of_several_right_ones_all_are_needed():
    assert result(question("+-+"), "0[,]2") == (1, 1, True)
    assert result(question("+-+"), "0") == (0, 1, False)
    assert result(question("+-+"), "0[,]1[,]2") == (0, 1, False)


def test_a_point_for_each_right_one_less_one_for_each_wrong_one():
    content = question("+-+-", singlePoint=False)
    assert result(content, "0[,]2") == (2, 2, True)
    assert result(content, "2") == (1, 2, False)
    assert result(content, "0[,]1[,]2") == (1, 2, False)
    assert result(content, "1[,]3") == (0, 2, False)  # never below 0


def test_the_pass_percentage_decides_what_succeeds():
    content = question("++--", singlePoint=False, passPercentage=50)
    assert result(content, "0") == (1, 2, True)
    assert result(content, "0[,]2") == (0, 2, False)


def test_with_one_point_for_all_the_pass_percentage_earns_it():
    content = question("++--", singlePoint=True, passPercentage=50)
    assert result(content, "1") == (1, 1, True)
    assert result(content, "1[,]2") == (0, 1, False)


def test_without_a_right_answer_ticking_none_is_right():
    for single_point in (True, False):
        content = question("---", singlePoint=single_point)
        assert result(content, "") == (1, 1, True)
        assert result(content, "2") == (0, 1, False)


def test_ticking_none_earns_nothing_where_something_is_right():
    assert result(question("++"), "") == (0, 1, False)
    assert result(question("++", singlePoint=False), "") == (0, 2, False)
    assert result(question("+-"), "") == (0, 1, False)


def test_a_choice_of_one_may_have_two_right_answers():
    content = question("++-", type="single")
    assert result(content, "0") == result(content, "1") == (1, 1, True)
    assert result(content, "2") == (0, 1, False)


def test_one_right_answer_can_be_asked_as_one_of_several():
    content = question("+--", type="multi")
    assert result(content, "0") == (1, 1, True)
    assert result(content, "0[,]1") == (0, 1, False)


def test_none_chosen_of_a_choice_without_a_right_answer_is_not_verified():
    """The script gives 0 for it the first time and 1 after trying again."""
    assert result(question("--", type="single"), "") is None
    assert result(question("+-", passPercentage=0), "") is None


def test_ticks_that_can_be_taken_back_unseen_are_not_verified():
    """Checked at once and without another try, the script forgets a tick but not its points."""
    settings = {"autoCheck": True, "enableRetry": False}
    assert result(question("++-", **settings), "0[,]1") is None
    assert result(question("+-", **settings), "0") == (1, 1, True)  # one cannot be taken back
    assert result(question("++-", autoCheck=True), "0[,]1") == (1, 1, True)
    assert result(question("++-", enableRetry=False), "0[,]1") == (1, 1, True)


def test_weights_count_where_each_answer_does():
    content = question("++-", singlePoint=False)
    for option, weight in zip(content["answers"], [2, 1, 0.5], strict=True):
        option["weight"] = weight
    assert result(content, "0[,]1") == (3, 3, True)
    assert result(content, "0[,]2") == (1.5, 3, False)


def test_the_weight_of_the_question_is_its_one_point():
    assert result({**question("++"), "weight": 4}, "0[,]1") == (4, 4, True)
    assert result({**question("--"), "weight": 4}, "") == (4, 4, True)
    assert result({**question("--", singlePoint=False), "weight": 4}, "") == (4, 4, True)
    assert result({**question("+-"), "weight": 2}, "0") == (1, 2, False)  # as the script does
    assert result({**question("+-"), "weight": 0.5}, "0") is None  # 1 of 0.5 is no score


def test_settings_left_out_are_those_of_the_script():
    content = question("++")
    del content["behaviour"]
    assert result(content, "0[,]1") == (1, 1, True)


def test_the_first_answer_is_right_when_it_says_nothing():
    content = {"answers": [{"text": "a"}, {"text": "b"}]}
    assert result(content, "0") == (1, 1, True)
    assert result(content, "1") == (0, 1, False)


def test_shuffling_changes_nothing_in_what_is_told():
    assert result(question("-+", randomAnswers=True), "1") == (1, 1, True)


@pytest.mark.parametrize(
    "response",
    [
        "3",
        "-1",
        "0[,]0",
        "a",
        "1.0",
        "01",
        " 1",
        "+1",
        "1e0",
        "٠",
        "0[,]",
        "[,]",
        "0,2",
        "nul",
        "²",
    ],
)
def test_an_answer_that_is_not_there_is_not_allowed(response):
    with pytest.raises(AnswerNotAllowed):
        answered(question("+-+"), response)


def test_several_answers_where_one_may_be_chosen_are_not_allowed():
    with pytest.raises(AnswerNotAllowed):
        answered(question("+--"), "0[,]1")
    with pytest.raises(AnswerNotAllowed):
        answered(question("++-", type="single"), "0[,]1")


ODD: list[Any] = [
    None,
    [],
    "x",
    {},
    {"answers": []},
    {"answers": {"0": {"correct": True}}},
    {"answers": ["a"]},
    {"answers": [None, {"correct": True}]},
    {"answers": [{"correct": "true"}]},
    {"answers": [{"correct": None}]},
    {"answers": [{"correct": True, "weight": "2"}]},
    {"answers": [{"correct": True, "weight": -1}]},
    {"answers": [{"correct": True, "weight": True}]},
    {**question("++"), "weight": 0},
    {**question("++"), "weight": float("inf")},
    {**question("++"), "weight": 10**400},
    {**question("++"), "behaviour": None},
    {**question("++"), "behaviour": []},
    question("++", type="several"),
    question("++", type=[]),
    question("++", singlePoint="no"),
    question("++", autoCheck="no"),
    question("++", autoCheck=True, enableRetry=0),
    question("++", passPercentage="50"),
    question("++", passPercentage=float("nan")),
]


@pytest.mark.parametrize("content", ODD, ids=repr)
def test_odd_content_is_not_scored_again(content):
    assert answered(content, "0") is None


def test_right_answers_without_weight_earn_nothing():
    content = question("++")
    for option in content["answers"]:
        option["weight"] = 0
    assert result(content, "0[,]1") == (0, 1, False)
    content["behaviour"] = {"singlePoint": False}
    assert result(content, "0[,]1") is None  # 0 of 0 is no score


def test_without_an_answer_nothing_is_verified():
    content = question("+-")
    assert rescored(NAME, content, []) is None
    assert rescored(NAME, content, [Answer("", "interacted", "0")]) is None
    assert rescored(NAME, content, [Answer("", "completed", "0")]) is None
    assert rescored(NAME, content, [Answer("a-part", "answered", "0")]) is None


def test_the_first_answer_ends_the_run():
    told = [Answer("", "answered", "1"), Answer("", "answered", "0")]
    assert rescored(NAME, question("+-"), told) == Rescored(0, 1, False)


@pytest.mark.parametrize(
    ("major", "minor", "known"),
    [(1, 9, False), (1, 10, True), (1, 16, True), (1, 17, False), (2, 10, False), (0, 16, False)],
)
def test_only_versions_that_were_read_are_scored_again(major, minor, known):
    assert is_rescored(NAME, major, minor) is known


def test_a_type_that_nobody_read_is_not_scored_again():
    assert not is_rescored("H5P.Blanks", 1, 14)
    assert rescored("H5P.Blanks", question("+-"), [Answer("", "answered", "0")]) is None


@st.composite
def questions(draw: st.DrawFn) -> dict[str, Any]:
    content = question(
        draw(st.text("+-", min_size=1, max_size=6)),
        type=draw(st.sampled_from(["auto", "multi"])),
        singlePoint=draw(st.booleans()),
        passPercentage=draw(st.sampled_from([0, 33, 50, 75, 100])),
    )
    for option in content["answers"]:
        if draw(st.booleans()):
            option["weight"] = draw(st.sampled_from([0.5, 1, 2, 3]))
    return content


def several(content: dict[str, Any]) -> bool:
    rights = sum(option["correct"] for option in content["answers"])
    return content["behaviour"]["type"] == "multi" or rights != 1


def places(content: dict[str, Any], *, right_only: bool = False) -> list[int]:
    options = enumerate(content["answers"])
    return [place for place, option in options if option["correct"] or not right_only]


def told(ticked: list[int]) -> str:
    return "[,]".join(map(str, ticked))


@given(questions(), st.data())
def test_points_stay_between_0_and_the_maximum_in_whatever_order_they_were_ticked(content, data):
    most = len(content["answers"]) if several(content) else 1
    ticked = data.draw(
        st.lists(st.sampled_from(places(content)), unique=True, min_size=1, max_size=most)
    )
    found = answered(content, told(ticked))
    assert found is not None
    assert 0 <= found.raw <= found.maximum
    assert answered(content, told(data.draw(st.permutations(ticked)))) == found


@given(questions())
def test_ticking_what_is_right_earns_everything(content):
    found = answered(content, told(places(content, right_only=True)))
    assert found is not None
    assert found.raw == found.maximum
    assert found.success


@given(questions().filter(several))
def test_ticking_everything_is_better_than_nothing_only_where_that_is_right(content):
    right = answered(content, told(places(content, right_only=True)))
    everything = answered(content, told(places(content)))
    assert right is not None
    assert everything is not None
    assert everything.raw <= right.raw
    all_right = all(option["correct"] for option in content["answers"])
    if not content["behaviour"]["singlePoint"]:
        assert (everything.raw == right.raw) is all_right


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["answers", "correct", "weight", "behaviour", "type", "passPercentage"]
                ),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    ),
    st.text("012[,]-", max_size=8),
)
def test_no_content_makes_it_fail(content, response):
    try:
        found = answered(content, response)
    except AnswerNotAllowed:
        return
    assert found is None or 0 <= found.raw <= found.maximum
