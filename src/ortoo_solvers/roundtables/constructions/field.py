"""Finite fields of a prime power, as tables."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import product


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
    vectors = [_digits(number, prime, exponent) for number in range(order)]
    modulus = _irreducible(prime, exponent)
    plus = tuple(tuple(_number([(a + b) % prime for a, b in zip(x, y, strict=True)], prime) for y in vectors) for x in vectors)
    times = tuple(tuple(_number(_multiply(x, y, modulus, prime), prime) for y in vectors) for x in vectors)
    return Field(order, plus, times)


def powers(numbers: Field) -> list[int]:
    """Powers 0 … order - 2 of the first element whose powers are all but 0."""
    for generator in range(1, numbers.order):
        found = [1]
        while (after := numbers.times[found[-1]][generator]) != 1:
            found.append(after)
        if len(found) == numbers.order - 1:
            return found
    raise ValueError(f"{numbers.order} elements are no field")


def _digits(number: int, prime: int, length: int) -> list[int]:
    """Constant first."""
    return [number // prime**place % prime for place in range(length)]


def _number(digits: list[int], prime: int) -> int:
    return sum(digit * prime**place for place, digit in enumerate(digits))


def _multiply(x: list[int], y: list[int], modulus: list[int], prime: int) -> list[int]:
    """Modulo a monic polynomial whose lower coefficients are ``modulus``."""
    degree = len(modulus)
    result = [0] * (2 * degree - 1)
    for i, a in enumerate(x):
        for j, b in enumerate(y):
            result[i + j] = (result[i + j] + a * b) % prime
    for place in range(len(result) - 1, degree - 1, -1):
        for i, m in enumerate(modulus):
            result[place - degree + i] = (result[place - degree + i] - result[place] * m) % prime
    return result[:degree]


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
