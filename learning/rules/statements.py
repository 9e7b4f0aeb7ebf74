"""One statement of xAPI as H5P tells it, taken apart.

Who, about what thing, under which id and when is never read: that the server knows itself.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from learning.rules.posted import NotTaken, fingerprint, parse

IRI = "http://adlnet.gov/expapi/verbs/"
DECIDING = frozenset({"answered", "completed"})
VERBS = DECIDING | {
    "attempted",
    "experienced",
    "failed",
    "interacted",
    "passed",
    "progressed",
}
MOST_SEQUENCE = 10_000
MOST_POINTS = 1_000_000_000
MOST_RESPONSE = 20_000  # signs
MOST_ID = 80
MOST_DURATION = 40
NEARLY = 0.01  # shares were rounded by who told them
ROUNDING = 1e-9  # of a sum of fractions

_SUB_CONTENT = re.compile(r"[?&]subContentId=([^&#]*)")
_DURATION = re.compile(r"P(?=.)(\d+([.,]\d+)?[YMWD])*(T(?=.)(\d+([.,]\d+)?[HMS])*)?")


@dataclass(frozen=True)
class Told:
    """What one statement says. None where it does not say it."""

    verb: str
    sub_content_id: str = ""  # "" is the whole
    is_child: bool = False
    raw: float | None = None
    maximum: float | None = None
    scaled: float | None = None  # computed where points and maximum are there
    success: bool | None = None
    completion: bool | None = None
    response: str | None = None
    duration: str = ""

    @property
    def decides(self) -> bool:
        """Ends a try: about the whole, with or without a result."""
        return self.verb in DECIDING and not self.is_child


@dataclass(frozen=True)
class Message:
    """A statement as our page posts it."""

    nonce: str
    sequence: int
    fingerprint: str  # of the statement
    told: Told
    report: Any = None  # as it was posted


def message_in(body: Mapping[str, Any]) -> Message:
    """Raises NotTaken: BODY, SEQUENCE, and as `told_in` does."""
    statement = body.get("statement")
    return Message(
        nonce=nonce_in(body),
        sequence=_sequence(body.get("sequence")),
        fingerprint=fingerprint(statement),
        told=told_in(statement),
        report=body.get("report"),
    )


def nonce_in(body: Mapping[str, Any]) -> str:
    """Raises NotTaken (BODY)."""
    nonce = body.get("nonce", "")
    if not isinstance(nonce, str):
        raise NotTaken("BODY")
    return nonce


def state_in(body: Mapping[str, Any], most: int) -> str:
    """The text of a state, which is JSON itself. Raises NotTaken: STATE, TOO_LARGE."""
    state = body.get("state")
    if not isinstance(state, str):
        raise NotTaken("STATE")
    if len(state.encode()) > most:
        raise NotTaken("TOO_LARGE")
    try:
        parse(state)
    except NotTaken:
        raise NotTaken("STATE") from None
    return state


def told_in(statement: Any) -> Told:
    """Raises NotTaken: STATEMENT, VERB, OBJECT, CONTEXT, RESULT, SCORE, RESPONSE, DURATION.

    The caller has read it by `read_body`.
    """
    if not isinstance(statement, Mapping):
        raise NotTaken("STATEMENT")
    verb, part = _verb(statement.get("verb")), _sub_content_id(statement.get("object"))
    is_child = bool(part) or _has_parent(statement.get("context"))
    result = statement.get("result")
    if result is None:
        return Told(verb, part, is_child)
    if not isinstance(result, Mapping):
        raise NotTaken("RESULT")
    raw, maximum, scaled = _points(result.get("score"))
    return Told(
        verb=verb,
        sub_content_id=part,
        is_child=is_child,
        raw=raw,
        maximum=maximum,
        scaled=scaled,
        success=_flag(result.get("success")),
        completion=_flag(result.get("completion")),
        response=_response(result.get("response")),
        duration=_duration(result.get("duration")),
    )


def _sequence(value: Any) -> int:
    if type(value) is not int or not 1 <= value <= MOST_SEQUENCE:
        raise NotTaken("SEQUENCE")
    return value


def share(raw: float | None, maximum: float | None) -> float | None:
    """From 0 to 1. None when it is not told, or when there was nothing to earn."""
    if raw is None or not maximum:
        return None
    return min(1.0, max(0.0, raw / maximum))


def _verb(verb: Any) -> str:
    iri = verb.get("id") if isinstance(verb, Mapping) else None
    if not isinstance(iri, str) or not iri.startswith(IRI) or iri[len(IRI) :] not in VERBS:
        raise NotTaken("VERB")
    return iri[len(IRI) :]


def _sub_content_id(about: Any) -> str:
    iri = about.get("id") if isinstance(about, Mapping) else None
    if not isinstance(iri, str):
        raise NotTaken("OBJECT")
    found = _SUB_CONTENT.search(iri)
    part = found[1] if found else ""
    if len(part) > MOST_ID or not part.isprintable():
        raise NotTaken("OBJECT")
    return part


def _has_parent(context: Any) -> bool:
    activities = _mapping(_mapping(context).get("contextActivities"))
    parent = activities.get("parent")
    if parent is None or parent == []:
        return False
    if not isinstance(parent, list | Mapping):
        raise NotTaken("CONTEXT")
    return True


def _mapping(value: Any) -> Mapping[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise NotTaken("CONTEXT")
    return value


def _points(score: Any) -> tuple[float | None, float | None, float | None]:
    """Points, their maximum and the share that they are, which is told but computed here."""
    if score is None:
        return None, None, None
    if not isinstance(score, Mapping):
        raise NotTaken("SCORE")
    raw, maximum, least, scaled = (_number(score.get(n)) for n in ("raw", "max", "min", "scaled"))
    if scaled is not None and not -1 <= scaled <= 1:
        raise NotTaken("SCORE")
    if raw is not None and raw < (least or 0):
        raise NotTaken("SCORE")
    if maximum is None:
        return raw, None, scaled
    if maximum < 0 or (least or 0) > maximum:
        raise NotTaken("SCORE")
    if raw is None:
        return None, maximum, scaled
    if raw > maximum + ROUNDING * maximum:
        raise NotTaken("SCORE")
    raw = min(raw, maximum)
    computed = raw / maximum if maximum else None
    if computed is not None and scaled is not None and abs(scaled - computed) > NEARLY:
        raise NotTaken("SCORE")
    return raw, maximum, computed


def _number(value: Any) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > MOST_POINTS:
        raise NotTaken("SCORE")
    return float(value)


def _flag(value: Any) -> bool | None:
    if value is not None and not isinstance(value, bool):
        raise NotTaken("RESULT")
    return value


def _response(value: Any) -> str | None:
    """A text; some content types tell the number of the answer."""
    if value is None:
        return None
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= MOST_POINTS:
        return str(value)
    if not isinstance(value, str) or len(value) > MOST_RESPONSE:
        raise NotTaken("RESPONSE")
    return value


def _duration(value: Any) -> str:
    """ISO 8601. A clock that was put back gives PT-3S: then it is not known how long it took."""
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > MOST_DURATION:
        raise NotTaken("DURATION")
    return value if _DURATION.fullmatch(value) else ""
