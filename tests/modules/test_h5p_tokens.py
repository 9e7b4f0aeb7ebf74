"""Signed addresses of H5P files: the same for hours, and no longer good after them."""

from datetime import UTC, datetime, timedelta

import pytest

from modules.packages.serving import tokens
from modules.packages.serving.tokens import PERIOD, expiry_at, folder_of, is_good

AT = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)
DIGEST = "ab" * 32


def parts_of(folder: str) -> tuple[int, str, str]:
    _empty, _h5p, token, digest, _end = folder.split("/")
    expiry, _dash, signature = token.partition("-")
    return int(expiry), signature, digest


def good(folder: str, at: datetime) -> bool:
    return is_good(*parts_of(folder), at=at)


def test_an_address_stays_the_same_within_a_period():
    begin = datetime.fromtimestamp(expiry_at(AT) - 2 * PERIOD, UTC)
    folders = {
        folder_of(DIGEST, at=begin + timedelta(seconds=s)) for s in [0, 1, PERIOD // 2, PERIOD - 1]
    }
    assert len(folders) == 1
    assert folder_of(DIGEST, at=begin + timedelta(seconds=PERIOD)) not in folders


@pytest.mark.parametrize("minutes", range(0, 720, 45))
def test_it_is_good_for_one_to_two_periods(minutes):
    at = AT + timedelta(minutes=minutes)
    folder = folder_of(DIGEST, at=at)
    assert good(folder, at)
    assert good(folder, at + timedelta(seconds=PERIOD))
    assert not good(folder, at + timedelta(seconds=2 * PERIOD))


def test_it_ends_at_its_expiry_and_not_a_second_later():
    folder = folder_of(DIGEST, at=AT)
    end = datetime.fromtimestamp(parts_of(folder)[0], UTC)
    assert good(folder, end - timedelta(seconds=1))
    assert not good(folder, end)


def test_what_is_signed_cannot_be_changed():
    expiry, signature, digest = parts_of(folder_of(DIGEST, at=AT))
    assert not is_good(expiry + PERIOD, signature, digest, at=AT)
    assert not is_good(expiry, signature, "cd" * 32, at=AT)
    assert not is_good(expiry, signature[:-1], digest, at=AT)
    assert not is_good(expiry, "", digest, at=AT)
    assert not is_good(10**30, signature, digest, at=AT)


def test_the_signature_is_not_one_for_something_else(settings):
    from django.core.signing import Signer

    expiry = expiry_at(AT)
    assert not is_good(expiry, Signer().signature(f"{expiry}/{DIGEST}"), DIGEST, at=AT)


def test_a_new_secret_ends_addresses_unless_the_old_one_is_kept(settings):
    folder, old = folder_of(DIGEST, at=AT), settings.SECRET_KEY
    settings.SECRET_KEY = "another-" + "secret" * 8
    assert not good(folder, AT)
    settings.SECRET_KEY_FALLBACKS = [old]
    assert good(folder, AT)


def test_an_address_names_no_person_and_no_session():
    assert folder_of(DIGEST, at=AT) == tokens.folder_of(DIGEST, at=AT)
