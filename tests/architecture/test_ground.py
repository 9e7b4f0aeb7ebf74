"""What the other tests stand on."""

import os
import socket

import pytest
from django.db import connection
from wagtail.models import Locale, Page

from tests.conftest import NetworkRefusedError


def test_another_machine_cannot_be_reached() -> None:
    with socket.socket() as sock, pytest.raises(NetworkRefusedError):
        sock.connect(("192.0.2.1", 80))


@pytest.mark.django_db
def test_the_suite_runs_on_the_database_that_it_says() -> None:
    """`make test` names the database of each half; a half may not quietly run on the other."""
    named = os.environ.get("OPMERKZAAM_TEST_DATABASE", connection.vendor)
    assert connection.vendor == named


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "again"])
def test_root_page_survives_tests_that_commit(time: str) -> None:
    assert Page.objects.get(depth=1).slug == "root", time
    assert Locale.objects.count() == 1
