"""Ids that follow from names, so that reading a text twice gives the same ones.

The answers of learners are kept under these ids: they never change.
"""

import uuid

NAMESPACE = uuid.UUID("6f1d7c1e-4f57-4b8e-9b58-0d0a3c1f7e21")


def stable_id(*place: object) -> str:
    return str(uuid.uuid5(NAMESPACE, "/".join(str(part) for part in place)))


def choice_id(slug: str, node: str, named: str | None, number: int) -> str:
    """The id of a choice: from the one in the text, or from its place among the choices."""
    if named and is_uuid(named):
        return named
    return stable_id("scenario", slug, node, "choice", named or number)


def is_uuid(text: str) -> bool:
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False
