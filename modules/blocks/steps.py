"""What an editor fills in for each step of a module."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock
from wagtail.snippets.blocks import SnippetChooserBlock

RICH_TEXT = ["h3", "bold", "italic", "ol", "ul", "link"]


def title_block() -> blocks.CharBlock:
    return blocks.CharBlock(label=_("Title of this step"), max_length=120)


def minutes_block() -> blocks.IntegerBlock:
    return blocks.IntegerBlock(
        label=_("Minutes"),
        min_value=1,
        max_value=120,
        default=3,
        help_text=_("About how long does this step take?"),
    )


def text_block(required: bool) -> blocks.RichTextBlock:
    return blocks.RichTextBlock(label=_("Text"), features=RICH_TEXT, required=required)


class ExplanationBlock(blocks.StructBlock):
    title = title_block()
    minutes = minutes_block()
    text = text_block(required=True)
    image = ImageBlock(
        label=_("Picture"),
        required=False,
        help_text=_("Never a picture of a victim. Say in words what there is to see."),
    )

    class Meta:
        label = _("Explanation")
        icon = "doc-full"
        label_format = "{title}"


class SelfRatingBlock(blocks.StructBlock):
    title = title_block()
    minutes = minutes_block()
    occasion = blocks.ChoiceBlock(
        label=_("When"),
        choices=[("before", _("before the training")), ("after", _("after the training"))],
    )
    text = text_block(required=False)

    class Meta:
        label = _("Self-rating")
        icon = "user"
        label_format = "{title}"


class ScenarioStepBlock(blocks.StructBlock):
    title = title_block()
    minutes = minutes_block()
    text = text_block(required=False)
    scenario = SnippetChooserBlock("modules.Scenario", label=_("Scenario"))

    class Meta:
        label = _("Scenario")
        icon = "comment"
        label_format = "{title}"


class H5PStepBlock(blocks.StructBlock):
    title = title_block()
    minutes = minutes_block()
    text = text_block(required=False)
    activity = SnippetChooserBlock("modules.H5PPackage", label=_("H5P activity"))

    class Meta:
        label = _("H5P activity")
        icon = "media"
        label_format = "{title}"
        help_text = _("To practise with. What it reports is kept, and proves nothing by itself.")


class OptionBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Answer"), rows=2)
    is_correct = blocks.BooleanBlock(label=_("This is the correct answer"), required=False)
    feedback = blocks.TextBlock(
        label=_("What the worker reads after choosing this"), rows=2, required=False
    )

    class Meta:
        label = _("Answer")
        label_format = "{text}"


class ItemBlock(blocks.StructBlock):
    question = blocks.TextBlock(label=_("Question"), rows=2)
    options = blocks.ListBlock(OptionBlock(), label=_("Answers, of which one is correct"))
    explanation = blocks.TextBlock(label=_("Explanation of the correct answer"), rows=3)

    class Meta:
        label = _("Question")
        label_format = "{question}"


class KnowledgeCheckBlock(blocks.StructBlock):
    title = title_block()
    minutes = minutes_block()
    text = text_block(required=False)
    items = blocks.ListBlock(ItemBlock(), label=_("Questions"))

    class Meta:
        label = _("Knowledge check")
        icon = "list-ol"
        label_format = "{title}"


class ReflectionBlock(blocks.StructBlock):
    title = title_block()
    minutes = minutes_block()
    text = text_block(required=True)

    class Meta:
        label = _("Reflection")
        icon = "edit"
        label_format = "{title}"
        help_text = _("Nothing that the worker thinks here is stored.")


class ReferencesBlock(blocks.StructBlock):
    title = title_block()
    minutes = minutes_block()
    text = text_block(required=True)

    class Meta:
        label = _("References")
        icon = "link"
        label_format = "{title}"


class StepsBlock(blocks.StreamBlock):
    explanation = ExplanationBlock()
    self_rating = SelfRatingBlock()
    scenario = ScenarioStepBlock()
    h5p = H5PStepBlock()
    knowledge_check = KnowledgeCheckBlock()
    reflection = ReflectionBlock()
    references = ReferencesBlock()
