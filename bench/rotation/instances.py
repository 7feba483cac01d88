"""Rotations of any size, drawn from a seed: twelve prefectures or more, counties, stations, and people in them."""

from dataclasses import dataclass
from random import Random

from ortoo_solvers.rotation import ClassLimit, Cover, Person, Problem, Shares, Term, Unit
from ortoo_solvers.rotation.rules import county_limit

LEFT_OUT, PREFERENCE, UNEVEN = 1000, 10, 3


@dataclass(frozen=True, slots=True)
class Size:
    people: int
    terms: int
    crossing: bool = False

    def __str__(self) -> str:
        return f"{self.people:,} × {self.terms}{', crossing' if self.crossing else ''}"


def instance(size: Size, seed: int = 1) -> Problem:
    """Of each station one to three people; a sixth have one or two blocked terms, a quarter name a term.

    Crossing: beds for women and for men, and in each county one person in sole charge a term at most. About a
    hundredth of the places stays free, so that capacity binds.
    """
    chance = Random(seed)
    keys = tuple(str(number) for number in range(1, size.terms + 1))
    people: list[Person] = []
    units, counties = [Unit("region")], []
    while len(people) < size.people:
        if len(counties) % 9 == 0:
            units.append(Unit(f"p{len(units)}", parent="region"))
            prefecture = units[-1].key
        units.append(Unit(f"c{len(units)}", parent=prefecture))
        counties.append(units[-1].key)
        wanted = min(len(people) + chance.randint(4, 18), size.people)
        while len(people) < wanted:
            units.append(Unit(f"s{len(units)}", parent=counties[-1]))
            for _ in range(min(chance.choice((1, 1, 1, 2, 3)), wanted - len(people))):
                people.append(_person(f"{len(people):06d}", units[-1].key, keys, chance))
    return _with_rules(size, people, units, keys)


def _person(key: str, unit: str, keys: tuple[str, ...], chance: Random) -> Person:
    classes = {"woman" if chance.random() < 0.185 else "man"}
    if chance.random() < 0.045:
        classes.add("sole_charge")
    return Person(
        key,
        unit=unit,
        classes=frozenset(classes),
        blocked=frozenset(chance.sample(keys, chance.choice((1, 1, 2)))) if chance.random() < 0.15 else frozenset(),
        prefers=chance.choice(keys) if chance.random() < 0.26 else None,
        preference_price=PREFERENCE,
    )


def _with_rules(size: Size, people: list[Person], units: list[Unit], keys: tuple[str, ...]) -> Problem:
    capacity = -(-size.people * 101 // (100 * size.terms))
    parents = {unit.key: unit.parent for unit in units}
    in_county: dict[str, int] = {}
    for person in people:
        county = parents[person.unit or ""] or ""
        in_county[county] = in_county.get(county, 0) + 1
    share = max(0.30, 1.5 / size.terms)
    limits = [
        ClassLimit("woman", at_most=-(-sum("woman" in p.classes for p in people) * 11 // (10 * size.terms))),
        ClassLimit("man", at_most=-(-sum("man" in p.classes for p in people) * 104 // (100 * size.terms))),
        *(ClassLimit("sole_charge", county, at_most=1) for county in in_county),
    ]
    return Problem(
        people=tuple(people),
        terms=tuple(Term(key, capacity=capacity) for key in keys),
        units=tuple(units),
        covers=(
            *(Cover(unit.key, 1) for unit in units if unit.key.startswith("s")),
            *(Cover(county, county_limit(share, number)) for county, number in in_county.items()),
        ),
        class_limits=tuple(limits) if size.crossing else (),
        shares=tuple(Shares(unit.key, UNEVEN) for unit in units if unit.key.startswith("p")),
        left_out=LEFT_OUT,
    )
