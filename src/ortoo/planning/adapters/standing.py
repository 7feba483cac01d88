"""What stands when a plan is made again: terms that have begun, and what somebody allowed against a rule."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from ortoo_solvers.rotation import Person, Problem, score
from ortoo_solvers.rotation.collision import HardRule, loosen
from ortoo_solvers.rotation.explain import Explanation
from ortoo_solvers.rotation.score import Reason

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
    broken = (reason for reason in score(problem, places).reasons if reason.hard)
    mine = [reason for reason in broken if any(_concerns(problem, reason, people[key], term) for key, term in kept.items())]
    problem = loosen(problem, [_as_it_was(reason) for reason in mine if reason.kind != "pin"])
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


def _as_it_was(reason: Reason) -> HardRule:
    """The rule as loose as the places told need it."""
    return HardRule(reason.kind, reason.term or "", reason.person, reason.unit, reason.class_, loosened=reason.count)
