"""Chance that can be repeated: streams drawn from one seed and a name."""

from random import Random


def stream(seed: int, name: str) -> Random:
    """A generator of its own for each purpose, so that a draw more in one place does not change another."""
    return Random(f"{name}:{seed}")
