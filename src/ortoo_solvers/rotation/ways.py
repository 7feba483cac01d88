"""What it takes to have a person on another term, or to place one who is left out: exactly, or at least.

Where the plan is a best flow of the rules that nest, a way through its residual network costs what the best plan
with the person there costs more, as far as these rules go. It is exact if the plan after the moves keeps the
crossing rules too, at no further price; otherwise it is a bound. Where the plan costs more than that best flow
(crossing rules made it dearer, or it was changed by hand), the bound comes from the best flow's own network.
"""

from dataclasses import dataclass, replace
from functools import cached_property

from ortoo_solvers.rotation.collision import HardRule, loosen
from ortoo_solvers.rotation.crossing import Crossing
from ortoo_solvers.rotation.flow import Network, OutOfRange, Unmeetable, nest_groups
from ortoo_solvers.rotation.loosening import Loosening
from ortoo_solvers.rotation.pools import change_weight, pool_people, seat
from ortoo_solvers.rotation.problem import Problem, Solution
from ortoo_solvers.rotation.residual import Move, Residual
from ortoo_solvers.rotation.search import RulesCollide
from ortoo_solvers.rotation.shortage import Mend, Short, Shortage
from ortoo_solvers.rotation.solve import solve


@dataclass(frozen=True, slots=True)
class There:
    """A person on another term: cost and changes of published places more than in the plan, at least or exactly."""

    extra: int
    changes: int
    exact: bool
    moves: tuple[Move, ...] = ()


