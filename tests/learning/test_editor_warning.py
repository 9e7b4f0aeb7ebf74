"""An editor hears that people must follow a module before taking it away."""

import pytest

from organisations.models import User
from tests.factories.learning import make_module, make_programme

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("is_mandatory", [True, False])
def test_unpublishing_says_who_rests_on_it(client, is_mandatory):
    module = make_module()
    if is_mandatory:
        make_programme(module)
    client.force_login(User.objects.create_superuser("beheer@care.example"))
    page = client.get(f"/admin/pages/{module.pk}/unpublish/").content.decode()
    assert ("niemand er meer aan beginnen" in page) is is_mandatory
