"""What an editor fills in for each moment of a scenario."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.telepath import register

from modules.blocks.comparison import Part
from modules.blocks.layout import NodesAdapter, aside
from modules.blocks.node_fields import (
    QUALITIES,
    contact_block,
    image_block,
    kind_words,
    recording_block,
    remark_block,
    sentence_block,
    speaker_block,
)
from modules.rules.node_names import name_from
from modules.widgets import MomentSelect


def competency_choices() -> list[tuple[str, str]]:
    from modules.models import Competency

    return [(competency.code, str(competency)) for competency in Competency.objects.all()]


class NameBlock(blocks.RegexBlock):
    def __init__(self, **kwargs: object) -> None:
        super().__init__(
            regex=r"^[\w-]+$",
            max_length=50,
            error_messages={"invalid": _("Use letters, digits and hyphens only, without spaces.")},
            **kwargs,
        )


class NextBlock(NameBlock):
    """The name of another moment, picked from those that are there."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.field.widget = MomentSelect()


def name_block() -> NameBlock:
    return NameBlock(
        label=_("Name of this moment"),
        required=False,
        help_text=_("Leave it empty: it is made from the first words. It is used once."),
    )


def next_block() -> NextBlock:
    return NextBlock(label=_("What comes next"))


class SituationBlock(Part):
    name = name_block()
    text = blocks.TextBlock(
        label=_("What happens"),
        rows=4,
        help_text=_("Describe what the worker sees and hears. A blank line begins a paragraph."),
    )
    next = next_block()
    image = image_block()
    recording = recording_block()
    contact = contact_block()
    remark = remark_block()

    class Meta:
        label = _("Situation")
        icon = "view"
        label_format = "{name} · {text}"
        form_layout = ["text", "next", aside("name", "image", "recording", "contact", "remark")]


class TurnBlock(Part):
    name = name_block()
    speaker = speaker_block(required=True)
    text = blocks.TextBlock(label=_("What this person says"), rows=3)
    next = next_block()
    image = image_block()
    recording = recording_block()
    remark = remark_block()

    class Meta:
        label = _("Somebody speaks")
        icon = "comment"
        label_format = "{name} · {speaker}: {text}"
        form_layout = ["speaker", "text", "next", aside("name", "image", "recording", "remark")]


class ChoiceBlock(Part):
    text = blocks.TextBlock(label=_("What the worker can do or say"), rows=2)
    quality = blocks.ChoiceBlock(
        label=_("How good is this"),
        choices=QUALITIES,
        required=False,
        help_text=_("Not in a reference aid; every other choice has it."),
    )
    consequence = blocks.TextBlock(
        label=_("What the other does or says then"), rows=2, required=False
    )
    why = blocks.TextBlock(
        label=_("Why"),
        rows=3,
        required=False,
        help_text=_("What does this choice do for the young person?"),
    )
    alternative = blocks.TextBlock(label=_("What else could be"), rows=2, required=False)
    competencies = blocks.MultipleChoiceBlock(
        label=_("Competencies that this choice shows"),
        choices=competency_choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    is_consult = blocks.BooleanBlock(
        label=_("This is “I consult somebody first”"),
        required=False,
        help_text=_("Each decision needs such a choice, and it is never wrong."),
    )
    next = next_block()

    class Meta:
        label = _("Choice")
        icon = "arrow-right"
        label_format = "{quality} · {text}"
        form_layout = [
            "text",
            "quality",
            "is_consult",
            "consequence",
            "why",
            "next",
            aside("competencies", "alternative", heading=_("Competencies, what else could be")),
        ]


class DecisionBlock(Part):
    name = name_block()
    speaker = speaker_block(required=False)
    text = blocks.TextBlock(
        label=_("What is there to decide"),
        rows=2,
        help_text=_("The question that the worker answers, or what the other says just before."),
    )
    choices = blocks.ListBlock(ChoiceBlock(), label=_("Choices, two to five"), collapsed=True)
    image = image_block()
    recording = recording_block()
    remark = remark_block()

    class Meta:
        label = _("Decision")
        icon = "help"
        label_format = "{name} · {text}"
        form_layout = ["speaker", "text", "choices", aside("name", "image", "recording", "remark")]


class DebriefBlock(Part):
    name = name_block()
    text = blocks.TextBlock(label=_("Looking back"), rows=4)
    takeaways = blocks.ListBlock(
        sentence_block(),
        label=_("What to take away, in about three sentences"),
    )
    next = next_block()
    remark = remark_block()

    class Meta:
        label = _("Looking back")
        icon = "history"
        label_format = "{name} · {text}"
        form_layout = ["text", "takeaways", "next", aside("name", "remark")]


class EndBlock(Part):
    name = name_block()
    text = blocks.TextBlock(label=_("Last words"), rows=2, required=False)
    contact = contact_block()
    remark = remark_block()

    class Meta:
        label = _("End")
        icon = "check"
        label_format = "{name} · {text}"
        form_layout = ["text", aside("name", "contact", "remark")]


class NodesBlock(blocks.StreamBlock):
    situation = SituationBlock()
    turn = TurnBlock()
    decision = DecisionBlock()
    debrief = DebriefBlock()
    end = EndBlock()

    def value_from_datadict(self, data: Any, files: Any, prefix: str) -> Any:
        """Moments that come in without a name get one from their first words."""
        value = super().value_from_datadict(data, files, prefix)
        taken = {child.value["name"] for child in value}
        for child in value:
            if not (child.value["name"] or "").strip():
                speaker = child.value.get("speaker") or ""
                words = f"{speaker} {child.value['text'] or ''}"
                name = name_from(words, taken, otherwise=name_from(kind_words(child.block_type)))
                child.value["name"] = name
                taken.add(name)
        return value


register(NodesAdapter(), NodesBlock)
