"""Fields that several kinds of moment share. Those that migrations name stand in nodes.py."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock
from wagtail.snippets.blocks import SnippetChooserBlock

KINDS = {
    "situation": _("situation"),
    "turn": _("somebody speaks"),
    "decision": _("decision"),
    "debrief": _("looking back"),
    "end": _("end"),
}

CONTACTS = [
    ("care_coordinator", _("care coordinator")),
    ("veilig_thuis", _("Veilig Thuis")),
    ("police", _("police")),
    ("focal_person", _("internal focal person")),
    ("comensha", _("CoMensha")),
    ("emergency", _("emergency number")),
]

QUALITIES = [
    ("++", _("++ strong")),
    ("+", _("+ useful")),
    ("0", _("0 misses something")),
    ("-", _("− harmful")),
]


def kind_words(kind: str) -> str:
    return str(KINDS.get(kind, kind))


def image_block() -> ImageBlock:
    return ImageBlock(
        label=_("Picture"),
        required=False,
        help_text=_("Never a picture of a victim. Say in words what there is to see."),
    )


def recording_block() -> SnippetChooserBlock:
    return SnippetChooserBlock(
        "modules.Recording",
        label=_("Recording"),
        required=False,
        help_text=_("Stands beside the text, with what is said written out."),
    )


def contact_block() -> blocks.ChoiceBlock:
    return blocks.ChoiceBlock(
        label=_("Contact"),
        choices=CONTACTS,
        required=False,
        help_text=_("For a reference aid: whose number belongs here?"),
    )


def remark_block() -> blocks.TextBlock:
    return blocks.TextBlock(
        label=_("Remark for colleagues"),
        rows=2,
        required=False,
        help_text=_("Learners never see this."),
    )


def sentence_block() -> blocks.CharBlock:
    block = blocks.CharBlock(label=_("Sentence"))
    block.field.widget.attrs["aria-label"] = _("Sentence")  # in a list a field has no label
    return block


def speaker_block(required: bool) -> blocks.CharBlock:
    return blocks.CharBlock(
        label=_("Who speaks"),
        required=required,
        max_length=40,
        help_text=_("A first name, or “u” for the worker. Leave it empty when nobody speaks."),
    )
