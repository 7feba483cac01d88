"""Why somebody was left out, and what each term would mean for one person."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ortoo_solvers.rotation.collision import HardRule
from ortoo_solvers.rotation.groups import EVERYBODY, Group, GroupKey, gather_groups
from ortoo_solvers.rotation.margins import Margin, Margins
from ortoo_solvers.rotation.pools import open_terms, price_of
from ortoo_solvers.rotation.problem import Person, Problem, Solution
from ortoo_solvers.rotation.residual import Move
from ortoo_solvers.rotation.shortage import Mend, Shortage
from ortoo_solvers.rotation.ways import Ways


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a person cannot simply go on ``term`` in a plan, the others staying where they are.

    ``kind``: "begun" (that term), "stays" (the person's own has begun); "blocked", "pin" (to another term); "capacity", "cover", "class_at_most" with ``limit`` and
    ``count`` (people there now); "minimum", "class_at_least" of the term that the person would leave (``term``
    is still where to). Nothing stands in the way but the price: "dear", ``count`` being what it would cost more.
    """

    kind: str
    term: str
    unit: str | None = None
    class_: str | None = None
    family: str = ""
    limit: int | None = None
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """A group of ``people`` for whom all terms together have only ``seats``, whatever the plan."""

    unit: str | None
    class_: str | None
    people: int
    seats: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """``bottleneck``: of the smallest group that has one and holds the person; None with ``priced``. ``optimal``: the plan is proved
    best, so no exchange among the others would place the person at a lower total cost. ``shortage``: the limits in
    which every exchange ends; ``mend``: the cheapest loosening; None where limits are not what keeps the person out, but
    the price of ``priced``, a term where they could have a place."""

    person: str
    obstacles: tuple[Obstacle, ...]
    bottleneck: Bottleneck | None
    optimal: bool
    shortage: Shortage | None = None
    mend: Mend | None = None
    priced: "Option | None" = None


@dataclass(frozen=True, slots=True)
class Option:
    """One term for one person. ``extra``: what the best plan with the person there costs more than this one, at
    least (and exactly so if ``exact``); None where no plan has the person there. ``changes``: how many more published
    places change. ``moves``: the others who then go elsewhere, each making room for the one before."""

    term: str
    obstacles: tuple[Obstacle, ...]
    extra: int | None
    changes: int = 0
    exact: bool = True
    moves: tuple[Move, ...] = ()


def _gives_way(obstacle: Obstacle) -> bool:
    """Whether it is a limit that could be one higher; a term that is not held is not opened for one person."""
    return obstacle.kind in ("cover", "class_at_most") or (obstacle.kind == "capacity" and obstacle.limit != 0)


def _one_more(full: Obstacle) -> HardRule:
    """The limit that is reached, one higher."""
    limit = full.limit or 0
    return HardRule(
        full.kind, full.term, None, full.unit, full.class_, full.family, limit, full.count, max(limit, full.count or 0) + 1
    )


