"""The rules of a problem, brought together by the group of people they speak of.

A group is (unit, class): the people of a unit, of a class, or of a class within a unit; (None, None) is
everybody. All rules of one group become one band [low, high] and one convex price per term. Groups that
cannot bind (their limit is no smaller than themselves, and nothing has a price) are dropped.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from ortoo_solvers.rotation.problem import ClassLimit, Person, Problem, Shares, Together

GroupKey = tuple[str | None, str | None]
EVERYBODY: GroupKey = (None, None)


@dataclass(slots=True)
class Group:
    """``low``, ``high``: people of the group on each term. ``bends``: (low, high, price) of each rule of
    shares.

    ``gather``: price of each term used beyond the first. ``size``: people in the group.
    """

    key: GroupKey
    size: int
    low: list[int]
    high: list[int]
    bends: list[tuple[int, int, int]] = field(default_factory=list)
    gather: int = 0

    @property
    def kind(self) -> str:
        """What its upper limits are called: of a term, of a unit, of a class."""
        unit, class_ = self.key
        return "class_at_most" if class_ is not None else "cover" if unit is not None else "capacity"

    def binds(self) -> bool:
        """Whether leaving the group out could change anything."""
        return bool(self.bends or self.gather or any(self.low) or any(high < self.size for high in self.high))

    def price(self, number: int) -> int:
        """Of ``number`` people on a term, by the rules of shares."""
        return sum(price * (max(0, low - number) + max(0, number - high)) for low, high, price in self.bends)

    def gathered(self, used: int) -> int:
        """The price of travelling on ``used`` terms rather than on one."""
        return self.gather * max(0, used - 1)

    def slopes(self, term: int) -> list[tuple[int, int]]:
        """The band [0, high] cut where the price bends: (how many people, price of one more), prices
        rising."""
        top = min(self.high[term], self.size)
        cuts = sorted({0, top} | {bend for low, high, _ in self.bends for bend in (low, high) if bend < top})
        return [(end - begin, self.price(begin + 1) - self.price(begin)) for begin, end in pairwise(cuts)]


class Circles:
    """Which groups a person is in, as far as rules speak of them."""

    def __init__(self, problem: Problem, spoken_of: Mapping[GroupKey, object]) -> None:
        self._parents = {unit.key: unit.parent for unit in problem.units}
        self._spoken_of = spoken_of
        self._known: dict[tuple[str | None, frozenset[str]], tuple[GroupKey, ...]] = {}

    def of(self, person: Person) -> tuple[GroupKey, ...]:
        kind = (person.unit, person.classes)
        found = self._known.get(kind)
        if found is None:
            found = self._known[kind] = tuple(self._walk(*kind))
        return found

    def _walk(self, unit: str | None, classes: frozenset[str]) -> Iterator[GroupKey]:
        of_classes = [None, *sorted(classes)]
        here = unit
        while True:
            for class_ in of_classes:
                if (here, class_) in self._spoken_of:
                    yield here, class_
            if here is None:
                return
            here = self._parents[here]


def gather_groups(problem: Problem) -> tuple[list[Group], Circles]:
    """All groups that bind, everybody first and then by key; and who is in which (keys may include
    others)."""
    spoken_of = dict.fromkeys(_keys(problem), 0)
    circles = Circles(problem, spoken_of)
    for person in problem.people:
        for key in circles.of(person):
            spoken_of[key] += 1
    columns = {term.key: place for place, term in enumerate(problem.terms)}
    groups = {key: Group(key, size, [0] * len(columns), [size] * len(columns)) for key, size in spoken_of.items()}
    _set_bands(problem, groups, {key: place for key, place in columns.items() if key not in problem.begun})
    _set_prices(problem, groups)
    everybody = groups.pop(EVERYBODY)
    binding = sorted((g for g in groups.values() if g.binds()), key=lambda g: (g.key[0] or "", g.key[1] or ""))
    return [everybody, *binding], circles


def _keys(problem: Problem) -> Iterator[GroupKey]:
    yield EVERYBODY
    for cover in problem.covers:
        yield cover.unit, None
    rules: tuple[ClassLimit | Shares | Together, ...] = (*problem.class_limits, *problem.shares, *problem.together)
    for rule in rules:
        yield rule.unit, rule.class_


def _set_bands(problem: Problem, groups: dict[GroupKey, Group], columns: dict[str, int]) -> None:
    """No limit speaks of a term that has begun: ``columns`` are the others."""
    everybody = groups[EVERYBODY]
    for term in problem.terms:
        if (place := columns.get(term.key)) is None:
            continue
        everybody.low[place] = term.minimum
        if term.capacity is not None:
            everybody.high[place] = min(everybody.high[place], term.capacity)
    for cover in problem.covers:
        group = groups[cover.unit, None]
        for place in _places(cover.terms, columns):
            group.high[place] = min(group.high[place], cover.at_most)
    for limit in problem.class_limits:
        group = groups[limit.unit, limit.class_]
        for place in _places(limit.terms, columns):
            group.low[place] = max(group.low[place], limit.at_least)
            if limit.at_most is not None:
                group.high[place] = min(group.high[place], limit.at_most)


def _places(terms: tuple[str, ...] | None, columns: dict[str, int]) -> Iterable[int]:
    return columns.values() if terms is None else (columns[key] for key in terms if key in columns)


def _set_prices(problem: Problem, groups: dict[GroupKey, Group]) -> None:
    for share in problem.shares:
        group = groups[share.unit, share.class_]
        low, high = share_band(share, group.size, len(problem.terms))
        if share.price and (low > 0 or high < group.size):
            group.bends.append((low, high, share.price))
    for together in problem.together:
        groups[together.unit, together.class_].gather += together.price


def share_band(share: Shares, size: int, terms: int) -> tuple[int, int]:
    """From how many to how many people of a group of ``size`` on a term cost nothing."""
    low = share.low if share.low is not None else size // max(terms, 1)
    high = share.high if share.high is not None else -(-size // max(terms, 1))
    return low, high
