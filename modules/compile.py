"""From what an editor wrote to what a learner gets: plain facts and safe HTML."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import mark_safe
from wagtail.rich_text import expand_db_html
from wagtail.whitelist import Whitelister

from modules import pictures
from modules.models import H5PPackage, ModulePage, Scenario
from modules.pictures import Picture
from modules.rules import content as facts
from modules.rules import scenario as story
from modules.rules.h5p_scoring import is_rescored
from modules.scenario_text.story import speaker_of

Show = Callable[[Any], Picture]
StoryOf = Callable[[Scenario, Show], story.Scenario | None]


def published_story(scenario: Scenario, show: Show = pictures.kept) -> story.Scenario | None:
    """The scenario as it is published, or None when it is not."""
    return compile_scenario(scenario, show=show) if scenario.live else None


def draft_story(scenario: Scenario, show: Show = pictures.shown) -> story.Scenario:
    """For a preview: as published, or as last written when it never was."""
    written = scenario if scenario.live else scenario.get_latest_revision_as_object()
    return compile_scenario(written, show=show)


def compile_module(
    page: ModulePage, *, show: Show = pictures.kept, story_of: StoryOf = published_story
) -> facts.ModuleContent:
    """What the page holds. Queries: the scenarios and pictures that it uses."""
    return facts.ModuleContent(
        title=page.title,
        summary=page.summary,
        minutes=page.minutes,
        content_note_html=safe_html(page.content_note),
        support_html=safe_html(page.support),
        review=facts.Review(
            status=page.review_status,
            by_role=page.reviewed_by_role,
            on=page.reviewed_on,
        ),
        law_checked_on=page.law_checked_on,
        steps=compile_steps(page.steps, show=show, story_of=story_of),
    )


def compile_steps(steps: Iterable[Any], *, show: Show, story_of: StoryOf) -> tuple[facts.Step, ...]:
    return tuple(_step(block, show, story_of) for block in steps)


def _step(block: Any, show: Show, story_of: StoryOf) -> facts.Step:
    value = block.value
    scenario = value.get("scenario")
    items = value["items"].bound_blocks if block.block_type == "knowledge_check" else ()
    text = value["text"]
    return facts.Step(
        id=block.id or "",
        kind=block.block_type,
        title=value["title"] or "",
        minutes=value["minutes"] or 0,
        html=_figure(value.get("image"), show) + safe_html(text.source if text else ""),
        occasion=value.get("occasion") or "",
        scenario=story_of(scenario, show) if scenario else None,
        items=tuple(_item(child) for child in items),
        activity=_activity(value.get("activity")),
    )


def _activity(package: H5PPackage | None) -> facts.Activity | None:
    """The newest version that can be played. A query for each activity."""
    version = package.current_version if package else None
    if version is None:
        return None
    library = version.main_library
    return facts.Activity(
        version=version.public_id,
        title=version.title,
        library=str(library.ref),
        reports_scores=version.reports_scores,
        is_rescored=is_rescored(library.machine_name, library.major, library.minor),
    )


def _figure(image: Any, show: Show) -> str:
    if image is None:
        return ""
    picture = show(image)
    figure: str = format_html(
        '<figure><img src="{}" width="{}" height="{}" alt="{}"></figure>',
        picture.url,
        picture.width,
        picture.height,
        "" if image.decorative else image.contextual_alt_text,
    )
    return figure


def safe_html(source: str) -> str:
    """Rich text as HTML with a short list of elements: no scripts, styles or frames."""
    if not source:
        return ""
    cleaned: str = Whitelister().clean(expand_db_html(source))
    return mark_safe(cleaned)  # noqa: S308 - just cleaned


def _item(child: Any) -> facts.Item:
    value = child.value
    return facts.Item(
        id=child.id or "",
        question=value["question"] or "",
        explanation=value["explanation"] or "",
        options=tuple(_option(option) for option in value["options"].bound_blocks),
    )


def _option(child: Any) -> facts.Option:
    value = child.value
    return facts.Option(
        id=child.id or "",
        text=value["text"] or "",
        is_correct=bool(value["is_correct"]),
        feedback=value["feedback"] or "",
    )


def compile_scenario(scenario: Scenario, *, show: Show = pictures.shown) -> story.Scenario:
    """What this object holds, published or not. Queries: its pictures and recordings."""
    nodes = compile_nodes(scenario.nodes, show=show)
    return story.Scenario(
        id=scenario.slug,
        title=scenario.title,
        start=scenario.start or (nodes[0].id if nodes else ""),
        nodes=nodes,
        purpose=scenario.purpose,
        note=scenario.note,
        law_checked_on=scenario.law_checked_on.isoformat() if scenario.law_checked_on else None,
    )


def compile_nodes(nodes: Iterable[Any], *, show: Show = pictures.shown) -> tuple[story.Node, ...]:
    return tuple(_node(block.block_type, block.value, show) for block in nodes)


def _node(kind: str, value: Mapping[str, Any], show: Show) -> story.Node:
    choices = value["choices"].bound_blocks if kind == "decision" else ()
    return story.Node(
        id=value["name"] or "",
        kind=kind,
        speaker=speaker_of(value.get("speaker") or ""),
        text=value["text"] or "",
        next=value.get("next") or None,
        choices=tuple(_choice(child) for child in choices),
        takeaways=tuple(line for line in value.get("takeaways", ()) if line),
        picture=_picture(value.get("image"), show),
        recording=_recording(value.get("recording"), show),
        contact=value.get("contact") or "",
    )


def _picture(image: Any, show: Show) -> story.Picture | None:
    if image is None:
        return None
    picture = show(image)
    return story.Picture(
        url=picture.url,
        width=picture.width,
        height=picture.height,
        alt="" if image.decorative else image.contextual_alt_text or "",
        is_decoration=bool(image.decorative),
    )


def _recording(recording: Any, show: Show) -> story.Recording | None:
    if recording is None:
        return None
    sound = pictures.sound_shown if show is pictures.shown else pictures.sound_kept
    return story.Recording(url=sound(recording), transcript=recording.transcript)


def _choice(child: Any) -> story.Choice:
    value = child.value
    return story.Choice(
        id=child.id or "",
        text=value["text"] or "",
        quality=value["quality"] or "",
        consequence=value["consequence"] or "",
        why=value["why"] or "",
        alternative=value["alternative"] or "",
        competencies=tuple(value["competencies"] or ()),
        next=value["next"] or "",
        is_consult=bool(value["is_consult"]),
    )
