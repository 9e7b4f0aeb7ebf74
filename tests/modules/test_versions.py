import gc
import json
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.images import ImageFile
from django.db import IntegrityError, transaction
from PIL import Image as Drawing
from wagtail.images import get_image_model

from modules.actions import content_hash, publish_version
from modules.compile import compile_module, safe_html
from modules.errors import ModuleFaulty
from modules.models import ModuleVersion, Scenario
from modules.rules.content import ModuleContent
from organisations.models import AuditEvent
from organisations.models.audit import AppendOnlyError
from tests.modules.conftest import AT

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=30)


def test_content_survives_json(module):
    content = compile_module(module)
    assert ModuleContent.from_json(content.to_json()) == content


def test_publishing_without_a_change_gives_the_same_version(module, editor):
    assert publish_version(module=module, by=editor, at=LATER) == module.current_version
    assert ModuleVersion.objects.count() == 1


def test_publishing_a_change_makes_the_next_version_and_leaves_the_first_alone(module, editor):
    first = module.current_version
    before = first.parsed
    module.summary = "Nieuw."
    module.save_revision(user=editor).publish(user=editor, skip_permission_checks=True)
    second = module.current_version
    assert (second.number, second.published_by) == (2, editor)
    assert second.parsed.summary == "Nieuw."
    assert ModuleVersion.objects.get(pk=first.pk).parsed == before
    assert AuditEvent.objects.filter(action="module.published", actor=editor).count() == 1


def test_a_draft_makes_no_version(module):
    module.summary = "Nog niet."
    module.save_revision()
    assert publish_version(module=module, by=None, at=LATER).number == 1


def test_publishing_a_scenario_makes_a_version_of_the_modules_that_use_it(module, editor):
    scenario = Scenario.objects.get()
    scenario.title = "Aan het aanrecht"
    scenario.save_revision(user=editor).publish(user=editor, skip_permission_checks=True)
    assert module.current_version.number == 2
    assert module.current_version.parsed.steps[2].scenario.title == "Aan het aanrecht"


def test_a_draft_of_a_scenario_does_not_come_in_with_the_module(module):
    scenario = Scenario.objects.get()
    scenario.title = "Nog niet"
    scenario.save_revision()
    module.summary = "Nieuw."
    module.save_revision().publish()
    assert module.current_version.parsed.steps[2].scenario.title == "Tijdens de afwas"


def test_a_faulty_module_that_is_published_another_way_gets_no_version(module):
    Scenario.objects.get().unpublish()
    module.summary = "Nieuw."
    module.save_revision().publish()
    assert module.current_version.number == 1


def test_a_faulty_module_is_refused_by_name(module):
    Scenario.objects.get().unpublish()
    with pytest.raises(ModuleFaulty) as refusal:
        publish_version(module=module, by=None, at=LATER)
    assert [fault.code for fault in refusal.value.faults] == ["NO_SCENARIO"]


def test_a_module_that_is_not_live_is_refused(module):
    module.unpublish()
    with pytest.raises(ModuleFaulty) as refusal:
        publish_version(module=module, by=None, at=LATER)
    assert refusal.value.faults[0].code == "NOT_LIVE"


def test_versions_are_never_changed_or_deleted(module):
    version = module.current_version
    version.number = 9
    with pytest.raises(AppendOnlyError):
        version.save()
    with pytest.raises(AppendOnlyError):
        version.delete()
    with pytest.raises(AppendOnlyError):
        ModuleVersion.objects.update(number=9)
    with pytest.raises(AppendOnlyError):
        ModuleVersion.objects.all().delete()


@pytest.mark.parametrize("number", [0, 1])
def test_version_numbers_start_at_one_and_are_used_once(module, number):
    with pytest.raises(IntegrityError), transaction.atomic():
        ModuleVersion.objects.create(
            module=module, number=number, content={}, content_hash="x", published_at=AT
        )


def test_the_latest_version_of_each_module(module):
    module.summary = "Nieuw."
    module.save_revision().publish()
    assert [version.number for version in ModuleVersion.objects.latest_per_module()] == [2]


def test_the_hash_does_not_depend_on_the_order_of_keys():
    assert content_hash({"a": 1, "b": 2}) == content_hash({"b": 2, "a": 1})


def test_the_parsed_content_is_kept_in_the_process(module, django_assert_num_queries):
    known = module.current_version.parsed
    version = ModuleVersion.objects.defer("content").get()
    with django_assert_num_queries(0):
        assert version.parsed is known


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("<p>Goed <b>zo</b></p>", "<p>Goed <b>zo</b></p>"),
        ("<p onclick='x()'>Hallo</p><script>x()</script>", "<p>Hallo</p>x()"),
        ('<p><a href="javascript:x()">klik</a></p>', "<p><a>klik</a></p>"),
        (
            '<p><a href="https://www.nji.nl/">NJi</a></p>',
            '<p><a href="https://www.nji.nl/">NJi</a></p>',
        ),
    ],
)
def test_html_is_cleaned(source, html):
    assert safe_html(source) == html


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # Wagtail leaves a temporary file open
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_picture_is_kept_apart_from_the_library(module, settings):
    file = BytesIO()
    Drawing.new("RGB", (40, 30), "teal").save(file, "PNG")
    image = get_image_model().objects.create(title="Bord", file=ImageFile(file, name="bord.png"))
    raw = module.steps.get_prep_value()
    raw[1]["value"]["image"] = {"image": image.pk, "alt_text": "Een bord", "decorative": False}
    module.steps = json.dumps(raw)
    module.save_revision().publish()
    html = module.current_version.parsed.steps[1].html
    assert 'alt="Een bord"' in html
    path = html.split('src="/media/')[1].split('"')[0]
    assert path.startswith("versions/")
    image.delete()
    assert (settings.MEDIA_ROOT / path).exists()
    gc.collect()
