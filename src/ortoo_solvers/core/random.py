"""Chance that can be repeated: streams drawn from one seed and a name."""

from random import Random


def stream(seed: int, name: str) -> Random:
    """A generator of its own for each purpose, so that a draw more in one place does not change another."""
    return Random(f"{name}:{seed}")


def mixed(seed: int) -> int:
    """64 bits, never all zero, and far apart for seeds that follow one another (splitmix64 of Steele, Lea, Flood 2014)."""
    z = (seed + 1) * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 & 0xFFFFFFFFFFFFFFFF
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB & 0xFFFFFFFFFFFFFFFF
    return (z ^ (z >> 31)) or 1
