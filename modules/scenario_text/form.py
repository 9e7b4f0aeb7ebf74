"""The form of a scenario in text, version 1. curriculum/scenario.schema.json says the same."""

from dataclasses import dataclass

from yaml.nodes import Node, ScalarNode

from modules.rules.scenario import PRACTICE, QUALITY_POINTS, REFERENCE
from modules.yaml_text.forms import (
    ByKind,
    Date,
    Fields,
    Flag,
    Form,
    Key,
    ListOf,
    Name,
    OneOf,
    Text,
    Whole,
)
from modules.yaml_text.found import Found, Path

FORMAT = 1
MOST_NODES, MOST_CHOICES = 500, 20  # far beyond what anybody can play or read
KINDS = ("situation", "turn", "decision", "debrief", "end")
CONTACTS = ("care_coordinator", "veilig_thuis", "police", "focal_person", "comensha", "emergency")
SLUG = r"[a-zA-Z0-9_-]+"


@dataclass(frozen=True)
class Version(Form):
    """The version of the form in which the text is written."""

    def read(self, node: Node, path: Path, found: Found) -> int | None:
        version = Whole().read(node, path, found)
        if version in {FORMAT, None}:
            return version
        found.tell("WRONG_FORMAT", node, value=str(version))
        return None


@dataclass(frozen=True)
class Quality(Form):
    """In quotes; without them only where YAML cannot take it for anything else."""

    def read(self, node: Node, path: Path, found: Found) -> str | None:
        value = str(node.value) if isinstance(node, ScalarNode) else ""
        if value in QUALITY_POINTS:
            return value
        found.tell("NOT_A_QUALITY", node)
        return None


IMAGE = Fields({"title": Key(Text(), required=True), "alt": Key(Text()), "decoration": Key(Flag())})
CHOICE = Fields(
    {
        "id": Key(Name(50)),
        "text": Key(Text()),
        "quality": Key(Quality()),
        "consult": Key(Flag()),
        "consequence": Key(Text()),
        "why": Key(Text()),
        "alternative": Key(Text()),
        "competencies": Key(ListOf(Name(20))),
        "next": Key(Name(50)),
    }
)

FIRST = {"id": Key(Name(50), required=True), "kind": Key(OneOf(KINDS), required=True)}
SPEAKER, TEXT, NEXT = Key(Text(40)), Key(Text()), Key(Name(50))
MEDIA = {"image": Key(IMAGE), "recording": Key(Text(120))}
CONTACT, REMARK = Key(OneOf(CONTACTS)), Key(Text())

NODE = ByKind(
    {
        "situation": Fields(
            {**FIRST, "text": TEXT, **MEDIA, "contact": CONTACT, "remark": REMARK, "next": NEXT}
        ),
        "turn": Fields(
            {**FIRST, "speaker": SPEAKER, "text": TEXT, **MEDIA, "remark": REMARK, "next": NEXT}
        ),
        "decision": Fields(
            {
                **FIRST,
                "speaker": SPEAKER,
                "text": TEXT,
                **MEDIA,
                "remark": REMARK,
                "choices": Key(ListOf(CHOICE, most=MOST_CHOICES)),
            }
        ),
        "debrief": Fields(
            {
                **FIRST,
                "text": TEXT,
                "takeaways": Key(ListOf(Text())),
                "remark": REMARK,
                "next": NEXT,
            }
        ),
        "end": Fields({**FIRST, "text": TEXT, "contact": CONTACT, "remark": REMARK}),
    }
)

SCENARIO = Fields(
    {
        "format": Key(Version(), required=True),
        "slug": Key(Name(60, SLUG), required=True),
        "title": Key(Text(120), required=True),
        "purpose": Key(OneOf((PRACTICE, REFERENCE))),
        "law_checked_on": Key(Date()),
        "reviewed_by_role": Key(Text(120)),
        "reviewed_on": Key(Date()),
        "note": Key(Text()),
        "start": Key(Name(50)),
        "nodes": Key(ListOf(NODE, may_be_empty=False, most=MOST_NODES), required=True),
    }
)
