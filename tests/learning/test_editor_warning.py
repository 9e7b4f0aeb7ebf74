"""An editor hears that people must follow a module before taking it away."""

import pytest

from organisations.models import User
from tests.factories.learning import make_module, make_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    client.force_login(User.objects.create_superuser("beheer@care.example"))
    return client


def unpublish(editor, module):
    page = editor.post(f"/admin/pages/{module.pk}/unpublish/", follow=True).content.decode()
    module.refresh_from_db()
    return page


def test_a_module_that_people_must_follow_goes_the_second_time(editor):
    module = make_module()
    programme = make_programme(module)
    page = unpublish(editor, module)
    assert programme.title in page
    assert "kan niemand er" in page
    assert module.live
    unpublish(editor, module)
    assert not module.live


def test_another_module_goes_at_once(editor):
    module = make_module()
    unpublish(editor, module)
    assert not module.live
