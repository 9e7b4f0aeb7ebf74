"""How the fields of a block are laid out, and the block of moments as the scripts know it."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.staticfiles import versioned_static
from wagtail.blocks import BlockGroup
from wagtail.blocks.stream_block import StreamBlockAdapter

SELDOM_NEEDED = gettext_lazy("Name, picture, remark")


def aside(*fields: str, heading: Any = SELDOM_NEEDED) -> BlockGroup:
    """Fields that are seldom needed, folded away below the others."""
    group = BlockGroup(list(fields), heading="aside", classname="collapsed", label_format="")
    group.heading = heading  # afterwards: making a group reads its heading, too early to translate
    return group


class NodesAdapter(StreamBlockAdapter):  # type: ignore[misc]
    js_constructor = "opmerkzaam.blocks.Nodes"

    def js_args(self, block: Any) -> list[Any]:
        name, groups, states, meta = super().js_args(block)
        return [name, groups, states, {**meta, "words": words()}]

    @cached_property
    def media(self) -> forms.Media:
        scripts = ["moment-select", "moments", "hints"]
        return forms.Media(
            js=[
                versioned_static("wagtailadmin/js/telepath/blocks.js"),
                *(f"modules/admin-{script}.js" for script in scripts),
                "modules/drawing.js",
            ],
            css={"all": ["modules/drawing.css", "modules/admin-scenario.css"]},
        )


def words() -> dict[str, Any]:
    """What the scripts say, in the language of the person, and where they ask for hints."""
    from modules.blocks.node_fields import KINDS

    return {
        "hints": reverse("scenario_hints"),
        "kinds": {kind: str(label) for kind, label in KINDS.items()},
        "choose": _("Choose what comes next"),
        "first": _("The first moment"),
        "moments": _("Moments"),
        "make": _("New moment"),
        "new": _("new: %(kind)s"),
        "gone": _("“%(name)s” is not there"),
        "empty": _("nothing written yet"),
        "start": _("the start of the scenario"),
        "choice": _("%(name)s, choice “%(words)s”"),
        "taken": _("Another moment has this name. Choose one that is used once."),
        "made": _("“%(name)s” stands below now."),
        "press_enter": _("Press Enter to make this moment."),
        "renamed": _("Renamed to “%(name)s”. What led there follows."),
        "delete_title": _("Delete “%(name)s”?"),
        "delete_text": _("These lose their way:"),
        "delete": _("Delete anyway"),
        "keep": _("Keep it"),
    }
