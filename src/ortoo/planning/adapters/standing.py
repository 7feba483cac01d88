"""What stands when a plan is made again: terms that have begun, and what somebody allowed against a rule."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from ortoo_solvers.rotation import Person, Problem, score
from ortoo_solvers.rotation.collision import HardRule, loosen
from ortoo_solvers.rotation.explain import Explanation
from ortoo_solvers.rotation.score import Reason

Seats = Mapping[str, str | None]
# What one can stand against by being on a term; too few are never too few because of somebody who is there.
AGAINST = ("blocked", "capacity", "cover", "class_at_most", "begun")
Rule = tuple[str, str | None, str | None, str | None, str | None]


def hold(problem: Problem, told: Mapping[str, int | None], begun: Collection[int]) -> Problem:
    """Whoever was told a term that has begun stays on it, unless fixed on another, and nobody else comes in who is not fixed there."""
    if not begun:
        return problem
    people = tuple(_pinned(p, ordinal) if (ordinal := told.get(p.key)) in begun else p for p in problem.people)
    terms = tuple(replace(term, begun=term.begun or int(term.key) in begun) for term in problem.terms)
    return replace(problem, people=people, terms=terms)


def allow(
    problem: Problem,
    told: Mapping[str, int | None],
    allowed: Mapping[str, int],
    changed: Collection[int],
    before: Explanation | None,
) -> Problem:
    """Whoever stands on a term against a rule, by name (`allowed`: staff number → ordinal), keeps that term, and the rule gives
    way there by as much as it did in the plan `before`, no further. Not on a term that is cancelled or itself asked to be another
    (`changed`), not where other rules leave them no room by now, and not who stands against none any longer: the very same problem is
    given back where nobody is kept."""
    people = {person.key: person for person in problem.people}
    broken = _worst(problem, _told(problem, told))
    held = {int(term.key) for term in problem.terms if term.capacity != 0}.difference(changed)
    kept = {
        key: str(ordinal)
        for key, ordinal in allowed.items()
        if key in people and told.get(key) == ordinal in held and people[key].pin in (None, str(ordinal))
        if _touches(problem, broken, people[key], str(ordinal))
    }
    if not kept or before is None:
        return problem
    loosened = loosen(problem, _as_before(problem, told, kept, before))
    pins = {key: kept.get(key, person.pin) for key, person in people.items()}
    crowded = _worst(loosened, pins)
    room = {key: int(term) for key, term in kept.items() if not _touches(problem, crowded, people[key], term)}
    if len(room) < len(kept):
        return allow(problem, told, room, changed, before)
    return replace(loosened, people=tuple(replace(person, pin=pins[person.key]) for person in loosened.people))


def kept(problem: Problem, eased: Problem) -> set[str]:
    """Who is on a term only because they were allowed to be: fixed where some rules give way, and not fixed by themselves."""
    pairs = zip(problem.people, eased.people, strict=True)
    return {person.key for person, other in pairs if person.pin != other.pin}


def _as_before(
    problem: Problem, told: Mapping[str, int | None], kept: Mapping[str, str], before: Explanation
) -> Iterator[HardRule]:
    """The rules that those kept stand against, then as now, as loose as the places told need it and were before."""
    known = _worst(before.problem, before.solution.assignment)
    people = {person.key: person for person in problem.people}
    for rule, now in _worst(problem, _told(problem, told)).items():
        if rule in known and any(_concerns(problem, now, people[key], term) for key, term in kept.items()):
            limit = None if now.limit is None else min(now.limit + known[rule].amount, now.limit + now.amount)
            yield HardRule(now.kind, now.term or "", now.person, now.unit, now.class_, loosened=limit)


def _told(problem: Problem, told: Mapping[str, int | None]) -> Seats:
    """Where everybody was told to be, or is fixed by now."""
    return {p.key: p.pin or (None if told.get(p.key) is None else str(told[p.key])) for p in problem.people}


def _worst(problem: Problem, places: Seats) -> dict[Rule, Reason]:
    """Every rule that places break, where several limit the same by the narrowest."""
    broken: dict[Rule, Reason] = {}
    for reason in score(problem, places).reasons:
        rule = reason.kind, reason.person, reason.term, reason.unit, reason.class_
        if reason.hard and (rule not in broken or reason.amount > broken[rule].amount):
            broken[rule] = reason
    return broken


def relieved(explanation: Explanation, moves: Mapping[str, int | None], allowed: Mapping[str, int]) -> set[str]:
    """Of those allowed on a term against a rule whoever stands against none any longer when these people have moved."""
    problem, before = explanation.problem, explanation.solution.assignment
    after = {**before, **{key: None if to is None else str(to) for key, to in moves.items()}}
    return against(problem, before, allowed) - against(problem, after, allowed)


def against(problem: Problem, places: Seats, allowed: Mapping[str, int]) -> set[str]:
    """Of those allowed on a term against a rule whoever stands against one there."""
    people, broken = [person for person in problem.people if person.key in allowed], _worst(problem, places)
    return {person.key for person in people if _touches(problem, broken, person, str(allowed[person.key]))}


def _touches(problem: Problem, broken: Mapping[Rule, Reason], person: Person, term: str) -> bool:
    return any(_concerns(problem, reason, person, term) for reason in broken.values())


def _pinned(person: Person, ordinal: int | None) -> Person:
    """On the term and free on it: days that are told later keep nobody off a term that has begun."""
    term = str(ordinal)
    return replace(person, pin=person.pin or term, blocked=person.blocked - {term})


def _concerns(problem: Problem, reason: Reason, person: Person, term: str) -> bool:
    """Whether the person, being on their term, has a part in a rule being broken there."""
    if reason.kind not in AGAINST or reason.term != term or reason.person not in (None, person.key):
        return False
    return reason.unit in (None, *_above(problem, person)) and reason.class_ in (None, *person.classes)


def _above(problem: Problem, person: Person) -> Iterator[str]:
    parents, unit = {unit.key: unit.parent for unit in problem.units}, person.unit
    while unit is not None:
        yield unit
        unit = parents.get(unit)
