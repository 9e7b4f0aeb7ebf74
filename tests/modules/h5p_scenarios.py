"""Scenarios in the database, as an editor publishes them, and a recording and a picture."""

import io
import json
import struct
import zipfile
from dataclasses import replace
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image as Drawing
from wagtail.images import get_image_model

from modules.models import Recording, Scenario
from modules.rules.scenario import Choice, Node
from modules.rules.scenario import Scenario as Story
from tests.modules.scenarios import dishes

ODD = "Tom & Jo zeggen: 1 < 2 > 0, ‘ja’ \"nee\" 'zo' &amp; <b>vet</b>\n\nEn dan?"
SILENCE = (
    b"RIFF"
    + struct.pack("<I", 36)
    + b"WAVEfmt "
    + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 8000, 1, 8)
)
SILENCE += b"data" + struct.pack("<I", 0)


def publish(story: Story, **fields: Any) -> Scenario:
    """The story as what is live. `fields` of nodes: {"keuken": {"image": …}} go in by node."""
    by_node = fields.pop("by_node", {})
    scenario = Scenario(
        slug=story.id, title=story.title, start=story.start, note=story.note, purpose=story.purpose
    )
    for name, value in fields.items():
        setattr(scenario, name, value)
    scenario.nodes = json.dumps([_node(n, by_node.get(n.id, {})) for n in story.nodes])
    scenario.save()
    scenario.save_revision().publish()
    return Scenario.objects.get(pk=scenario.pk)


def _node(node: Node, extra: dict[str, Any]) -> dict[str, Any]:
    value: dict[str, Any] = {"name": node.id, "text": node.text, **extra}
    if node.kind not in {"decision", "end"}:
        value["next"] = node.next
    if node.speaker:
        value["speaker"] = node.speaker
    if node.kind == "debrief":
        value["takeaways"] = list(node.takeaways)
    if node.kind == "decision":
        value["choices"] = [{"type": "item", "id": c.id, "value": _choice(c)} for c in node.choices]
    return {"type": node.kind, "value": value}


def _choice(choice: Choice) -> dict[str, Any]:
    return {
        "text": choice.text,
        "quality": choice.quality,
        "consequence": choice.consequence,
        "why": choice.why,
        "alternative": choice.alternative,
        "competencies": list(choice.competencies),
        "next": choice.next,
        "is_consult": choice.is_consult,
    }


def odd_story() -> Story:
    """The dishes, with marks in it that a page or a host could take for something else."""
    story = dishes()
    nodes = [replace(n, text=ODD) if n.kind in {"situation", "turn"} else n for n in story.nodes]
    choices = tuple(replace(c, text=f"{ODD} {c.id}", why=ODD) for c in story.nodes[2].choices)
    nodes[2] = replace(nodes[2], choices=choices)
    return replace(story, title="Tom & Jo", note=ODD, nodes=tuple(nodes))


def recording() -> Recording:
    file = ContentFile(SILENCE, name="stilte.wav")
    return Recording.objects.create(title="Stilte", file=file, transcript="Het is stil & donker.")


def picture(name: str = "keuken.png") -> Any:
    file = ContentFile(drawing(name.rsplit(".", 1)[-1]), name=name)
    model = get_image_model()
    return model.objects.create(title="Een keuken", file=file, description="Een aanrecht")


def drawing(kind: str = "png") -> bytes:
    drawn = io.BytesIO()
    Drawing.new("RGB", (40, 30), "teal").save(drawn, kind.upper())
    return drawn.getvalue()


def members(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}
