"""Finite fields of a prime power, as tables."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import product

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Field:
    """Elements 0 … order - 1; ``plus`` and ``times`` are their tables; 0 and 1 are what they are called."""

    order: int
    plus: tuple[tuple[int, ...], ...]
    times: tuple[tuple[int, ...], ...]


def prime_power(number: int) -> tuple[int, int] | None:
    """The prime and its exponent; None when ``number`` is not a power of one prime."""
    factors = prime_powers(number)
    return next(iter(factors)) if len(factors) == 1 else None


def prime_powers(number: int) -> list[tuple[int, int]]:
    """Primes with exponents, by trial division."""
    found, prime = [], 2
    while number > 1:
        exponent = 0
        while number % prime == 0:
            number, exponent = number // prime, exponent + 1
        if exponent:
            found.append((prime, exponent))
        prime += 1
    return found


@lru_cache(maxsize=32)
def field(prime: int, exponent: int) -> Field:
    """Polynomials over the integers modulo ``prime``, modulo the first irreducible one of degree ``exponent``.

    An element is the number whose digits in base ``prime`` are its coefficients, the constant last.
    """
    order = prime**exponent
    weights = prime ** np.arange(exponent)
    digits = np.arange(order)[:, None] // weights % prime
    plus = ((digits[:, None, :] + digits[None, :, :]) % prime) @ weights
    modulus = np.array(_irreducible(prime, exponent))
    times, moved = np.zeros((order, order, exponent), np.int64), digits
    for place in range(exponent):  # x times y: the digits of x, each with y moved on by as many places.
        times += digits[:, place, None, None] * moved[None, :, :]
        moved = (np.pad(moved, ((0, 0), (1, 0)))[:, :exponent] - moved[:, -1:] * modulus) % prime
    return Field(order, _rows(plus), _rows(times % prime @ weights))


def _rows(table: NDArray[np.int64]) -> tuple[tuple[int, ...], ...]:
    return tuple(map(tuple, table.tolist()))


def powers(numbers: Field) -> list[int]:
    """Powers 0 … order - 2 of the first element whose powers are all but 0."""
    for generator in range(1, numbers.order):
        found = [1]
        while (after := numbers.times[found[-1]][generator]) != 1:
            found.append(after)
        if len(found) == numbers.order - 1:
            return found
    raise ValueError(f"{numbers.order} elements are no field")


def _irreducible(prime: int, degree: int) -> list[int]:
    """Lower coefficients of the first monic polynomial of the degree that is no product; by trying all factors."""
    if degree == 1:
        return [0]
    products = set()
    for low in range(1, degree // 2 + 1):
        for a in product(range(prime), repeat=low):
            for b in product(range(prime), repeat=degree - low):
                products.add(tuple(_product([*a, 1], [*b, 1], prime)))
    return next(list(c) for c in product(range(prime), repeat=degree) if (*c, 1) not in products)


def _product(x: list[int], y: list[int], prime: int) -> list[int]:
    result = [0] * (len(x) + len(y) - 1)
    for i, a in enumerate(x):
        for j, b in enumerate(y):
            result[i + j] = (result[i + j] + a * b) % prime
    return result
