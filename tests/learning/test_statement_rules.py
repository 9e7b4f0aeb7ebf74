"""What is read of a statement, and what is refused: no database needed."""

import json
import sys

import pytest

from learning.rules.posted import MOST_DEPTH, NotTaken, fingerprint, read_body
from learning.rules.reports import kept_of, path_of
from learning.rules.statements import (
    MOST_ID,
    MOST_RESPONSE,
    MOST_SEQUENCE,
    VERBS,
    Told,
    message_in,
    state_in,
    told_in,
)
from tests.learning.telling import WHOLE, said, scored

PART = "5d1bb2f8-6c4b-4c29-8f3e-0a4a4f7a8c01"


def refused(what, *args):
    with pytest.raises(NotTaken) as refusal:
        what(*args)
    return refusal.value.code


def with_score(**score):
    return said(score=score)


# What can be read at all


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not json",
        b'{"a": 1',
        b'{"a": NaN}',
        b'{"a": Infinity}',
        b'{"a": -Infinity}',
        b'{"a": 1e400}',
        b'{"a": -1e400}',
        b'{"a": ' + b"9" * 5_000 + b"}",
        b'{"a": 1, "a": 2}',
        b'{"b": {"a": 1, "\\u0061": 2}}',
        '{"a": 1}'.encode("utf-16"),
        b'{"a": "\xff"}',
        b"\xef\xbb\xbf{}",
    ],
)
def test_what_is_no_json_is_refused(body):
    assert refused(read_body, body) == "NOT_JSON"


@pytest.mark.parametrize("body", [b"[]", b"1", b'"a"', b"null"])
def test_only_an_object_is_a_body(body):
    assert refused(read_body, body) == "BODY"


@pytest.mark.parametrize("sign", ["\\u0000", "\\ud800", "\\udfff", "a\\udc00b"])
@pytest.mark.parametrize("body", ['{"a": "%s"}', '{"%s": 1}', '{"a": [{"b": "%s"}]}'])
def test_text_that_cannot_be_stored_is_refused(sign, body):
    assert refused(read_body, (body % sign).encode()) == "TEXT"


def test_a_whole_character_in_two_halves_is_taken():
    assert read_body(b'{"a": "\\ud83d\\ude00"}') == {"a": "😀"}


def nested(depth):
    return b'{"a": ' + b"[" * depth + b"]" * depth + b"}"


def test_depth_has_an_end():
    assert read_body(nested(MOST_DEPTH))
    assert refused(read_body, nested(MOST_DEPTH + 1)) == "TOO_DEEP"
    assert refused(read_body, nested(32_000)) == "TOO_DEEP"
    assert refused(read_body, b'{"a":' * 10_000 + b"1" + b"}" * 10_000) == "TOO_DEEP"
    assert sys.getrecursionlimit() < 10_000


def test_the_same_in_another_order_has_the_same_fingerprint():
    assert fingerprint({"a": 1, "b": [2]}) == fingerprint({"b": [2], "a": 1})
    assert fingerprint({"a": 1}) != fingerprint({"a": 2})
    assert len(fingerprint({"a": "é"})) == 64


# The verb


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_these_verbs_are_taken(verb):
    assert told_in(said(verb)).verb == verb


@pytest.mark.parametrize(
    "verb",
    [
        None,
        "answered",
        "http://adlnet.gov/expapi/verbs/answered",
        ["http://adlnet.gov/expapi/verbs/answered"],
        {},
        {"id": None},
        {"id": ["http://adlnet.gov/expapi/verbs/answered"]},
        {"id": {"id": "http://adlnet.gov/expapi/verbs/answered"}},
        {"id": "answered"},
        {"id": "http://adlnet.gov/expapi/verbs/"},
        {"id": "http://adlnet.gov/expapi/verbs/answered/"},
        {"id": "http://adlnet.gov/expapi/verbs/ANSWERED"},
        {"id": "http://adlnet.gov/expapi/verbs/downloaded"},
        {"id": "http://adlnet.gov/expapi/verbs/mastered"},
        {"id": "https://adlnet.gov/expapi/verbs/answered"},
        {"id": "http://example.com/verbs/answered"},
    ],
)
def test_other_verbs_are_refused(verb):
    assert refused(told_in, said() | {"verb": verb}) == "VERB"


