"""Two plans side by side: what each costs by rule, who moves, who gains and who loses, and what the second breaks."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from ortoo_solvers.rotation.pools import price_of
from ortoo_solvers.rotation.problem import Problem
from ortoo_solvers.rotation.score import Reason, Score, score

Assignment = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Shift:
    """A person of both plans on different terms (None: left out). ``dearer``: by how much the person's own price (wish,
    published place, having no place) rises; below zero the person gains."""

    person: str
    before: str | None
    after: str | None
    dearer: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """``costs``: by kind of rule (before, after), kinds that cost anything. ``broken``: hard rules that the second plan
    breaks, and the first did not, or less. ``gone``, ``new``: people of only one of the problems."""

    before: int
    after: int
    costs: Mapping[str, tuple[int, int]]
    shifts: tuple[Shift, ...]
    broken: tuple[Reason, ...]
    gone: tuple[str, ...]
    new: tuple[str, ...]

    @property
    def gain(self) -> tuple[Shift, ...]:
        """Who is better off."""
        return tuple(shift for shift in self.shifts if shift.dearer < 0)

    @property
    def lose(self) -> tuple[Shift, ...]:
        """Who is worse off."""
        return tuple(shift for shift in self.shifts if shift.dearer > 0)


def compare(problem: Problem, before: Assignment, after: Assignment, now: Problem | None = None) -> Comparison:
    """``now``: the problem of the second plan, where it is another one (rules, dates, people changed)."""
    then, now = problem, now or problem
    first, second = score(then, before), score(now, after)
    people, known = {p.key: p for p in then.people}, {p.key: p for p in now.people}
    shifts = [
        Shift(key, before[key], after[key], price_of(now, known[key], after[key]).cost - price_of(then, person, before[key]).cost)
        for key, person in people.items()
        if key in known and before[key] != after[key]
    ]
    kinds = _costs(first), _costs(second)
    return Comparison(
        first.soft,
        second.soft,
        {kind: (kinds[0][kind], kinds[1][kind]) for kind in sorted({*kinds[0], *kinds[1]})},
        tuple(shifts),
        tuple(_newly(first, second)),
        tuple(key for key in people if key not in known),
        tuple(key for key in known if key not in people),
    )


def _costs(judged: Score) -> Counter[str]:
    costs: Counter[str] = Counter()
    for reason in judged.reasons:
        if reason.cost:
            costs[reason.kind] += reason.cost
    return costs


def _newly(first: Score, second: Score) -> list[Reason]:
    known = {_rule(reason): reason.amount for reason in first.reasons if reason.hard}
    return [reason for reason in second.reasons if reason.hard and reason.amount > known.get(_rule(reason), 0)]


def _rule(reason: Reason) -> tuple[object, ...]:
    return reason.kind, reason.person, reason.term, reason.unit, reason.class_, reason.limit
