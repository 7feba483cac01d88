"""Chance inside compiled searches: 64 random bits at a time, and numbers made of them. Importing this loads numba."""

import numpy as np
from numba.extending import register_jitable

# -ln(u) for u in the middles of 2^12 equal parts of (0, 1): how much dearer a proposal may be, in units of temperature.
NEG_LOG = -np.log((np.arange(1 << 12) + 0.5) / (1 << 12))
_A, _B, _C = np.uint64(13), np.uint64(7), np.uint64(17)
_LOWER, _HALF = np.uint64(0xFFFFFFFF), np.uint64(32)


@register_jitable
def draw(x):
    """The next 64 bits after x, which is not 0: xorshift64 (Marsaglia 2003), the shifts 13, 7, 17."""
    x ^= x << _A
    x ^= x >> _B
    x ^= x << _C
    return x


@register_jitable
def by_upper(x, number):
    """A number below ``number`` from the upper half of 64 random bits (Lemire's multiplication)."""
    return np.int64(((x >> _HALF) * np.uint64(number)) >> _HALF)


@register_jitable
def by_lower(x, number):
    """A number below ``number`` from the lower half."""
    return np.int64(((x & _LOWER) * np.uint64(number)) >> _HALF)
