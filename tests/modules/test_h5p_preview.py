"""An H5P activity in the preview of a module: it plays for an editor, and nothing is kept."""

import pytest
from django.urls import reverse

from modules.models import LibraryDecision, ModulePage
from tests.factories.h5p import make_version
from tests.factories.learning import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    return make_version()


@pytest.fixture
def page(module, version):
    found = ModulePage.objects.get(pk=module.pk)
    value = {"title": "Oefenen", "minutes": 5, "text": "", "activity": version.package}
    found.steps.append(("h5p", value))
    found.save()
    return found


def preview_of(client, page):
    answer = client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert answer.status_code == 200
    return answer


def test_it_plays_and_has_no_address_to_tell_anything_to(client, editor, page, version):
    client.force_login(editor)
    answer = preview_of(client, page)
    shown = answer.content.decode()
    assert f'src="{reverse("h5p_frame", args=[version.public_id])}"' in shown
    assert "data-begin-url" not in shown
    assert "Er wordt niets van bewaard" in shown
    assert "frame-src" not in answer.headers["Content-Security-Policy"]  # so only our own


def test_one_that_cannot_be_played_is_a_fault_and_not_a_frame(client, editor, page, version):
    library = version.main_library
    LibraryDecision.objects.create(library=library, is_approved=False, at=NOW)
    client.force_login(editor)
    shown = preview_of(client, page).content.decode()
    assert "data-activity" not in shown
    assert "geen H5P" in shown
