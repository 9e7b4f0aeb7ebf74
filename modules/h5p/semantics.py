"""Whether a content fits the fields of a content type, as hosts will judge it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Field = Mapping[str, Any]
TYPES: dict[str, type | tuple[type, ...]] = {
    "text": str,
    "select": str,
    "boolean": bool,
    "list": list,
    "group": dict,
    "image": dict,
    "audio": list,
}
FILE_KEYS = {"path", "mime", "width", "height"}


def problems(content: Mapping[str, Any], fields: Sequence[Field], where: str = "") -> Iterator[str]:
    """What a host would refuse, cut off or throw away; nothing when it fits."""
    known = {field["name"] for field in fields}
    yield from (f"{where}{name}: no such field" for name in content if name not in known)
    for field in fields:
        name = field["name"]
        if name in content:
            yield from _of_value(content[name], field, f"{where}{name}")
        elif field["type"] in {"text", "select"} and not field.get("optional"):
            yield f"{where}{name}: missing"


def _of_value(value: Any, field: Field, where: str) -> Iterator[str]:
    kind = field["type"]
    if not isinstance(value, TYPES[kind]):
        yield f"{where}: not a {kind}"
    elif kind == "text" and len(value) > field.get("maxLength", 255):
        yield f"{where}: longer than {field.get('maxLength', 255)}"
    elif kind == "select" and value not in {option["value"] for option in field["options"]}:
        yield f"{where}: {value} is no option"
    elif kind == "list":
        yield from _of_list(value, field, where)
    elif kind == "group":
        yield from problems(value, field["fields"], f"{where}.")
    elif kind in {"image", "audio"}:
        yield from _of_file([value] if kind == "image" else value, where)


def _of_list(values: Sequence[Any], field: Field, where: str) -> Iterator[str]:
    if not field.get("min", 0) <= len(values) <= field.get("max", len(values)):
        yield f"{where}: {len(values)} is too few or too many"
    for place, value in enumerate(values):
        yield from _of_value(value, field["field"], f"{where}[{place}]")


def _of_file(values: Sequence[Any], where: str) -> Iterator[str]:
    for value in values:
        if not isinstance(value, dict) or not isinstance(value.get("path"), str):
            yield f"{where}: not a file"
        else:
            yield from (f"{where}.{key}: no such key" for key in value if key not in FILE_KEYS)
