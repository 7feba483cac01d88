"""Nominations, legs and rules as a rotation problem, and its solution back."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from ortoo.participation.models import Nomination
from ortoo.participation.quotas.queries import TermLimit
from ortoo.programmes.models import Leg
from ortoo_solvers.core.progress import Watch
from ortoo_solvers.core.stop import Stop
from ortoo_solvers.rotation import (
    ClassLimit,
    Cover,
    Nominee,
    NothingFound,
    Problem,
    RulesCollide,
    Solution,
    problem_from_rules,
    score,
    solve,
)  # fmt: skip
from ortoo_solvers.rotation.explain import Explanation
from ortoo_solvers.rotation.sentences import Sentences

LANGUAGES = ("zh", "en")


@dataclass(frozen=True)
class Outcome:
    """What planning gave. `places`: staff number → a leg's ordinal, None when left out. `collision` when rules collide."""

    places: dict[str, int | None] = field(default_factory=dict)
    cost: int | None = None
    bound: int | None = None
    optimal: bool = False
    engine: str = ""
    seconds: float = 0.0
    changes: int = 0
    costs: dict[str, int] = field(default_factory=dict)
    collision: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Told:
    """What people were told before. `places`, `pins`: staff number → a leg's ordinal; `near` as in `Asked`."""

    places: Mapping[str, int | None] = field(default_factory=dict)
    pins: Mapping[str, int] = field(default_factory=dict)
    near: str = ""


NOTHING_TOLD = Told()


class JudgeDisagrees(Exception):
    """The independent judge counts another cost, or a broken rule, in what the search returned."""


def problem_of(
    nominations: Sequence[Nomination],
    legs: Sequence[Leg],
    hard: dict[str, Any],
    cost: dict[str, Any],
    told: Told = NOTHING_TOLD,
    quotas: Sequence[TermLimit] = (),
) -> Problem:
    """The rotation problem; persons with their unit, county and prefecture must be loaded. `quotas`: limits of units on terms."""
    terms = [{"name": leg.name, "starts": leg.starts, "ends": leg.ends} for leg in legs]
    names: dict[str, str] = {}
    people = [_nominee(nomination, names, told) for nomination in nominations]
    known = {name: value for name, value in hard.items() if name != "quotas"}
    rules = {"term": terms, "hard": known, "cost": cost | {"focus": _focus(cost, len(legs))}}
    problem = problem_from_rules(rules, people, names, fewest_changes=told.near == "fewest", keep_published=told.near == "cost")
    limits = [
        _beds(leg, sex, most)
        for leg in legs
        for sex, most in (("woman", leg.women_beds), ("man", leg.men_beds))
        if most is not None
    ]
    with_capacity = tuple(replace(term, capacity=leg.capacity) for term, leg in zip(problem.terms, legs, strict=True))
    problem = replace(problem, terms=with_capacity, class_limits=(*problem.class_limits, *limits))
    return _within_quotas(problem, quotas)


def _within_quotas(problem: Problem, quotas: Sequence[TermLimit]) -> Problem:
    """A quota of a unit that sends somebody limits it on its term; one above prefectures limits the term itself."""
    units, keys = {unit.key for unit in problem.units}, {term.key for term in problem.terms}
    covers = list(problem.covers)
    most: dict[str, int] = {}
    for limit in quotas:
        unit, term = f"{limit.kind}:{limit.code}", str(limit.ordinal)
        if unit in units and term in keys:
            covers.append(Cover(unit, limit.at_most, (term,)))
        elif limit.kind not in ("station", "county", "prefecture"):
            most[term] = min(limit.at_most, most.get(term, limit.at_most))
    terms = tuple(
        replace(term, capacity=min(most[term.key], most[term.key] if term.capacity is None else term.capacity))
        if term.key in most
        else term
        for term in problem.terms
    )
    return replace(problem, covers=tuple(covers), terms=terms)


def plan(problem: Problem, *, seed: int, stop: Stop, watch: Watch) -> Outcome:
    """Solve and judge. An Outcome with a collision when no plan keeps the rules, without places when stopped too early."""
    try:
        solution = solve(problem, stop, seed, watch=watch)
    except RulesCollide as refused:
        return Outcome(collision=_collision(problem, refused))
    except NothingFound as stopped:
        return Outcome(bound=int(stopped.bound))
    judged = score(problem, solution)
    if judged.hard or judged.soft != solution.cost:
        raise JudgeDisagrees(f"search says {solution.cost}, judge says {judged.soft} with {judged.hard} broken")
    costs: Counter[str] = Counter()
    for reason in judged.reasons:
        costs[reason.kind] += reason.cost
    return _outcome(solution, dict(costs))


def left_out_sentences(problem: Problem, outcome: Outcome) -> dict[str, dict[str, str]]:
    """Why each person who is left out has no place: staff number → language → sentence."""
    if not outcome.places:
        return {}
    # What is proved given the exemptions (no bound) is not proved of the rules as they are, by which it is explained.
    proved = outcome.optimal and outcome.bound is not None
    explanation = Explanation(problem, solution_of(outcome.places, outcome.cost or 0, proved))
    told = {language: Sentences(problem, language) for language in LANGUAGES}
    return {why.person: {language: words.left_out(why) for language, words in told.items()} for why in explanation.left_out()}


def solution_of(places: Mapping[str, int | None], cost: int, optimal: bool) -> Solution:
    """A stored plan as the solver's."""
    assignment = {key: None if ordinal is None else str(ordinal) for key, ordinal in places.items()}
    out = tuple(key for key, term in assignment.items() if term is None)
    return Solution(assignment=assignment, cost=cost, bound=cost, optimal=optimal, engine="", seconds=0.0, left_out=out)


def _nominee(nomination: Nomination, names: dict[str, str], told: Told) -> Nominee:
    person = nomination.person
    at = {"station": "", "county": "", "prefecture": ""}
    unit = person.unit
    for step in (unit, unit.parent, unit.parent.parent if unit.parent else None):
        if step is not None:
            at[step.kind] = step.code
            names[step.code] = step.name
    blocked = tuple((date.fromisoformat(first), date.fromisoformat(last)) for first, last in nomination.blocked)
    return Nominee(
        person.staff_no, person.name, person.sex, at["station"] or None, at["county"] or None, at["prefecture"] or None,
        person.post, blocked, nomination.wish, told.pins.get(person.staff_no), told.places.get(person.staff_no),
        tuple(nomination.needs),
    )  # fmt: skip


def _focus(cost: dict[str, Any], legs: int) -> dict[str, list[int]]:
    """A term that was taken out of the programme since no longer counts."""
    kept = {module: [n for n in numbers if n <= legs] for module, numbers in cost.get("focus", {}).items()}
    return {module: numbers for module, numbers in kept.items() if numbers}


def _beds(leg: Leg, sex: str, most: int) -> ClassLimit:
    family = "women_beds" if sex == "woman" else "men_beds"
    return ClassLimit(class_=sex, terms=(str(leg.ordinal),), at_most=most, family=family)


def _outcome(solution: Solution, costs: dict[str, int]) -> Outcome:
    places = {key: int(term) if term is not None else None for key, term in solution.assignment.items()}
    return Outcome(
        places, int(solution.cost), int(solution.bound), solution.optimal, solution.engine, solution.seconds, solution.changes, costs,
    )  # fmt: skip


def _collision(problem: Problem, refused: RulesCollide) -> dict[str, str]:
    return {language: Sentences(problem, language).collision(refused.collision) for language in LANGUAGES}