# What it is about


def test_the_whole_has_no_part_and_no_parent():
    told = told_in(said())
    assert (told.sub_content_id, told.is_child, told.decides) == ("", False, True)


def test_a_part_tells_its_id():
    told = told_in(said(part=PART))
    assert (told.sub_content_id, told.is_child, told.decides) == (PART, True, False)


@pytest.mark.parametrize(
    "query", ["?subContentId={}", "?a=1&subContentId={}", "?subContentId={}#x"]
)
def test_the_id_of_a_part_stands_in_the_address(query):
    statement = said() | {"object": {"id": "https://care.example/1" + query.format(PART)}}
    assert told_in(statement).sub_content_id == PART


def test_a_part_without_a_parent_does_not_decide():
    """Some containers forget to say that they are the parent."""
    assert not told_in(said(part=PART, parent=False)).decides


def test_what_has_a_parent_does_not_decide_even_without_an_id_of_its_own():
    told = told_in(said("completed", parent=True))
    assert (told.sub_content_id, told.is_child, told.decides) == ("", True, False)


@pytest.mark.parametrize("parent", [{"id": WHOLE}, {}, [{}], [None]])
def test_a_parent_in_any_form_is_a_parent(parent):
    context = {"contextActivities": {"parent": parent}}
    assert told_in(said() | {"context": context}).is_child


@pytest.mark.parametrize(
    "context",
    [None, {}, {"contextActivities": None}, {"contextActivities": {"parent": []}}],
)
def test_without_a_parent_it_is_about_the_whole(context):
    assert told_in(said() | {"context": context}).decides


@pytest.mark.parametrize(
    "context",
    [
        "x",
        [],
        {"contextActivities": []},
        {"contextActivities": {"parent": "x"}},
        {"contextActivities": {"parent": ""}},
    ],
)
def test_a_context_that_is_none_is_refused(context):
    assert refused(told_in, said() | {"context": context}) == "CONTEXT"


@pytest.mark.parametrize(
    "about",
    [
        None,
        "x",
        {},
        {"id": 1},
        {"id": f"{WHOLE}?subContentId={'a' * (MOST_ID + 1)}"},
        {"id": f"{WHOLE}?subContentId=a\nb"},
    ],
)
def test_it_says_what_it_is_about(about):
    assert refused(told_in, said() | {"object": about}) == "OBJECT"


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_only_answered_and_completed_decide(verb):
    assert told_in(said(verb)).decides == (verb in {"answered", "completed"})


@pytest.mark.parametrize("statement", [None, [], "x", 1])
def test_a_statement_is_an_object(statement):
    assert refused(told_in, statement) == "STATEMENT"


def test_who_when_and_which_id_are_not_read():
    forged = said() | {"id": "x", "timestamp": ["nonsense"], "actor": 5, "authority": None}
    assert told_in(forged) == told_in(said()) == Told("answered")


# The result


@pytest.mark.parametrize("result", [None, {}, {"score": None}, {"score": {"raw": None}}])
def test_no_result_is_no_result(result):
    told = told_in(said() | {"result": result})
    assert (told.raw, told.maximum, told.scaled, told.response) == (None, None, None, None)
    assert told.decides


@pytest.mark.parametrize("result", [[], "x", 1, True])
def test_a_result_is_an_object(result):
    assert refused(told_in, said() | {"result": result}) == "RESULT"


def test_points_are_read_and_the_share_is_computed():
    told = told_in(scored(1, 3))
    assert (told.raw, told.maximum, told.scaled) == (1, 3, pytest.approx(1 / 3))
    assert (told.completion, told.duration) == (True, "PT4.2S")


def test_success_is_only_what_was_told():
    assert told_in(scored(4, 4)).success is None
    assert told_in(scored(4, 4, success=False)).success is False


