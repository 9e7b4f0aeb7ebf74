"""The command `simulate_policy`: one answer for a file, on stdout; what is wrong, on stderr."""

import io
import json
import re
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

QUESTION = {
    "policy": {
        "basis": "expiry",
        "active_months": 12,
        "window_months": 1,
        "minimum_months": 6,
        "grace_days": 0,
        "evidence_max_age_days": 180,
        "leave_return_days": 30,
    },
    "events": [
        {"on": "2026-01-05", "type": "assigned", "due": "2026-05-03"},
        {"on": "2026-04-20T23:30:00+02:00", "type": "completed"},
        {"on": "2026-06-01", "type": "extended", "to": "2026-07-01"},
    ],
    "ask": ["2026-05-01", "2027-05-04"],
}
ANSWER = {
    "certified_through": "2027-05-03",
    "window_opens": "2027-04-03",
    "due": "2027-05-03",
    "refused": [{"event": 2, "reason": "EXTENSION_BEFORE_DUE"}],
    "cycles": [
        {
            "number": 1,
            "path": "onboarding",
            "assigned_on": "2026-01-05",
            "window_opens": None,
            "due": "2026-05-03",
            "completed_on": "2026-04-20",
            "valid_through": "2027-05-03",
            "closed_as": "on_time",
        },
        {
            "number": 2,
            "path": "refresher",
            "assigned_on": "2027-04-03",
            "window_opens": "2027-04-03",
            "due": "2027-05-03",
            "completed_on": None,
            "valid_through": None,
            "closed_as": "lapsed",
        },
        {
            "number": 3,
            "path": "refresher",
            "assigned_on": "2027-05-04",
            "window_opens": None,
            "due": "2027-05-03",
            "completed_on": None,
            "valid_through": None,
            "closed_as": None,
        },
    ],
    "states": [
        {"on": "2026-05-01", "status": "certified", "covered": True, "in_denominator": True},
        {"on": "2027-05-04", "status": "expired", "covered": False, "in_denominator": True},
    ],
}


class Outcome:
    def __init__(self, name: str, *options: str) -> None:
        out, err = io.StringIO(), io.StringIO()
        self.exit = 0
        try:
            call_command("simulate_policy", name, *options, stdout=out, stderr=err)
        except SystemExit as left:
            self.exit = left.code
        self.out, self.err = out.getvalue(), err.getvalue()


@pytest.fixture
def simulated(tmp_path):
    """Run it on what a file holds: text or bytes as they are, all else as JSON."""

    def run(content: object, *options: str) -> Outcome:
        path = tmp_path / "question.json"
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            text = content if isinstance(content, str) else json.dumps(content)
            path.write_text(text, encoding="utf-8")
        return Outcome(str(path), *(options or ("--json",)))

    return run


def without(*keys: str) -> dict[str, object]:
    return {key: value for key, value in QUESTION.items() if key not in keys}


def with_event(**event: object) -> dict[str, object]:
    return QUESTION | {"events": [event]}


def with_policy(**numbers: object) -> dict[str, object]:
    return QUESTION | {"policy": {"basis": "expiry", "active_months": 12} | numbers}


def test_the_whole_answer_and_nothing_else(simulated):
    outcome = simulated(QUESTION)
    assert (outcome.exit, outcome.err) == (0, "")
    assert json.loads(outcome.out) == ANSWER
    assert list(json.loads(outcome.out)) == list(ANSWER)


def test_in_words_for_a_terminal(simulated):
    outcome = simulated(QUESTION, "--no-color")
    assert outcome.exit == 0
    for words in ("certified through  2027-05-03", "event 2: EXTENSION_BEFORE_DUE", "lapsed"):
        assert words in outcome.out


def test_the_least_days_to_finish_are_a_setting(simulated, settings):
    settings.LEAST_DAYS_TO_FINISH = 5
    soon = with_event(on="2026-01-05", type="assigned", due="2026-01-10")
    assert json.loads(simulated(soon).out)["refused"] == []
    settings.LEAST_DAYS_TO_FINISH = 6
    assert json.loads(simulated(soon).out)["refused"] == [{"event": 0, "reason": "TOO_LITTLE_TIME"}]


def test_ask_may_be_left_out_and_so_may_numbers_of_the_policy(simulated):
    answer = json.loads(simulated(without("ask") | {"policy": {}}).out)
    assert (answer["states"], answer["certified_through"]) == ([], "2027-05-03")


def test_the_example_of_the_documentation(simulated):
    page = (settings.BASE_DIR / "docs/recertification.md").read_text(encoding="utf-8")
    question, answer = re.findall(r"```json\n(.*?)```", page, re.DOTALL)
    assert json.loads(simulated(question).out) == json.loads(answer)


def test_days_are_answered_as_they_were_asked(simulated):
    days = ["2027-05-04", "2026-05-01", "2027-05-04"]
    answer = json.loads(simulated(QUESTION | {"ask": days}).out)
    assert [state["on"] for state in answer["states"]] == days


def test_a_mark_of_the_byte_order_does_no_harm(simulated):
    assert simulated(b"\xef\xbb\xbf" + json.dumps(QUESTION).encode()).exit == 0


