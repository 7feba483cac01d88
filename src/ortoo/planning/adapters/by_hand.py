"""Moves by hand, weighed by the independent judge: what they cost, and what they break."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ortoo.planning.adapters.rotation import LANGUAGES
from ortoo.planning.adapters.standing import AGAINST
from ortoo_solvers.rotation import Problem
from ortoo_solvers.rotation.compare import Assignment, compare
from ortoo_solvers.rotation.explain import Explanation, Obstacle
from ortoo_solvers.rotation.score import Reason
from ortoo_solvers.rotation.sentences import Sentences

Seats = Mapping[str, int | None]


@dataclass(frozen=True)
class Weighed:
    """A plan after moves. `broken`: language → a sentence for each rule newly broken; `whose`: staff number → the same of those
    that this person's move breaks; `costs` by kind."""

    before: int
    after: int
    costs: dict[str, int] = field(default_factory=dict)
    broken: dict[str, list[str]] = field(default_factory=dict)
    whose: dict[str, dict[str, list[str]]] = field(default_factory=dict)

    @property
    def extra(self) -> int:
        """What the plan then costs more."""
        return self.after - self.before


def weigh(explanation: Explanation, moves: Seats, allowed: Container[str] = ()) -> Weighed:
    """What it means to put these people there, everybody else staying; staff number → ordinal. `allowed`: who stands against a rule
    by name; where one of them moves, whoever comes into what was let through for them breaks it anew."""
    problem, before = explanation.problem, explanation.solution.assignment
    after = {**before, **{key: None if to is None else str(to) for key, to in moves.items()}}
    without = {**before, **{key: None for key in moves if key in allowed}}
    found = compare(problem, before, after)
    broken = _broken(problem, before, without, after)
    stay = {key: _broken(problem, before, without, {**after, key: before[key]}) for key in moves} if broken else {}
    whose = {key: _said(problem, rules) for key, rules in _breakers(broken, stay).items()}
    costs = {kind: cost for kind, (_, cost) in found.costs.items() if cost}
    return Weighed(found.before, found.after, costs, _said(problem, broken), whose)


def _broken(problem: Problem, before: Assignment, without: Assignment, after: Assignment) -> list[Reason]:
    """The rules that `after` breaks and neither the plan before nor (those that somebody stands against by being on a term) the plan
    `without` those allowed."""
    found = list(compare(problem, before, after).broken)
    if without == before:
        return found
    known = {_rule(each) for each in found}
    again = compare(problem, without, after).broken
    return found + [each for each in again if each.kind in AGAINST and _rule(each) not in known]


def _breakers(broken: Sequence[Reason], stay: Mapping[str, Sequence[Reason]]) -> dict[str, list[Reason]]:
    """Of the broken rules those that each person's move breaks: they would be kept if that person alone stayed (`stay`: what would be
    broken then). What would be broken whoever of them stayed is everybody's."""
    kept = {key: {_rule(each) for each in rules} for key, rules in stay.items()}
    anyway = set.intersection(*kept.values()) if kept else set()
    return {key: [each for each in broken if _rule(each) not in rules - anyway] for key, rules in kept.items()}


def _rule(reason: Reason) -> tuple[object, ...]:
    return reason.kind, reason.person, reason.term, reason.unit, reason.class_, reason.limit


def _said(problem: Problem, broken: Sequence[Reason]) -> dict[str, list[str]]:
    return {language: [Sentences(problem, language).broken(reason) for reason in broken] for language in LANGUAGES}


@dataclass(frozen=True)
class Choice:
    """A term (ordinal; None: no place) for one person, everybody else staying: what it costs more and breaks; `best`: what
    it would take to have them there in the best plan."""

    ordinal: int | None
    extra: int
    broken: list[str]
    best: str
    here: bool


def choices(explanation: Explanation, staff_no: str, language: str) -> list[Choice]:
    """Every term for a person, no place last."""
    person, words = explanation.people[staff_no], Sentences(explanation.problem, language)
    here = explanation.solution.assignment[staff_no]
    found = []
    for option in explanation.options(staff_no):
        broken = [words.obstacle(o) for o in explanation.obstacles(person, option.term) if o.kind != "dear"]
        extra = explanation.alone(person, option.term)
        found.append(Choice(int(option.term), extra, broken, words.option(option, here), option.term == here))
    stays = [words.obstacle(Obstacle("stays", person.pin))] if person.pin in explanation.begun and here is not None else []
    return [*found, Choice(None, explanation.alone(person, None), stays, "", here is None)]


def pinned(problem: Problem, staff_no: str, ordinal: int | None) -> Problem:
    """The problem with one person pinned to a term, or no longer."""
    pin = None if ordinal is None else str(ordinal)
    return replace(problem, people=tuple(replace(p, pin=pin) if p.key == staff_no else p for p in problem.people))
