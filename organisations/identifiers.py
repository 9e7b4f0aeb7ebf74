"""Identifiers that say nothing about how many there are or which came first."""

import secrets

ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"  # no 0/o, 1/i/l or u: people read these aloud
LENGTH = 12


def new_public_id() -> str:
    """A random identifier of 12 characters (about 58 bits) for use in URLs."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def new_code() -> str:
    """A random code of 20 characters (about 97 bits): who holds it may see what it opens."""
    return "".join(secrets.choice(ALPHABET) for _ in range(20))
