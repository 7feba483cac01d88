"""Moves by hand, weighed by the independent judge: what they cost, and what they break."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ortoo.planning.adapters.rotation import LANGUAGES
from ortoo_solvers.rotation import Problem
from ortoo_solvers.rotation.compare import compare
from ortoo_solvers.rotation.explain import Explanation, Obstacle
from ortoo_solvers.rotation.sentences import Sentences

Seats = Mapping[str, int | None]


@dataclass(frozen=True)
class Weighed:
    """A plan after moves. `broken`: language → a sentence for each rule newly broken; `costs` by kind."""

    before: int
    after: int
    costs: dict[str, int] = field(default_factory=dict)
    broken: dict[str, list[str]] = field(default_factory=dict)

    @property
    def extra(self) -> int:
        """What the plan then costs more."""
        return self.after - self.before


def weigh(explanation: Explanation, moves: Seats) -> Weighed:
    """What it means to put these people there, everybody else staying; staff number → ordinal."""
    problem, before = explanation.problem, explanation.solution.assignment
    found = compare(problem, before, {**before, **{key: None if to is None else str(to) for key, to in moves.items()}})
    broken = {language: [Sentences(problem, language).broken(reason) for reason in found.broken] for language in LANGUAGES}
    return Weighed(found.before, found.after, {kind: after for kind, (_, after) in found.costs.items() if after}, broken)


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