class Ways:
    """Of one plan; the residual network is built once."""

    def __init__(self, problem: Problem, solution: Solution) -> None:
        self.problem, self.solution = problem, solution
        self.compact = pool_people(problem)
        self.nest = nest_groups(self.compact)
        self.weight = change_weight(self.compact) if problem.fewest_changes else 0
        self.people = {person.key: person for person in problem.people}
        # Counted here: a plan that was kept as its places and its cost no longer knows the number.
        told = ((person.published, solution.assignment[person.key]) for person in problem.people)
        self.changes = sum(published not in (None, term) for published, term in told)
        self._mends: dict[object, tuple[Mend, frozenset[str]] | None] = {}

    @cached_property
    def own(self) -> Residual:
        """The plan's network."""
        return Residual(self.compact, self.nest, self.solution.assignment, self.weight)

    @cached_property
    def relaxed(self) -> tuple[Residual, int] | None:
        """The network of the best flow of the rules that nest, and its value; None where there is none."""
        try:
            draft, value = Network(self.compact, self.nest, self.weight).solve()
        except (Unmeetable, OutOfRange):
            return None
        return Residual(self.compact, self.nest, seat(self.compact, draft), self.weight), value

    def to(self, person: str, term: str) -> There | None:
        """None where no plan that keeps the rules has the person on the term."""
        if not self.own.best:
            return self._at_least(person, term)
        way = self.own.way(person, term)
        if way is None:
            return None
        found = self.effect(way.value, (Move(person, self.solution.assignment[person], term), *way.moves))
        return replace(found, moves=found.moves[1:])

    def effect(self, value: int, moves: tuple[Move, ...]) -> There:
        """Of a cheapest way through the plan's network that costs ``value``: exactly where the crossing rules hold after the moves at
        no price, else no plan that takes such a way costs less."""
        dearer, least = self._crossing.dearer(moves), value - self._crossing.price
        if dearer is not None and value + dearer == least:
            changes = sum(map(self._changed, moves))
            return There(least - self.weight * changes, changes, True, moves)
        return self._bound(max(least, 0) if self.solution.optimal else least)

    def proved(self, person: str, term: str) -> There | None:
        """The same by planning again with the person pinned there."""
        pinned = tuple(replace(other, pin=term) if other.key == person else other for other in self.problem.people)
        try:
            found = solve(replace(self.problem, people=pinned), start=self.solution.assignment)
        except RulesCollide:
            return None
        before = self.solution.assignment
        moves = (Move(key, before[key], to) for key, to in found.assignment.items() if to != before[key] and key != person)
        extra, changes = found.cost - self.solution.cost, found.changes - self.changes
        return There(extra, changes, found.optimal, tuple(moves))

    def shortage(self, person: str) -> Shortage | None:
        """The limits that keep a left-out person out; None where it is the price, or where only a bound is known."""
        return self._short.shortage(person) if self.own.best else None

    def priced(self, person: str) -> tuple[str, There] | None:
        """A term on which a left-out person could have a place by all limits as they are, nobody losing theirs, and what that costs
        more; None where a limit binds, or where only a bound is known of the plan."""
        way = self._loosening.without(person) if self.own.best else None
        if way is None or self._crossing.dearer(way.moves) is None:
            return None
        found = self.effect(way.value, way.moves)
        return str(way.moves[0].to), replace(found, moves=found.moves[1:])

    def mend(self, person: str) -> Mend | None:
        """The loosening of the fewest steps that lets a left-out person in, the cheapest among them, and what the whole plan then is;
        None if it gains nothing, or only the price keeps the person out. ``cheapest`` where that is proved."""
        found = self._loosening.of(person, self._crossing.price) if self.own.best else None
        if found is None:
            return None
        steps = found.steps
        if steps not in self._mends:
            self._mends[steps] = (self._eased(steps[0]) if len(steps) == 1 else None) or self._loosened(steps)
        if (known := self._mends[steps]) is None:
            return None
        mend, placed = known
        # By no loosening of as few steps does a plan with the person cost less than the best flow with them.
        value = mend.extra + self.weight * mend.changes
        least = found.value - self._crossing.price
        return replace(mend, cheapest=found.fewest and value <= least, others=value < least and person not in placed)

    def _eased(self, step: HardRule) -> tuple[Mend, frozenset[str]] | None:
        """By the residual network, and who is placed; None where that does not settle it."""
        if step.kind == "class_at_least":
            return None
        value, moves = self._short.eased(step)
        dearer = self._crossing.dearer(moves)
        # As long as crossing rules have a price left, a plan with less of it may be cheaper still.
        if value == 0 or dearer is None or dearer + self._crossing.price != 0:
            return None
        changes = sum(map(self._changed, moves))
        extra = value + dearer - self.weight * changes
        entered = frozenset(move.person for move in moves if move.from_ is None)
        placed = len(entered) - sum(move.to is None for move in moves)
        return Mend((step,), extra, placed, len(self.solution.left_out) - placed, changes=changes), entered

    def _loosened(self, steps: tuple[HardRule, ...]) -> tuple[Mend, frozenset[str]] | None:
        """By planning again; None where other rules collide, as in a plan that somebody was allowed to break them in."""
        try:
            mended = solve(loosen(self.problem, steps), start=self.solution.assignment)
        except RulesCollide:
            return None
        extra, placed = mended.cost - self.solution.cost, len(self.solution.left_out) - len(mended.left_out)
        changes = mended.changes - self.changes
        if (changes if self.weight else 0, extra) >= (0, 0):
            return None
        entered = frozenset(self.solution.left_out) - frozenset(mended.left_out)
        return Mend(steps, extra, placed, len(mended.left_out), changes=changes, exact=mended.optimal), entered

    @cached_property
    def _crossing(self) -> Crossing:
        return Crossing(self.own)

    @cached_property
    def _loosening(self) -> Loosening:
        return Loosening(self.own)

    @cached_property
    def _short(self) -> Short:
        return Short(self.own)

    def _at_least(self, person: str, term: str) -> There | None:
        if self.relaxed is None:
            return There(0, 0, False)
        residual, value = self.relaxed
        way = residual.way(person, term)
        if way is None:
            return None
        planned = self.solution.cost + self.weight * self.changes
        least = value + way.value - planned
        return self._bound(max(least, 0) if self.solution.optimal else least)

    def _bound(self, value: int) -> There:
        """First by changes, then by cost, no plan with the person there is better than this."""
        changes, extra = divmod(value, self.weight) if self.weight else (0, value)
        # No plan costs more than weight - 1: what would have to stand for one change more, at a lower cost.
        if self.weight and extra > self.weight - 1 - self.solution.cost:
            changes, extra = changes + 1, extra - self.weight
        return There(extra, changes, False)

    def _changed(self, move: Move) -> int:
        told = self.people[move.person].published
        return int(told not in (None, move.to)) - int(told not in (None, move.from_))
