"""What stands when a plan is made again: terms that have begun, and what somebody allowed against a rule."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from typing import TypeVar

from ortoo_solvers.rotation import ClassLimit, Cover, Person, Problem, score
from ortoo_solvers.rotation.explain import Explanation
from ortoo_solvers.rotation.score import Reason

Limit = TypeVar("Limit", Cover, ClassLimit)
Seats = Mapping[str, str | None]


def hold(problem: Problem, told: Mapping[str, int | None], begun: Collection[int]) -> Problem:
    """Whoever was told a term that has begun stays on it, and nobody else comes in."""
    if not begun:
        return problem
    held = {key for key, ordinal in told.items() if ordinal in begun}
    people = tuple(_pinned(person, told[person.key]) if person.key in held else person for person in problem.people)
    counts = {str(ordinal): sum(person.key in held and told[person.key] == ordinal for person in people) for ordinal in begun}
    terms = tuple(replace(term, capacity=counts.get(term.key, term.capacity)) for term in problem.terms)
    return replace(problem, people=people, terms=terms)


def allow(problem: Problem, told: Mapping[str, int | None], allowed: Mapping[str, int], changed: Collection[int]) -> Problem:
    """Whoever stands on a term against a rule, by name (`allowed`: staff number → ordinal), keeps that term, and the rule gives
    way there by as much as it did; not on a term that is itself asked to be another (`changed`)."""
    people = {person.key: person for person in problem.people}
    known = {key: str(ordinal) for key, ordinal in allowed.items() if key in people and told.get(key) == ordinal}
    kept = {key: term for key, term in known.items() if int(term) not in changed and people[key].pin in (None, term)}
    if not kept:
        return problem
    places = {key: None if told.get(key) is None else str(told[key]) for key in people}
    for reason in score(problem, places).reasons:
        if reason.hard and any(_concerns(problem, reason, people[key], term) for key, term in kept.items()):
            problem = _loosened(problem, reason)
    pinned = tuple(replace(person, pin=kept.get(person.key, person.pin)) for person in problem.people)
    return replace(problem, people=pinned)


def relieved(explanation: Explanation, moves: Mapping[str, int | None], allowed: Mapping[str, int]) -> set[str]:
    """Of those allowed on a term against a rule whoever stands against none any longer when these people have moved."""
    problem, before = explanation.problem, explanation.solution.assignment
    after = {**before, **{key: None if to is None else str(to) for key, to in moves.items()}}
    return _against(problem, before, allowed) - _against(problem, after, allowed)


def _against(problem: Problem, places: Seats, allowed: Mapping[str, int]) -> set[str]:
    people = {person.key: person for person in problem.people if person.key in allowed}
    hard = [reason for reason in score(problem, places).reasons if reason.hard]
    return {
        key for key, person in people.items() if any(_concerns(problem, reason, person, str(allowed[key])) for reason in hard)
    }


def _pinned(person: Person, ordinal: int | None) -> Person:
    """On the term and free on it: days that are told later keep nobody off a term that has begun."""
    term = str(ordinal)
    return replace(person, pin=person.pin or term, blocked=person.blocked - {term})


def _concerns(problem: Problem, reason: Reason, person: Person, term: str) -> bool:
    """Whether the person has a part in a rule being broken on their term, or on the term that they were kept from."""
    if reason.kind in ("minimum", "class_at_least"):
        return True
    if reason.term != term or reason.person not in (None, person.key):
        return False
    return reason.unit in (None, *_above(problem, person)) and reason.class_ in (None, *person.classes)


def _above(problem: Problem, person: Person) -> Iterator[str]:
    parents, unit = {unit.key: unit.parent for unit in problem.units}, person.unit
    while unit is not None:
        yield unit
        unit = parents.get(unit)


def _loosened(problem: Problem, reason: Reason) -> Problem:
    """The problem with one rule, on one term, as loose as the places told need it."""
    term, count = reason.term or "", reason.count or 0
    every = tuple(each.key for each in problem.terms)
    if reason.kind == "blocked":
        freed = (replace(p, blocked=p.blocked - {term}) if p.key == reason.person else p for p in problem.people)
        return replace(problem, people=tuple(freed))
    if reason.kind == "capacity":
        return replace(problem, terms=tuple(replace(t, capacity=count) if t.key == term else t for t in problem.terms))
    if reason.kind == "minimum":
        return replace(problem, terms=tuple(replace(t, minimum=count) if t.key == term else t for t in problem.terms))
    if reason.kind == "cover":
        covers = (
            _apart(each, replace(each, at_most=max(each.at_most, count)), term, every) if each.unit == reason.unit else (each,)
            for each in problem.covers
        )
        return replace(problem, covers=tuple(chain.from_iterable(covers)))
    limits = (
        _apart(each, _looser(each, reason.kind, count), term, every)
        if (each.unit, each.class_) == (reason.unit, reason.class_)
        else (each,)
        for each in problem.class_limits
    )
    return replace(problem, class_limits=tuple(chain.from_iterable(limits)))


def _looser(limit: ClassLimit, kind: str, count: int) -> ClassLimit:
    if kind == "class_at_least":
        return replace(limit, at_least=min(limit.at_least, count))
    return replace(limit, at_most=None if limit.at_most is None else max(limit.at_most, count))


def _apart(limit: Limit, looser: Limit, term: str, every: tuple[str, ...]) -> tuple[Limit, ...]:
    """The looser limit on this term, the limit on its other terms."""
    terms = every if limit.terms is None else limit.terms
    if term not in terms:
        return (limit,)
    rest = tuple(key for key in terms if key != term)
    here = replace(looser, terms=(term,))
    return (here, replace(limit, terms=rest)) if rest else (here,)
