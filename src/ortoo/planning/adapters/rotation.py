"""Nominations, legs and rules as a rotation problem, and its solution back."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from ortoo.participation.models import Nomination
from ortoo.programmes.models import Leg
from ortoo_solvers.core.progress import Watch
from ortoo_solvers.core.stop import Stop
from ortoo_solvers.rotation import (
    ClassLimit,
    Nominee,
    NothingFound,
    Problem,
    RulesCollide,
    Solution,
    Term,
    problem_from_rules,
    score,
    solve,
)  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """What planning gave. `places`: staff number → a leg's ordinal, None when left out. `collision` when rules collide."""

    places: dict[str, int | None] = field(default_factory=dict)
    cost: int | None = None
    bound: int | None = None
    optimal: bool = False
    engine: str = ""
    seconds: float = 0.0
    costs: dict[str, int] = field(default_factory=dict)
    collision: dict[str, Any] = field(default_factory=dict)


class JudgeDisagrees(Exception):
    """The independent judge counts another cost, or a broken rule, in what the search returned."""


def problem_of(nominations: Sequence[Nomination], legs: Sequence[Leg], hard: dict[str, Any], cost: dict[str, Any]) -> Problem:
    """The rotation problem; persons with their unit, county and prefecture must be loaded."""
    terms = [{"name": leg.name, "starts": leg.starts, "ends": leg.ends} for leg in legs]
    names: dict[str, str] = {}
    people = [_nominee(nomination, names) for nomination in nominations]
    problem = problem_from_rules({"term": terms, "hard": hard, "cost": cost}, people, names)
    limits = [
        _beds(leg, sex, most)
        for leg in legs
        for sex, most in (("woman", leg.women_beds), ("man", leg.men_beds))
        if most is not None
    ]
    with_capacity = tuple(replace(term, capacity=leg.capacity) for term, leg in zip(problem.terms, legs, strict=True))
    return replace(problem, terms=with_capacity, class_limits=(*problem.class_limits, *limits))


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


def why_not(problem: Problem, places: Mapping[str, int | None], staff_no: str) -> list[dict[str, Any]]:
    """For each term what stands in a person's way in this plan: [{term, rules: [{kind, unit, limit, count}]}]."""
    return _Ways(problem, places).why_not(staff_no)


def why_left_out(problem: Problem, places: Mapping[str, int | None]) -> dict[str, list[dict[str, Any]]]:
    """`why_not` for everybody who is left out."""
    ways = _Ways(problem, places)
    return {staff_no: ways.why_not(staff_no) for staff_no, term in places.items() if term is None}


class _Ways:
    """Counts of a plan by unit and class, to say which limits are full."""

    def __init__(self, problem: Problem, places: Mapping[str, int | None]) -> None:
        self.problem = problem
        self.parents = {unit.key: unit.parent for unit in problem.units}
        self.names = {unit.key: unit.name for unit in problem.units}
        self.people = {person.key: person for person in problem.people}
        self.counts: Counter[tuple[str, str | None, str | None]] = Counter()
        for key, ordinal in places.items():
            if ordinal is not None:
                self._count(key, str(ordinal))

    def why_not(self, key: str) -> list[dict[str, Any]]:
        return [{"term": int(term.key), "rules": self._rules(key, term)} for term in self.problem.terms]

    def _count(self, key: str, term: str) -> None:
        person = self.people[key]
        for unit in (None, *self._above(person.unit)):
            for kind in (None, *person.classes):
                self.counts[term, unit, kind] += 1

    def _above(self, unit: str | None) -> list[str]:
        found = []
        while unit is not None:
            found.append(unit)
            unit = self.parents.get(unit)
        return found

    def _rules(self, key: str, term: Term) -> list[dict[str, Any]]:
        person, above = self.people[key], set(self._above(self.people[key].unit))
        rules: list[dict[str, Any]] = []
        if term.key in person.blocked:
            rules.append({"kind": "blocked"})
        if person.pin and person.pin != term.key:
            rules.append({"kind": "pin", "term": int(person.pin)})
        self._full(rules, "capacity", term, None, None, term.capacity)
        for cover in self.problem.covers:
            if cover.unit in above and (cover.terms is None or term.key in cover.terms):
                self._full(rules, "cover", term, cover.unit, None, cover.at_most)
        for limit in self.problem.class_limits:
            here = limit.class_ in person.classes and (limit.unit is None or limit.unit in above)
            if here and (limit.terms is None or term.key in limit.terms):
                self._full(rules, limit.family or "class", term, limit.unit, limit.class_, limit.at_most)
        return rules

    def _full(
        self, rules: list[dict[str, Any]], kind: str, term: Term, unit: str | None, class_: str | None, limit: int | None
    ) -> None:
        count = self.counts[term.key, unit, class_]
        if limit is not None and count >= limit:
            name = self.names.get(unit, "") if unit else ""
            rules.append(
                {"kind": kind, "unit": name, "level": unit.split(":")[0] if unit else "", "limit": limit, "count": count}
            )


def _nominee(nomination: Nomination, names: dict[str, str]) -> Nominee:
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
        person.post, blocked, nomination.wish,
    )  # fmt: skip


def _beds(leg: Leg, sex: str, most: int) -> ClassLimit:
    family = "women_beds" if sex == "woman" else "men_beds"
    return ClassLimit(class_=sex, terms=(str(leg.ordinal),), at_most=most, family=family)


def _outcome(solution: Solution, costs: dict[str, int]) -> Outcome:
    places = {key: int(term) if term is not None else None for key, term in solution.assignment.items()}
    return Outcome(
        places, int(solution.cost), int(solution.bound), solution.optimal, solution.engine, solution.seconds, costs,
    )  # fmt: skip


def _collision(problem: Problem, refused: RulesCollide) -> dict[str, Any]:
    people = {person.key: person.name for person in problem.people}
    units = {unit.key: unit.name for unit in problem.units}

    def told(rules: Sequence[Any]) -> list[dict[str, Any]]:
        return [
            {
                "kind": rule.family or rule.kind, "term": int(rule.term), "person": people.get(rule.person or "", ""),
                "unit": units.get(rule.unit or "", ""), "limit": rule.limit, "count": rule.count, "loosened": rule.loosened,
            }
            for rule in rules
        ]  # fmt: skip

    return {"rules": told(refused.collision.rules), "loosening": told(refused.collision.loosening)}
