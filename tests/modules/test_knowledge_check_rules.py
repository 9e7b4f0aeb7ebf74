from hypothesis import given
from hypothesis import strategies as st

from modules.rules.content import Item, Option
from modules.rules.knowledge_check import mark

ITEMS = tuple(
    Item(f"v{n}", "Welke?", (Option("goed", "Deze", is_correct=True), Option("fout", "Die")))
    for n in range(3)
)


def test_right_wrong_and_unanswered_are_told_apart():
    marked = mark(ITEMS, {"v0": "goed", "v1": "fout"})
    assert (marked.right, marked.total) == (1, 3)
    assert marked.right_ids == ("v0",)
    assert marked.wrong_ids == ("v1", "v2")
    assert marked.unanswered_ids == ("v2",)


def test_an_option_that_is_not_there_counts_as_unanswered():
    assert mark(ITEMS, {"v0": "weg"}).unanswered_ids == ("v0", "v1", "v2")


def test_an_answer_to_another_question_is_left_aside():
    assert mark(ITEMS, {"elders": "goed"}).right == 0


def test_no_questions_give_no_share():
    assert mark((), {}).share is None


@given(
    st.dictionaries(st.sampled_from(["v0", "v1", "v2", "v9"]), st.sampled_from(["goed", "fout"]))
)
def test_right_and_wrong_make_the_total(answers):
    marked = mark(ITEMS, answers)
    assert marked.right + len(marked.wrong_ids) == marked.total == 3
    assert set(marked.unanswered_ids) <= set(marked.wrong_ids)
