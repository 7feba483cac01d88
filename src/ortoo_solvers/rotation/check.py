"""Is this a problem at all? Keys unique and known, numbers in range, the units a forest."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ortoo_solvers.rotation.problem import Person, Problem

# Far beyond any real price, far below what would overflow the engines' integers.
PRICE_LIMIT = 1_000_000


class Misfit(ValueError):
    """Something in the problem refers to nothing, is double, or is out of range; the message names it."""


def check_problem(problem: "Problem") -> None:
    """Raises Misfit at the first thing wrong."""
    terms = _unique("term", (term.key for term in problem.terms))
    units = _unique("unit", (unit.key for unit in problem.units))
    _unique("person", (person.key for person in problem.people))
    _check_tree(problem, units)
    for term in problem.terms:
        _at_least_zero(f"term {term.key!r}", capacity=term.capacity, minimum=term.minimum)
    _price("the problem", left_out=problem.left_out)
    for person in problem.people:
        _check_person(person, terms, units)
    _check_rules(problem, terms, units)


def _unique(what: str, keys: Iterable[str]) -> frozenset[str]:
    seen: set[str] = set()
    for key in keys:
        if not key:
            raise Misfit(f"a {what} has an empty key")
        if key in seen:
            raise Misfit(f"{what} {key!r} is there twice")
        seen.add(key)
    return frozenset(seen)


def _check_tree(problem: "Problem", units: frozenset[str]) -> None:
    parents = {unit.key: unit.parent for unit in problem.units}
    sound: set[str | None] = {None}
    for unit in problem.units:
        path: list[str] = []
        here: str | None = unit.key
        while here is not None and here not in sound:
            if here in path:
                raise Misfit(f"unit {here!r} is its own ancestor")
            _known(f"unit {path[-1] if path else here!r}", "unit", here, units)
            path.append(here)
            here = parents[here]
        sound.update(path)


def _check_person(person: "Person", terms: frozenset[str], units: frozenset[str]) -> None:
    if person.unit is not None and person.unit not in units:
        raise Misfit(f"person {person.key!r}: unknown unit {person.unit!r}")
    if person.prefers is None and person.pin is None and person.published is None and not person.blocked and not person.dearer:
        if person.left_out is not None:
            _price(f"person {person.key!r}", left_out=person.left_out)
        return
    who = f"person {person.key!r}"
    for key in (person.prefers, person.pin, person.published, *person.blocked):
        if key is not None:
            _known(who, "term", key, terms)
    if len({term for term, _ in person.dearer}) < len(person.dearer):
        raise Misfit(f"{who}: dearer names a term twice")
    for term, price in person.dearer:
        _known(who, "term", term, terms)
        _price(f"{who}, term {term!r}", dearer=price)
    _price(
        who,
        preference_price=person.preference_price,
        change_price=person.change_price,
        left_out=person.left_out or 0,
    )


def _check_rules(problem: "Problem", terms: frozenset[str], units: frozenset[str]) -> None:
    for place, cover in enumerate(problem.covers):
        where = f"covers[{place}]"
        _known(where, "unit", cover.unit, units)
        _at_least_zero(where, at_most=cover.at_most)
        _known_all(where, cover.terms, terms)
    for place, limit in enumerate(problem.class_limits):
        where = f"class_limits[{place}]"
        _known(where, "unit", limit.unit, units)
        _at_least_zero(where, at_least=limit.at_least, at_most=limit.at_most)
        _known_all(where, limit.terms, terms)
    for place, share in enumerate(problem.shares):
        where = f"shares[{place}]"
        _known(where, "unit", share.unit, units)
        _at_least_zero(where, low=share.low, high=share.high)
        if share.low is not None and share.high is not None and share.low > share.high:
            raise Misfit(f"{where}: low {share.low} is above high {share.high}")
        _price(where, price=share.price)
    for place, together in enumerate(problem.together):
        _known(f"together[{place}]", "unit", together.unit, units)
        _price(f"together[{place}]", price=together.price)


def _known(where: str, what: str, key: str | None, keys: frozenset[str]) -> None:
    if key is not None and key not in keys:
        raise Misfit(f"{where}: unknown {what} {key!r}")


def _known_all(where: str, given: tuple[str, ...] | None, terms: frozenset[str]) -> None:
    for key in given or ():
        _known(where, "term", key, terms)


def _at_least_zero(where: str, **numbers: int | None) -> None:
    for name, number in numbers.items():
        if number is not None and number < 0:
            raise Misfit(f"{where}: {name} is {number}, must be 0 or more")


def _price(where: str, **prices: int) -> None:
    for name, price in prices.items():
        if not 0 <= price <= PRICE_LIMIT:
            raise Misfit(f"{where}: {name} is {price}, must be from 0 to {PRICE_LIMIT}")
