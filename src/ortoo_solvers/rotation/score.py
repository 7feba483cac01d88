"""The judge: what a plan breaks and what it costs, counted straight from the rules, knowing nothing of the
search."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ortoo_solvers.rotation.problem import Person, Problem, Solution


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that a plan breaks (``hard``, ``amount`` by how much) or pays for (``cost``).

    ``kind``: hard are "missing", "pin", "blocked", "begun" (somebody new on a term that has begun), "stays" (gone from one
    that has), "capacity", "minimum", "cover", "class_at_most", "class_at_least"; soft are "left_out", "preference", "needs", "change", "shares", "together". The other fields say
    where, as far as the kind has them; ``limit`` is what the rule allows, ``count`` what the plan does.
    """

    kind: str
    hard: bool
    amount: int
    cost: int = 0
    person: str | None = None
    term: str | None = None
    unit: str | None = None
    class_: str | None = None
    family: str = ""
    limit: int | None = None
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """``hard``: amounts of broken rules added up; ``soft``: the cost; ``changes``: published places not
    kept."""

    hard: int
    soft: int
    changes: int
    reasons: tuple[Reason, ...]


Tally = Counter[tuple[str | None, str | None, str | None]]


def score(problem: Problem, solution: Solution | Mapping[str, str | None]) -> Score:
    """Judge a solution, or a bare assignment (person's key to term's key or None)."""
    assignment = solution.assignment if isinstance(solution, Solution) else solution
    places: list[tuple[Person, str | None]] = [(person, assignment.get(person.key)) for person in problem.people]
    tally = _tally(problem, places)
    reasons = [
        *_of_keys(problem, assignment),
        *_of_people(problem, places),
        *_of_terms(problem, tally),
        *_of_covers(problem, tally),
        *_of_classes(problem, tally),
        *_of_shares(problem, tally),
        *_of_together(problem, tally),
    ]
    changes = sum(1 for person, term in places if person.published not in (None, term))
    hard = sum(reason.amount for reason in reasons if reason.hard)
    return Score(hard, sum(reason.cost for reason in reasons), changes, tuple(reasons))


def _tally(problem: Problem, places: Iterable[tuple[Person, str | None]]) -> Tally:
    """How many people of (unit, class) are on each term; with "*" for the term: how many there are at all."""
    parents = {unit.key: unit.parent for unit in problem.units}
    together: Counter[tuple[str | None, frozenset[str], str | None]] = Counter()
    for person, term in places:
        together[person.unit, person.classes, term] += 1
    tally: Tally = Counter()
    for (unit, classes, term), number in together.items():
        for ancestor in _upwards(unit, parents):
            for class_ in (None, *classes):
                tally[ancestor, class_, _ALL] += number
                if term is not None:
                    tally[ancestor, class_, term] += number
    return tally


_ALL = "*\0everywhere"


def _upwards(unit: str | None, parents: Mapping[str, str | None]) -> Iterator[str | None]:
    while unit is not None:
        yield unit
        unit = parents[unit]
    yield None


def _of_keys(problem: Problem, assignment: Mapping[str, str | None]) -> Iterator[Reason]:
    terms = {term.key for term in problem.terms}
    people = {person.key for person in problem.people}
    for key in people - assignment.keys():
        yield Reason("missing", True, 1, person=key)
    for key, term in assignment.items():
        if key not in people or (term is not None and term not in terms):
            yield Reason("missing", True, 1, person=key, term=term)


def _of_people(problem: Problem, places: Iterable[tuple[Person, str | None]]) -> Iterator[Reason]:
    begun = problem.begun
    for person, term in places:
        key = person.key
        if person.pin is not None and term != person.pin:
            yield Reason("stays" if person.pin in begun else "pin", True, 1, person=key, term=person.pin)
        if term in begun and term != person.pin:
            yield Reason("begun", True, 1, person=key, term=term)
        if term in person.blocked:
            yield Reason("blocked", True, 1, person=key, term=term)
        if term is None:
            price = problem.left_out if person.left_out is None else person.left_out
            yield Reason("left_out", False, 1, price, person=key)
        elif person.prefers is not None and term != person.prefers and person.preference_price:
            yield Reason("preference", False, 1, person.preference_price, person=key, term=person.prefers)
        if dearer := next((price for where, price in person.dearer if where == term), 0):
            yield Reason("needs", False, 1, dearer, person=key, term=term)
        if person.published is not None and term != person.published:
            yield Reason("change", False, 1, person.change_price, person=key, term=person.published)


def _of_terms(problem: Problem, tally: Tally) -> Iterator[Reason]:
    for term in problem.terms:
        count = tally[None, None, term.key]
        if term.begun:
            continue
        if term.capacity is not None and count > term.capacity:
            yield Reason("capacity", True, count - term.capacity, term=term.key, limit=term.capacity, count=count)
        if count < term.minimum:
            yield Reason("minimum", True, term.minimum - count, term=term.key, limit=term.minimum, count=count)


def _of_covers(problem: Problem, tally: Tally) -> Iterator[Reason]:
    for cover in problem.covers:
        for term in _terms(problem, cover.terms):
            count, limit = tally[cover.unit, None, term], cover.at_most
            if count > limit:
                yield Reason("cover", True, count - limit, term=term, unit=cover.unit, limit=limit, count=count)


def _of_classes(problem: Problem, tally: Tally) -> Iterator[Reason]:
    for rule in problem.class_limits:
        for term in _terms(problem, rule.terms):
            count = tally[rule.unit, rule.class_, term]
            for kind, limit, broken in (
                ("class_at_least", rule.at_least, rule.at_least - count),
                ("class_at_most", rule.at_most, 0 if rule.at_most is None else count - rule.at_most),
            ):
                if broken > 0:
                    yield Reason(
                        kind,
                        True,
                        broken,
                        term=term,
                        unit=rule.unit,
                        class_=rule.class_,
                        family=rule.family,
                        limit=limit,
                        count=count,
                    )


def _of_shares(problem: Problem, tally: Tally) -> Iterator[Reason]:
    for rule in problem.shares:
        size, number = tally[rule.unit, rule.class_, _ALL], len(problem.terms)
        for term in problem.terms:
            low = size // number if rule.low is None else rule.low
            high = -(-size // number) if rule.high is None else rule.high
            count = tally[rule.unit, rule.class_, term.key]
            for limit, off in ((low, low - count), (high, count - high)):
                if off > 0 and rule.price:
                    cost = off * rule.price
                    yield Reason(
                        "shares",
                        False,
                        off,
                        cost,
                        None,
                        term.key,
                        rule.unit,
                        rule.class_,
                        limit=limit,
                        count=count,
                    )


def _of_together(problem: Problem, tally: Tally) -> Iterator[Reason]:
    for rule in problem.together:
        used = sum(1 for term in problem.terms if tally[rule.unit, rule.class_, term.key])
        if used > 1 and rule.price:
            cost = (used - 1) * rule.price
            yield Reason("together", False, used - 1, cost, unit=rule.unit, class_=rule.class_, limit=1, count=used)


def _terms(problem: Problem, keys: tuple[str, ...] | None) -> tuple[str, ...]:
    """Of the terms that a hard rule names those that have not begun."""
    return tuple(term.key for term in problem.terms if not term.begun and (keys is None or term.key in keys))