class Explanation:
    """Of one plan; counts once, then answers for any number of people."""

    def __init__(self, problem: Problem, solution: Solution) -> None:
        self.problem, self.solution, self.begun = problem, solution, problem.begun
        self.people = {person.key: person for person in problem.people}
        groups, self.circles = gather_groups(problem)
        self.groups = {group.key: group for group in groups}
        self.places = {term.key: place for place, term in enumerate(problem.terms)}
        self.counts: Counter[tuple[GroupKey, str | None]] = Counter()
        self.could: Counter[tuple[GroupKey, str]] = Counter()
        for person in problem.people:
            for key in self.circles.of(person):
                self.counts[key, solution.assignment[person.key]] += 1
                for term in self._open(person):
                    self.could[key, term] += 1

    def left_out(self) -> tuple[LeftOut, ...]:
        """Everybody without a place, in the order of the problem."""
        return tuple(self.why(person.key) for person in self.problem.people if not self._term(person))

    def why(self, key: str) -> LeftOut:
        """Why this person, who is left out, has no place; plans once more to see what the loosening gives."""
        person = self.people[key]
        obstacles = [obstacle for term in self.places for obstacle in self.obstacles(person, term)]
        shortage, mend = self.ways.shortage(key), self.ways.mend(key) or self._room_for(person)
        priced = self._priced(person) if shortage is None else None
        bottleneck = self._bottleneck(person) if priced is None else None
        return LeftOut(key, tuple(obstacles), bottleneck, self.solution.optimal, shortage, mend, priced)

    def _priced(self, person: Person) -> Option | None:
        if (found := self.ways.priced(person.key)) is None:
            return None
        term, there = found
        return Option(term, self.obstacles(person, term), there.extra, there.changes, there.exact, there.moves)

    def _room_for(self, person: Person) -> Mend | None:
        """Where no cheapest one is known, a loosening that lets the person in while nobody else moves; None where it gains nothing."""
        out, found = price_of(self.problem, person, None), []
        for term in self.places:
            obstacles = list(self._hard(person, term))
            if obstacles and all(_gives_way(obstacle) for obstacle in obstacles):
                steps, extra = tuple(_one_more(each) for each in obstacles), self.alone(person, term)
                changes = price_of(self.problem, person, term).changes - out.changes
                found.append(Mend(steps, extra, 1, len(self.solution.left_out) - 1, cheapest=False, changes=changes, exact=False))
        best = min(found, key=lambda mend: (len(mend.steps), *self._value(mend)), default=None)
        return best if best is not None and self._value(best) < (0, 0) else None

    def _value(self, mend: Mend) -> tuple[int, int]:
        return (mend.changes if self.problem.fewest_changes else 0, mend.extra)

    def options(self, key: str, *, prove: bool = False) -> tuple[Option, ...]:
        """Each term for this person. ``prove``: plan again for each term of which only a bound is known."""
        person = self.people[key]
        return tuple(self._option(person, term, prove) for term in self.places)

    def margins(self, unit: str | None, class_: str | None = None) -> tuple[Margin, ...]:
        """Why a unit has its numbers, term by term; nothing where no rule speaks of it or only a bound is known."""
        return Margins(self.ways).of(unit, class_) if self.ways.own.best else ()

    @cached_property
    def ways(self) -> Ways:
        """The residual network, built when first asked for."""
        return Ways(self.problem, self.solution)

    def obstacles(self, person: Person, term: str) -> tuple[Obstacle, ...]:
        """Nothing for the term that the person has."""
        if self._term(person) == term:
            return ()
        return tuple(self._hard(person, term)) or tuple(self._dear(person, term))

    def _hard(self, person: Person, term: str) -> Iterator[Obstacle]:
        if term in person.blocked:
            yield Obstacle("blocked", term)
        if person.pin not in (None, term):
            yield Obstacle("stays" if person.pin in self.begun else "pin", term)
        elif term in self.begun and person.pin is None:
            yield Obstacle("begun", term)
        left = self._term(person)
        for key in self.circles.of(person):
            group = self.groups.get(key)
            if group is None:
                continue
            count = self.counts[key, term]
            if count >= group.high[self.places[term]]:
                yield self._full(group, term, count)
            if left is not None and self.counts[key, left] <= group.low[self.places[left]]:
                kind = "minimum" if key == EVERYBODY else "class_at_least"
                low, now = group.low[self.places[left]], self.counts[key, left]
                yield Obstacle(kind, term, key[0], key[1], self._family(key), low, now)

    def _full(self, group: Group, term: str, count: int) -> Obstacle:
        return Obstacle(group.kind, term, *group.key, self._family(group.key), group.high[self.places[term]], count)

    def _dear(self, person: Person, term: str) -> Iterator[Obstacle]:
        extra = self.alone(person, term)
        if extra > 0:
            yield Obstacle("dear", term, count=extra)

    def alone(self, person: Person, term: str | None) -> int:
        """What the plan costs more with this person on ``term`` and the others where they are, broken rules aside."""
        here = self._term(person)
        extra = price_of(self.problem, person, term).cost - price_of(self.problem, person, here).cost
        for key in self.circles.of(person):
            group = self.groups.get(key)
            if group is not None and here != term:
                extra += self._shift(group, here, -1) + self._shift(group, term, 1)
                extra += self._gather(group, here, term)
        return extra

    def _shift(self, group: Group, term: str | None, step: int) -> int:
        count = self.counts[group.key, term]
        return 0 if term is None else group.price(count + step) - group.price(count)

    def _gather(self, group: Group, here: str | None, term: str | None) -> int:
        """Terms that the group uses more, at the price of travelling together; the first one is free."""
        if not group.gather:
            return 0
        used = {key for key in self.places if self.counts[group.key, key]}
        left = {here} if here is not None and self.counts[group.key, here] == 1 else set()
        return group.gathered(len((used - left) | ({term} - {None}))) - group.gathered(len(used))

    def _bottleneck(self, person: Person) -> Bottleneck | None:
        found, everybody = [], self.groups[EVERYBODY]
        for key in self.circles.of(person):
            group = self.groups.get(key)
            if group is not None:
                seats = sum(
                    min(group.high[place], self.could[key, term], everybody.high[place]) for term, place in self.places.items()
                )
                if seats < group.size:
                    found.append(Bottleneck(*key, group.size, seats))
        return min(found, key=lambda bottleneck: bottleneck.people, default=None)

    def _option(self, person: Person, term: str, prove: bool) -> Option:
        obstacles = self.obstacles(person, term)
        if self._term(person) == term:
            return Option(term, (), 0)
        if term not in self._open(person):
            return Option(term, obstacles, None)
        found = self.ways.to(person.key, term)
        if found is not None and prove and not found.exact:
            found = self.ways.proved(person.key, term)
        if found is None:
            return Option(term, obstacles, None)
        return Option(term, obstacles, found.extra, found.changes, found.exact, found.moves)

    def _term(self, person: Person) -> str | None:
        return self.solution.assignment[person.key]

    def _open(self, person: Person) -> Iterator[str]:
        for place in open_terms(person, self.places, self.begun):
            yield self.problem.terms[place].key

    def _family(self, key: GroupKey) -> str:
        return next((r.family for r in self.problem.class_limits if (r.unit, r.class_) == key and r.family), "")
