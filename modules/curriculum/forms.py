"""The forms of the other files of a curriculum. The form of a scenario is in scenario_text."""

from modules.scenario_text.form import SLUG
from modules.yaml_text.forms import (
    ByKind,
    Date,
    Fields,
    Flag,
    Key,
    ListOf,
    Name,
    OneOf,
    Text,
    Whole,
)

COMPETENCIES = ListOf(
    Fields(
        {
            "code": Key(Name(8), required=True),
            "nl": Key(Text(120), required=True),
            "en": Key(Text(120), required=True),
            "levels": Key(ListOf(Text(), may_be_empty=False), required=True),
        }
    )
)

OPTION = Fields(
    {
        "id": Key(Name(50)),
        "text": Key(Text(), required=True),
        "correct": Key(Flag()),
        "feedback": Key(Text()),
    }
)
ITEM = Fields(
    {
        "id": Key(Name(50)),
        "question": Key(Text(), required=True),
        "options": Key(ListOf(OPTION, may_be_empty=False), required=True),
        "explanation": Key(Text()),
    }
)
KINDS = ("explanation", "self_rating", "scenario", "knowledge_check", "reflection", "references")
FIRST = {
    "id": Key(Name(50)),
    "kind": Key(OneOf(KINDS), required=True),
    "title": Key(Text(120), required=True),
    "minutes": Key(Whole(), required=True),
    "text": Key(Text()),
}
OF_ITS_OWN = {
    "self_rating": {"occasion": Key(OneOf(("before", "after")), required=True)},
    "scenario": {"scenario": Key(Name(60, SLUG), required=True)},
    "knowledge_check": {"items": Key(ListOf(ITEM, may_be_empty=False), required=True)},
}
STEP = ByKind({kind: Fields({**FIRST, **OF_ITS_OWN.get(kind, {})}) for kind in KINDS})

MODULE = Fields(
    {
        "slug": Key(Name(60, SLUG), required=True),
        "title": Key(Text(120), required=True),
        "summary": Key(Text(400), required=True),
        "minutes": Key(Whole(), required=True),
        "review": Key(
            Fields(
                {
                    "status": Key(OneOf(("concept", "reviewed"))),
                    "by_role": Key(Text(120)),
                    "on": Key(Date()),
                }
            )
        ),
        "law_checked_on": Key(Date()),
        "content_note": Key(Text()),
        "support": Key(Text()),
        "steps": Key(ListOf(STEP, may_be_empty=False), required=True),
    }
)