@pytest.mark.parametrize(
    ("score", "points"),
    [
        ({"raw": 3}, (3, None, None)),
        ({"max": 3}, (None, 3, None)),
        ({"raw": 0, "max": 0}, (0, 0, None)),
        ({"raw": 0, "max": 0, "scaled": 0}, (0, 0, None)),
        ({"scaled": 0.5}, (None, None, 0.5)),
        ({"raw": 5, "min": 5, "max": 10}, (5, 10, 0.5)),
        ({"raw": -1, "min": -2, "max": 2}, (-1, 2, -0.5)),
        ({"raw": 0.1 + 0.2, "max": 0.3}, (0.3, 0.3, 1)),
        ({"raw": 2, "max": 3, "scaled": 0.67}, (2, 3, 2 / 3)),
    ],
)
def test_points_that_can_be_right(score, points):
    told = told_in(with_score(**score))
    assert (told.raw, told.maximum, told.scaled) == points


@pytest.mark.parametrize(
    "score",
    [
        {"raw": 101, "max": 100},
        {"raw": -1, "max": 3},
        {"raw": -1},
        {"raw": 1, "min": 2, "max": 3},
        {"raw": 1, "max": -3},
        {"min": 4, "max": 3},
        {"raw": True, "max": 3},
        {"raw": "3", "max": 3},
        {"raw": [3], "max": 3},
        {"raw": 3, "max": 10**10},
        {"raw": 10**300, "max": 10**300},
        {"scaled": 1.01},
        {"scaled": -1.01},
        {"raw": 0, "max": 10, "scaled": 1},
        {"raw": 10, "max": 10, "scaled": 0.98},
    ],
)
def test_points_that_cannot_be_right(score):
    assert refused(told_in, with_score(**score)) == "SCORE"


@pytest.mark.parametrize("score", [[], "3", 3, True])
def test_a_score_is_an_object(score):
    assert refused(told_in, said(score=score)) == "SCORE"


@pytest.mark.parametrize("flag", ["success", "completion"])
@pytest.mark.parametrize("value", [1, "true", [], {}])
def test_success_and_completion_are_yes_or_no(flag, value):
    assert refused(told_in, said(**{flag: value})) == "RESULT"


@pytest.mark.parametrize(
    ("told", "kept"), [("0[,]2", "0[,]2"), ("", ""), (3, "3"), ("é" * MOST_RESPONSE, None)]
)
def test_responses_that_are_taken(told, kept):
    assert told_in(said(response=told)).response == (told if kept is None else kept)


@pytest.mark.parametrize("response", [True, 1.5, [], {}, "a" * (MOST_RESPONSE + 1), 10**10])
def test_responses_that_are_not(response):
    assert refused(told_in, said(response=response)) == "RESPONSE"


@pytest.mark.parametrize("duration", ["PT4.2S", "PT0S", "P1DT2H3M4S", "P3W", "PT1,5S"])
def test_durations_are_kept(duration):
    assert told_in(said(duration=duration)).duration == duration


@pytest.mark.parametrize("duration", ["PT-3S", "PTNaNS", "P", "PT", "4 seconds", "PT4.2S; drop"])
def test_nobody_loses_a_result_by_a_clock_that_was_put_back(duration):
    assert told_in(said(duration=duration)).duration == ""


@pytest.mark.parametrize("duration", [4, ["PT4S"], "P" + "1" * 60 + "D"])
def test_durations_that_are_none_are_refused(duration):
    assert refused(told_in, said(duration=duration)) == "DURATION"


# The message around it


def message(**fields):
    return {"nonce": "n", "sequence": 1, "statement": said()} | fields


def test_a_message_is_taken_apart():
    found = message_in(message(sequence=7, report={"x": 1}))
    assert (found.nonce, found.sequence, found.report) == ("n", 7, {"x": 1})
    assert found.fingerprint == message_in(message()).fingerprint


@pytest.mark.parametrize("sequence", [None, 0, -1, 1.0, "1", True, MOST_SEQUENCE + 1, 10**30])
def test_a_sequence_is_a_whole_number_from_one(sequence):
    assert refused(message_in, message(sequence=sequence)) == "SEQUENCE"


@pytest.mark.parametrize("nonce", [None, 1, ["n"], {}])
def test_a_nonce_is_a_text(nonce):
    assert refused(message_in, message(nonce=nonce)) == "BODY"


def test_what_is_left_out_of_a_message_is_refused():
    assert refused(message_in, {}) == "SEQUENCE"
    assert refused(message_in, {"sequence": 1}) == "STATEMENT"


