"""What holds for every test: no network, and a database that is whole after a flush."""

import ipaddress
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import TransactionTestCase
from hypothesis import settings

# A machine may be busy: timings are measured by `make bench`, never judged by a test.
settings.register_profile("opmerkzaam", deadline=None)
settings.load_profile("opmerkzaam")


class NetworkRefusedError(RuntimeError):
    """A test tried to reach a machine other than this one."""


def _is_here(address: Any) -> bool:
    if not isinstance(address, tuple):
        return True  # a Unix socket
    host = str(address[0])
    if host in {"", "localhost"}:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Sockets reach this machine only."""
    patch = pytest.MonkeyPatch()
    for name in ["connect", "connect_ex"]:
        original = getattr(socket.socket, name)

        def guarded(self: socket.socket, address: Any, original: Any = original) -> Any:
            if not _is_here(address):
                raise NetworkRefusedError(f"a test may not reach {address}")
            return original(self, address)

        patch.setattr(socket.socket, name, guarded)
    yield
    patch.undo()


@pytest.fixture(autouse=True, scope="session")
def baseline_after_flush() -> Iterator[None]:
    """Wagtail's root page, locale and groups come from migrations: a flush must bring them back.

    Tests that commit (`django_db(transaction=True)`) end with a flush. Django restores the rows of
    migrations only for tests that ask for it and only at their start, which leaves the next
    ordinary test, and a reused database, without a root page.
    """
    baseline: list[str] = []

    prepare = TransactionTestCase._fixture_setup.__func__  # type: ignore[attr-defined]

    def remember_and_prepare(cls: type[TransactionTestCase]) -> None:
        if not baseline:
            baseline.append(connection.creation.serialize_db_to_string())
        prepare(cls)

    def flush_and_restore(self: TransactionTestCase) -> None:
        options = {"reset_sequences": False, "inhibit_post_migrate": True}
        call_command("flush", verbosity=0, interactive=False, **options)
        connection.creation.deserialize_db_from_string(baseline[0])

    patch = pytest.MonkeyPatch()
    patch.setattr(TransactionTestCase, "_fixture_setup", classmethod(remember_and_prepare))
    patch.setattr(TransactionTestCase, "_fixture_teardown", flush_and_restore)
    yield
    patch.undo()


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    yield
    cache.clear()