RUBBISH = {
    "nothing": "",
    "words": "Dear computer, when is it due?",
    "half a file": '{"policy": {"basis": ',
    "binary": bytes(range(256)),
    "a NUL": b"\x00",
    "UTF-16": json.dumps(QUESTION).encode("utf-16"),
    "a list": [QUESTION],
    "a number": 12,
    "null": None,
    "true": True,
    "an empty object": {},
    "brackets in brackets": "[" * 100_000,
    "a number of 10,000 digits": '{"policy": {"active_months": ' + "9" * 10_000 + "}}",
    "NaN": json.dumps(with_policy(grace_days=float("nan"))),
    "NaN where nobody looks": json.dumps(QUESTION | {"note": float("nan")}),
    "infinity": json.dumps(with_policy(grace_days=float("inf"))),
    "no policy": without("policy"),
    "no events": without("events"),
    "nothing to answer": QUESTION | {"events": [], "ask": []},
    "policy a list": QUESTION | {"policy": []},
    "policy null": QUESTION | {"policy": None},
    "an unknown number": with_policy(active_month=12),
    "an unknown basis": with_policy(basis="annual"),
    "basis a list": with_policy(basis=["expiry"]),
    "basis an object": with_policy(basis={}),
    "basis null": with_policy(basis=None),
    "a bool for a number": with_policy(grace_days=True),
    "text for a number": with_policy(active_months="12"),
    "a fraction": with_policy(active_months=12.0),
    "a null number": with_policy(active_months=None),
    "no months": with_policy(active_months=0),
    "too many months": with_policy(active_months=10**12),
    "a negative number": with_policy(grace_days=-1),
    "a window longer than validity": with_policy(window_months=13),
    "events an object": QUESTION | {"events": {}},
    "events text": QUESTION | {"events": "assigned"},
    "an event that is text": QUESTION | {"events": ["assigned"]},
    "an event that is null": QUESTION | {"events": [None]},
    "an event without a type": with_event(on="2026-01-05"),
    "an unknown type": with_event(on="2026-01-05", type="promoted"),
    "a type of ours alone": with_event(on="2026-01-05", type="policy"),
    "a type that is a list": with_event(on="2026-01-05", type=["assigned"]),
    "an event without a day": with_event(type="completed"),
    "on null": with_event(type="completed", on=None),
    "on a number": with_event(type="completed", on=20260105),
    "on true": with_event(type="completed", on=True),
    "a day of a million letters": with_event(type="completed", on="a" * 1_000_000),
    "a type of a million letters": with_event(type="a" * 1_000_000, on="2026-01-05"),
    "a name of a million letters": with_policy(**{"a" * 1_000_000: 1}),
    "half a character": with_policy(**{"\ud800": 1}),
    "no such day": with_event(type="completed", on="2026-02-29"),
    "day and month turned": with_event(type="completed", on="05-01-2026"),
    "no time zone": with_event(type="completed", on="2026-01-05T10:00:00"),
    "an hour too many": with_event(type="completed", on="2026-01-05T24:01:00+01:00"),
    "before all calendars": with_event(type="completed", on="0001-01-01"),
    "at the end of time": with_event(type="completed", on="9999-12-31T23:59:59-01:00"),
    "an import without its day": with_event(type="imported", on="2026-01-05"),
    "an extension without its day": with_event(type="extended", on="2026-01-05"),
    "a change without its day": with_event(type="due_changed", on="2026-01-05", due=None),
    "due a bool": with_event(type="assigned", on="2026-01-05", due=False),
    "ask text": QUESTION | {"ask": "2026-01-05"},
    "ask null": QUESTION | {"ask": None},
    "ask no day": QUESTION | {"ask": ["tomorrow"]},
    "ask a list in a list": QUESTION | {"ask": [["2026-01-05"]]},
}


@pytest.mark.parametrize("content", RUBBISH.values(), ids=RUBBISH)
def test_what_cannot_be_used_exits_with_2_and_a_message(simulated, content):
    outcome = simulated("null" if content is None else content)
    assert (outcome.exit, outcome.out) == (2, "")
    assert "question.json: " in outcome.err
    assert "Traceback" not in outcome.err
    assert len(outcome.err) < 1000


def test_the_message_names_the_place(simulated):
    rows = [*QUESTION["events"], {"type": "extended", "on": "2026-01-05", "to": "soon"}]
    assert "events[3].to: 'soon' is not a date" in simulated(QUESTION | {"events": rows}).err


@pytest.mark.parametrize("name", ["not-here.json", "."])
def test_a_file_that_cannot_be_read(name, tmp_path):
    outcome = Outcome(str(tmp_path / name), "--json")
    assert (outcome.exit, outcome.out) == (2, "")
    assert "cannot be read" in outcome.err


def test_a_file_has_to_be_named():
    with pytest.raises(CommandError, match="file"):
        call_command("simulate_policy")


def test_a_long_history_is_answered(simulated):
    day = {"on": "2026-01-05", "type": "completed"}
    days = [f"{year}-{month:02}-01" for year in range(2026, 2126) for month in range(1, 13)]
    question = QUESTION | {"events": [day | {"on": on} for on in days], "ask": days}
    assert len(json.loads(simulated(question).out)["states"]) == 1200


def test_through_manage_py_from_stdin() -> None:
    answered = subprocess.run(
        [sys.executable, "manage.py", "simulate_policy", "-", "--json"],
        cwd=settings.BASE_DIR,
        input=json.dumps(QUESTION),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (answered.returncode, answered.stderr) == (0, "")
    assert json.loads(answered.stdout) == ANSWER
