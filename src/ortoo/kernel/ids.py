"""Keys that may be shown: random, without letters that are read wrongly."""

import secrets

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


def new_key(length: int = 12) -> str:
    """A random key of `length` characters, 4.95 bits each."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))
