"""An editor hears that people must follow a module before taking it away."""

import pytest

from tests.factories.learning import make_module, make_programme
from tests.factories.organisations import make_administrator

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("is_mandatory", [True, False])
def test_unpublishing_says_who_rests_on_it(client, is_mandatory):
    module = make_module()
    if is_mandatory:
        make_programme(module)
    client.force_login(make_administrator())
    page = client.get(f"/admin/pages/{module.pk}/unpublish/").content.decode()
    assert ("niemand er meer aan beginnen" in page) is is_mandatory