def test_a_state_is_json_in_a_text():
    assert state_in({"state": '{"a": 1}'}, 10) == '{"a": 1}'
    for odd in [None, {}, "", "{", "NaN", "[" * 5_000]:
        assert refused(state_in, {"state": odd}, 10_000) == "STATE"


def test_a_state_is_measured_in_bytes():
    assert state_in({"state": '"éé"'}, 6)
    assert refused(state_in, {"state": '"ééé"'}, 7) == "TOO_LARGE"


# The report


def asked(question, choices, response, *marks):
    """A branching question as H5P.BranchingQuestion 1.0 reports it."""
    prefix = "https://h5p.org/x-api/"
    statement = said(part=PART, response=response, completion=True)
    statement["object"]["definition"] = {
        "description": {"en-US": question},
        "type": "http://adlnet.gov/expapi/activities/cmi.interaction",
        "interactionType": "choice",
        "correctResponsesPattern": [],
        "choices": [
            {"id": str(n), "description": {"en-US": text}} for n, text in enumerate(choices)
        ],
        "extensions": {prefix + mark: 1 for mark in marks or ["no-correct-answer"]},
    }
    return {"statement": statement}


def branching(*children):
    whole = scored(2, 4)
    whole["object"]["definition"] = {
        "interactionType": "compound",
        "extensions": {
            "https://h5p.org/x-api/no-question-score": 1,
            "http://h5p.org/x-api/h5p-local-content-id": 1,
        },
    }
    return {"statement": whole, "children": list(children)}


WALKED = branching(
    asked("Wat doet u?\n", ["Ik  luister", "Ik ga weg"], 0),
    {"statement": said("completed", part=PART)},
    None,
    asked("Gaat u mee", ["Ja", "Nee"], "1", "alternatives-with-score"),
)


def test_a_choice_that_turns_the_direction_of_its_line_does_not():
    walked = branching(asked("Wat?", ["Ja \u202ezegt\u200f u"], 0))
    assert path_of(walked) == ["Wat? Ja zegt u"]


def test_the_path_of_a_branching_scenario_can_be_read():
    assert path_of(WALKED) == ["Wat doet u? Ik luister", "Gaat u mee: Nee"]
    assert path_of(kept_of(WALKED)) == path_of(WALKED)


def test_a_choice_that_was_not_made_is_not_on_the_path():
    assert path_of(branching(asked("Wat?", ["Ja"], None), asked("Wat?", ["Ja"], 5))) == []


def test_other_reports_have_no_path():
    set_of_questions = {"statement": scored(1, 1), "children": WALKED["children"]}
    for report in [set_of_questions, None, [], "x", {}, {"statement": None}]:
        assert path_of(report) == []


def test_a_report_is_kept_without_who_when_and_where():
    kept = json.dumps(kept_of(WALKED))
    for left_out in ["mailto", "Iemand", WHOLE, "actor", "context", "local-content-id"]:
        assert left_out in json.dumps(WALKED)
        assert left_out not in kept
    assert PART in kept


def test_of_a_report_what_is_no_xapi_is_left_out():
    odd = said(part=PART, response="0")
    odd["object"]["definition"] = {
        "name": ["x"],
        "description": {"nl": 5, "en-US": "Ja"},
        "choices": [{"id": {}, "description": {}}, "x", {"id": "0"}],
        "interactionType": 5,
        "image": "https://care.example/h5p/signed/picture.png",
        "extensions": {"https://h5p.org/x-api/branching-choice-feedback": {"imageUrl": "x"}},
    }
    [child] = kept_of({"statement": said(), "children": [{"statement": odd}, 5]})["children"]
    assert child["statement"]["object"]["definition"] == {
        "name": {},
        "description": {"en-US": "Ja"},
        "choices": [{"id": "0", "description": {}}],
        "extensions": {},
    }


def test_of_a_report_that_cannot_be_right_the_question_is_kept():
    kept = kept_of({"statement": scored(1, 1) | {"verb": "odd"}})
    assert kept == {"statement": {"object": {"definition": {"extensions": {}}}}}


@pytest.mark.parametrize("report", [None, [], "x", 5, {}, {"statement": []}])
def test_what_is_no_report_is_not_kept(report):
    assert kept_of(report) is None
