"""When no plan keeps the hard rules: which of them collide, and the cheapest loosening that mends it.

Everybody may be left out, so only minimums and pins can ask for too much. In the elastic program every rule may
be broken step by step at a price; its optimum is the cheapest loosening. Making the rules that it breaks
unbreakable, again and again until nothing goes, gathers rules that cannot all hold (the elastic filter), and
trying to do without each of them leaves a set of which no rule can be spared (the deletion filter; both in
Chinneck: Feasibility and Infeasibility in Optimization, 2008, chapter 6).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ortoo_solvers.rotation.groups import EVERYBODY, Group, gather_groups
from ortoo_solvers.rotation.pools import open_terms
from ortoo_solvers.rotation.problem import ClassLimit, Cover, Person, Problem, Term
from ortoo_solvers.rotation.rows import INFINITE, Rows

# A step (a place, a person) of each kind. Nearly equal: as few steps as possible; among as few, rather ask less
# than let more people in, rather free a person from a pin than uncover a unit, and blocked days last.
STEP = {
    "minimum": 100,
    "class_at_least": 101,
    "pin": 102,
    "capacity": 103,
    "class_at_most": 104,
    "cover": 105,
    "blocked": 106,
}


@dataclass(frozen=True, slots=True)
class HardRule:
    """One hard rule on one term, or of one person.

    ``kind``: "minimum", "class_at_least", "capacity", "class_at_most", "cover" with ``limit``; "pin", "blocked"
    with ``person``. ``count``: of a minimum how many people of the group may come, of a maximum how many are
    pinned there. ``loosened``: in a loosening, what the limit must become; a pin or blocked term is dropped.
    """

    kind: str
    term: str
    person: str | None = None
    unit: str | None = None
    class_: str | None = None
    family: str = ""
    limit: int | None = None
    count: int | None = None
    loosened: int | None = None


@dataclass(frozen=True, slots=True)
class Collision:
    """``rules`` cannot all hold, and without any one of them the others can; ``loosening`` mends the problem."""

    rules: tuple[HardRule, ...]
    loosening: tuple[HardRule, ...]


def find_collision(problem: Problem) -> Collision | None:
    """None where a plan exists."""
    elastic = _Elastic(problem)
    broken = elastic.cheapest(())
    if not broken:
        return None
    loosening = elastic.name(broken)
    core: list[int] = []
    while broken:
        core.extend(broken)
        broken = elastic.cheapest(core)
    for rule in sorted(core):
        without = [other for other in core if other != rule]
        if elastic.collide(without):
            core = without
    return Collision(tuple(elastic.rules[rule] for rule in sorted(core)), loosening)


def hard_rules(problem: Problem) -> list[HardRule]:
    """All hard rules that can bind, term by term and person by person."""
    return _Elastic(problem).rules


def loosen(problem: Problem, loosening: Iterable[HardRule]) -> Problem:
    """The problem with the loosening carried out."""
    for rule in loosening:
        problem = _LOOSEN[rule.kind](problem, rule)
    return problem


@dataclass(slots=True)
class _Sort:
    """People of the same groups whom no pin and no blocked day binds; or one whom they do."""

    groups: tuple[int, ...]
    open_: tuple[int, ...]
    person: Person
    size: int = 0


class _Elastic:
    """The elastic program. Column ``steps[i]`` is by how many steps ``rules[i]`` is broken."""

    def __init__(self, problem: Problem) -> None:
        self.problem, self.begun = problem, problem.begun
        self.columns = {term.key: place for place, term in enumerate(problem.terms)}
        self.groups, circles = gather_groups(problem)
        places = {group.key: place for place, group in enumerate(self.groups)}
        self.rows = Rows()
        self.rules: list[HardRule] = []
        self.steps: list[int] = []
        self.values: NDArray[np.float64] | None = None
        self.on: list[list[list[int]]] = [[[] for _ in self.columns] for _ in self.groups]
        self.sorts = self._sort({p.key: tuple(places[k] for k in circles.of(p) if k in places) for p in problem.people})
        for sort in self.sorts:
            self._add_sort(sort)
        for place, group in enumerate(self.groups):
            for term in problem.terms:
                self._add_limits(place, group, term.key)

    def _sort(self, groups_of: dict[str, tuple[int, ...]]) -> list[_Sort]:
        sorts: dict[object, _Sort] = {}
        for person in sorted(self.problem.people, key=lambda p: p.key):
            groups = groups_of[person.key]
            alike = person.key if person.pin is not None or person.blocked else groups
            sort = sorts.setdefault(alike, _Sort(groups, open_terms(person, self.columns, self.begun), person))
            sort.size += 1
        return list(sorts.values())

    def _rule(self, rule: HardRule, most: float) -> int:
        """A new rule; returns the column that counts by how many steps it is broken."""
        self.rules.append(rule)
        self.steps.append(self.rows.column(STEP[rule.kind], most))
        return self.steps[-1]

    def _add_sort(self, sort: _Sort) -> None:
        """One column for each term and one for staying out, and for each block and pin what it keeps away. That a term has begun
        is no rule that could give way."""
        person, begun = sort.person, self.begun
        stays = person.pin in begun
        never = {key for key in (*self.columns, None) if key != person.pin and (stays or key in begun)}
        columns = [self.rows.column(0, 0 if key in never else sort.size) for key in (*self.columns, None)]
        self.rows.row(sort.size, sort.size, columns)
        for group in sort.groups:
            for term in range(len(self.columns)):
                self.on[group][term].append(columns[term])
        if person.pin is not None and not stays:
            elsewhere = [column for term, column in enumerate(columns) if term != self.columns[person.pin]]
            self._keep_away(HardRule("pin", person.pin, person.key), elsewhere)
        for key in sorted(person.blocked - never):
            self._keep_away(HardRule("blocked", key, person.key), [columns[self.columns[key]]])

    def _keep_away(self, rule: HardRule, columns: list[int]) -> None:
        """Σ columns ≤ step: nobody goes there but at the price."""
        step = self._rule(rule, 1)
        self.rows.row(-INFINITE, 0, [*columns, step], [*[1.0] * len(columns), -1.0])

    def _add_limits(self, place: int, group: Group, term: str) -> None:
        column, on = self.columns[term], self.on[place][self.columns[term]]
        low, high = group.low[column], group.high[column]
        kinds = ("minimum", "capacity") if group.key == EVERYBODY else ("class_at_least", "class_at_most")
        if group.key != EVERYBODY and group.key[1] is None:
            kinds = ("minimum", "cover")  # no rule sets a minimum for a unit
        ones = [1.0] * len(on)
        if low > 0:
            step = self._rule(self._limit(kinds[0], group, term, place, low), INFINITE)
            self.rows.row(low, INFINITE, [*on, step], [*ones, 1.0])
        if high < group.size:
            step = self._rule(self._limit(kinds[1], group, term, place, high), INFINITE)
            self.rows.row(-INFINITE, high, [*on, step], [*ones, -1.0])

    def _limit(self, kind: str, group: Group, term: str, place: int, limit: int) -> HardRule:
        column, (unit, class_) = self.columns[term], group.key
        inside = [sort for sort in self.sorts if place in sort.groups and column in sort.open_]
        if kind not in ("minimum", "class_at_least"):
            inside = [sort for sort in inside if sort.person.pin is not None]
        families = [r.family for r in self.problem.class_limits if (r.unit, r.class_) == group.key and r.family]
        count = sum(sort.size for sort in inside)
        return HardRule(kind, term, None, unit, class_, families[0] if families else "", limit, count)

    def cheapest(self, unbreakable: Collection[int]) -> list[int]:
        """The rules broken at the lowest price; the empty list where the unbreakable ones collide, or none must."""
        for rule, step in enumerate(self.steps):
            self.rows.upper[step] = 0.0 if rule in unbreakable else INFINITE
        outcome = self.rows.minimise()
        self.values = outcome.values
        return [] if outcome.values is None else [r for r, step in enumerate(self.steps) if outcome.values[step] > 0.5]

    def collide(self, rules: Collection[int]) -> bool:
        """Whether these alone cannot all hold."""
        prices = self.rows.costs
        self.rows.costs = [0] * len(prices)
        self.cheapest(rules)
        self.rows.costs = prices
        return self.values is None

    def name(self, broken: Iterable[int]) -> tuple[HardRule, ...]:
        """What must become of the broken rules, by the last optimum."""
        return tuple(self._loosened(self.rules[place], self.steps[place]) for place in broken)

    def _loosened(self, rule: HardRule, step: int) -> HardRule:
        if rule.limit is None or self.values is None:
            return rule
        number = round(float(self.values[step]))
        down = rule.kind in ("minimum", "class_at_least")
        return replace(rule, loosened=rule.limit + (-number if down else number))


def _loosen_term(problem: Problem, rule: HardRule) -> Problem:
    def loosened(term: Term) -> Term:
        if term.key != rule.term:
            return term
        number = rule.loosened or 0
        return replace(term, minimum=number) if rule.kind == "minimum" else replace(term, capacity=number)

    return replace(problem, terms=tuple(loosened(term) for term in problem.terms))


def _loosen_person(problem: Problem, rule: HardRule) -> Problem:
    def loosened(person: Person) -> Person:
        if person.key != rule.person:
            return person
        return replace(person, pin=None) if rule.kind == "pin" else replace(person, blocked=person.blocked - {rule.term})

    return replace(problem, people=tuple(loosened(person) for person in problem.people))


def _loosen_cover(problem: Problem, rule: HardRule) -> Problem:
    covers: list[Cover] = []
    for cover in problem.covers:
        terms = [term.key for term in problem.terms] if cover.terms is None else list(cover.terms)
        if cover.unit != rule.unit or rule.term not in terms or cover.at_most >= (rule.loosened or 0):
            covers.append(cover)
            continue
        covers.append(replace(cover, terms=tuple(term for term in terms if term != rule.term)))
        covers.append(replace(cover, terms=(rule.term,), at_most=rule.loosened or 0))
    return replace(problem, covers=tuple(covers))


def _loosen_class(problem: Problem, rule: HardRule) -> Problem:
    limits: list[ClassLimit] = []
    for limit in problem.class_limits:
        terms = [term.key for term in problem.terms] if limit.terms is None else list(limit.terms)
        if (limit.unit, limit.class_) != (rule.unit, rule.class_) or rule.term not in terms:
            limits.append(limit)
            continue
        limits.append(replace(limit, terms=tuple(term for term in terms if term != rule.term)))
        limits.append(replace(_loosened_class(limit, rule), terms=(rule.term,)))
    return replace(problem, class_limits=tuple(limits))


def _loosened_class(limit: ClassLimit, rule: HardRule) -> ClassLimit:
    number = rule.loosened or 0
    if rule.kind == "class_at_least":
        return replace(limit, at_least=min(limit.at_least, number))
    return limit if limit.at_most is None else replace(limit, at_most=max(limit.at_most, number))


_LOOSEN = {
    "minimum": _loosen_term,
    "capacity": _loosen_term,
    "pin": _loosen_person,
    "blocked": _loosen_person,
    "cover": _loosen_cover,
    "class_at_least": _loosen_class,
    "class_at_most": _loosen_class,
}
