"""What texts of scenarios can refer to by name on this site."""

from collections import defaultdict

from wagtail.images import get_image_model

from modules.models import Competency, Recording
from modules.scenario_text import Library, Sound


def library_of_the_site() -> Library:
    """Three queries, however many names are looked up in it."""
    images: defaultdict[str, tuple[int, ...]] = defaultdict(tuple)
    for title, pk in get_image_model().objects.order_by("pk").values_list("title", "pk"):
        images[title.strip()] += (pk,)
    rows = Recording.objects.values_list("title", "pk", "transcript")
    return Library(
        images=dict(images),
        recordings={title.strip(): Sound(pk, transcript) for title, pk, transcript in rows},
        competencies=tuple(Competency.objects.order_by("code").values_list("code", flat=True)),
    )
