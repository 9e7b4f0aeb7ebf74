"""What a learner gets: a module as it was published, in plain facts.

The stored JSON has the fields of these classes as its keys.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from modules.rules.scenario import Scenario

KINDS = (
    "explanation",
    "self_rating",
    "scenario",
    "h5p",
    "knowledge_check",
    "reflection",
    "references",
)


@dataclass(frozen=True)
class Option:
    id: str
    text: str
    is_correct: bool = False
    feedback: str = ""


@dataclass(frozen=True)
class Item:
    """A question with exactly one correct option."""

    id: str
    question: str
    options: tuple[Option, ...]
    explanation: str = ""

    def option(self, option_id: str) -> Option | None:
        return next((option for option in self.options if option.id == option_id), None)

    @property
    def correct(self) -> Option | None:
        return next((option for option in self.options if option.is_correct), None)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Item":
        return cls(**{**data, "options": tuple(Option(**option) for option in data["options"])})


@dataclass(frozen=True)
class Activity:
    """An H5P activity of others, pinned to the version that was published with the module."""

    version: str  # public identifier
    title: str
    library: str  # "H5P.MultiChoice 1.16"
    reports_scores: bool = False
    is_rescored: bool = False  # on the server, from the answer itself


@dataclass(frozen=True)
class Step:
    """One page of a module. `html` is safe: it was cleaned when the version was made."""

    id: str
    kind: str  # one of KINDS
    title: str
    minutes: int = 0
    html: str = ""
    occasion: str = ""  # of a self-rating: "before" or "after"
    scenario: Scenario | None = None
    items: tuple[Item, ...] = ()
    activity: Activity | None = None

    def item(self, item_id: str) -> Item | None:
        return next((item for item in self.items if item.id == item_id), None)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Step":
        scenario, activity = data["scenario"], data.get("activity")
        return cls(
            **{
                **data,
                "scenario": Scenario.from_json(scenario) if scenario else None,
                "items": tuple(Item.from_json(item) for item in data["items"]),
                "activity": Activity(**activity) if activity else None,
            }
        )


@dataclass(frozen=True)
class Review:
    """Whether somebody with the knowledge for it has looked the content over."""

    status: str = "concept"  # or "reviewed"
    by_role: str = ""
    on: date | None = None

    @property
    def is_reviewed(self) -> bool:
        return self.status == "reviewed"


@dataclass(frozen=True)
class ModuleContent:
    title: str
    summary: str
    minutes: int
    content_note_html: str
    support_html: str
    review: Review
    law_checked_on: date | None
    steps: tuple[Step, ...]

    def step(self, step_id: str) -> Step | None:
        return next((step for step in self.steps if step.id == step_id), None)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "ModuleContent":
        review = Review(**data["review"])
        return cls(
            **{
                **data,
                "review": replace(review, on=_date(data["review"]["on"])),
                "law_checked_on": _date(data["law_checked_on"]),
                "steps": tuple(Step.from_json(step) for step in data["steps"]),
            }
        )

    def to_json(self) -> dict[str, Any]:
        """What has no activity says nothing of it: content of before there were any stays equal."""
        data = asdict(self)
        for step in data["steps"]:
            if step["activity"] is None:
                del step["activity"]
        data["law_checked_on"] = _text(self.law_checked_on)
        data["review"]["on"] = _text(self.review.on)
        return data


def _date(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _text(value: date | None) -> str | None:
    return value.isoformat() if value else None
