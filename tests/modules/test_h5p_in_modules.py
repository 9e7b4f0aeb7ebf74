"""A module that holds an H5P activity: what is published, and what keeps it from that."""

from dataclasses import replace

import pytest

from modules.rules.content import Activity, Item, ModuleContent, Option, Step
from modules.rules.module_faults import step_faults
from tests.factories.learning import make_content

ACTIVITY = Activity("k7m2p9q4r8tv", "Oefenen met vragen", "H5P.MultiChoice 1.16", True, True)
PLAYS = Step(id="h", kind="h5p", title="Oefenen", activity=ACTIVITY)
OPTIONS = (Option("ja", "Ja", is_correct=True), Option("nee", "Nee"))
CHECKED = Step(
    id="t", kind="knowledge_check", title="Toets", items=(Item("v", "Klopt dit?", OPTIONS, "Ja."),)
)


def codes(*steps):
    return [fault.code for fault in step_faults(steps)]


def test_an_activity_beside_something_scored_here_is_fine():
    assert codes(PLAYS, CHECKED) == []


def test_h5p_alone_certifies_nothing():
    assert codes(PLAYS) == ["H5P_ALONE"]
    assert codes(PLAYS, Step(id="e", kind="explanation", title="Uitleg", html="x")) == ["H5P_ALONE"]


def test_an_activity_that_cannot_be_played_is_told():
    assert codes(replace(PLAYS, activity=None), CHECKED) == ["NO_ACTIVITY"]


def test_the_activity_is_kept_in_the_version():
    content = replace(make_content(), steps=(PLAYS, CHECKED))
    assert ModuleContent.from_json(content.to_json()) == content


def test_modules_of_before_stay_byte_for_byte_what_they_were():
    content = make_content()
    assert all("activity" not in step for step in content.to_json()["steps"])
    assert ModuleContent.from_json(content.to_json()) == content


@pytest.mark.django_db
def test_publishing_writes_down_which_version_is_held(module, editor):
    """A module page with the activity, through the same door as editors use."""
    from django.utils import timezone
    from wagtail.models import Page

    from modules.actions import publish_version
    from modules.models import H5PUse
    from tests.factories.h5p import make_version

    held = make_version()
    value = {"title": "Oefenen", "minutes": 5, "text": "", "activity": held.package}
    page = Page.objects.get(pk=module.pk).specific
    page.steps.append(("h5p", value))
    page.save_revision().publish()
    version = publish_version(module=page, by=editor, at=timezone.now())
    assert version.parsed.steps[-1].activity.version == held.public_id
    assert H5PUse.objects.get().module_version == version
