"""The report that an H5P activity gives at its end (`getXAPIData`), and the path that it tells."""

from collections.abc import Iterator, Mapping
from typing import Any

from learning.rules.posted import NotTaken
from learning.rules.statements import told_in
from modules.packages.texts import one_line

TEXTS = ("type", "interactionType")
BY_LANGUAGE = ("name", "description")
LISTED = ("choices", "scale", "source", "target", "steps")
X_API = "https://h5p.org/x-api/"
WITHOUT_SCORE = X_API + "no-question-score"  # on a branching scenario as a whole
OF_A_CHOICE = (X_API + "no-correct-answer", X_API + "alternatives-with-score")  # on its questions
MARKS = (WITHOUT_SCORE, *OF_A_CHOICE)
BETWEEN = "[,]"
ENDS_A_SENTENCE = ".?!:…"
LONGEST = 1_000  # characters shown of a question or a choice


def kept_of(report: Any) -> dict[str, Any] | None:
    """What is kept of a report: what was asked, what was answered, what it earned.

    Whom, when, ids and addresses are left out, and so is what is not what xAPI says it is. None
    for what is no report. The caller has read it by `read_body`, so its depth is bounded.
    """
    statement = report.get("statement") if isinstance(report, Mapping) else None
    if not isinstance(statement, Mapping):
        return None
    kept: dict[str, Any] = {"statement": _statement(statement)}
    children = [one for child in _list(report.get("children")) if (one := kept_of(child))]
    return kept | {"children": children} if children else kept


def path_of(report: Any) -> list[str]:
    """The choices in a branching scenario, in order: the question and what was chosen there.

    Empty for any other report. Plain text of others: escape it.
    """
    if not isinstance(report, Mapping) or WITHOUT_SCORE not in _extensions(report):
        return []
    made = (_choice_in(child) for child in _list(report.get("children")))
    return [choice for choice in made if choice]


def _statement(statement: Mapping[str, Any]) -> dict[str, Any]:
    try:
        told = told_in({**statement, "context": None})
    except NotTaken:
        return {"object": {"definition": _definition(statement)}}
    result = {
        "raw": told.raw,
        "max": told.maximum,
        "scaled": told.scaled,
        "success": told.success,
        "completion": told.completion,
        "response": told.response,
        "duration": told.duration or None,
    }
    return {
        "verb": told.verb,
        "object": {"sub_content_id": told.sub_content_id, "definition": _definition(statement)},
        "result": {name: value for name, value in result.items() if value is not None},
    }


def _definition(statement: Mapping[str, Any]) -> dict[str, Any]:
    found = _mapping(_mapping(statement.get("object")).get("definition"))
    pattern = [one for one in _list(found.get("correctResponsesPattern")) if _is_plain(one)]
    extensions = _mapping(found.get("extensions"))
    return (
        {name: found[name] for name in TEXTS if isinstance(found.get(name), str)}
        | {name: _words(found[name]) for name in BY_LANGUAGE if name in found}
        | {name: _components(found[name]) for name in LISTED if name in found}
        | ({"correctResponsesPattern": pattern} if pattern else {})
        | {"extensions": {mark: True for mark in MARKS if mark in extensions}}
    )


def _components(value: Any) -> list[dict[str, Any]]:
    return [
        {"id": one["id"], "description": _words(one.get("description"))}
        for one in _list(value)
        if isinstance(one, Mapping) and _is_plain(one.get("id"))
    ]


def _words(value: Any) -> dict[str, str]:
    return {key: text for key, text in _mapping(value).items() if isinstance(text, str)}


def _choice_in(child: Any) -> str:
    """Empty for a step of the path that asks nothing, or was left without an answer."""
    if not isinstance(child, Mapping) or not any(m in _extensions(child) for m in OF_A_CHOICE):
        return ""
    statement = _mapping(child.get("statement"))
    definition = _mapping(_mapping(statement.get("object")).get("definition"))
    response = _mapping(statement.get("result")).get("response")
    if not _is_plain(response):
        return ""
    chosen = str(response).split(BETWEEN)
    texts = [
        _text(one.get("description"))
        for one in _list(definition.get("choices"))
        if isinstance(one, Mapping) and str(one.get("id")) in chosen
    ]
    return _sentence(_text(definition.get("description")), ", ".join(filter(None, texts)))


def _sentence(question: str, choice: str) -> str:
    if not question or not choice:
        return choice
    return f"{question}{'' if question[-1] in ENDS_A_SENTENCE else ':'} {choice}"


def _text(words: Any) -> str:
    """In the one language that H5P writes, without the white space of markup and what steers."""
    return one_line(next(_texts(words), ""), LONGEST)


def _texts(words: Any) -> Iterator[str]:
    return (text for text in _mapping(words).values() if isinstance(text, str))


def _extensions(node: Mapping[str, Any]) -> Mapping[str, Any]:
    about = _mapping(_mapping(node.get("statement")).get("object"))
    return _mapping(_mapping(about.get("definition")).get("extensions"))


def _is_plain(value: Any) -> bool:
    return isinstance(value, str | int) and not isinstance(value, bool)


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
