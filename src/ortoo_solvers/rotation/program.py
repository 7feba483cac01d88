"""Rules that cut across the tree: the program of pools and kinds, most of whose columns its relaxation rules out.

The relaxation, where people may be split, gives a bound and says of each column what one more person on it costs beyond the bound.
If a plan of the bound rounded up exists, it uses only columns that cost no more than the rounding; HiGHS looks for it among these few.
A plan that is dearer than that rules out, in the same way, all columns but those whose extra cost is below what it is dearer.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter

from ortoo_solvers.rotation import mip
from ortoo_solvers.rotation.pools import Compact, seat
from ortoo_solvers.rotation.rows import SLACK, Floats, Outcome, Relaxed, Rows
from ortoo_solvers.rotation.score import Score
from ortoo_solvers.rotation.search import RulesCollide, Search, least

Value = Callable[[Score], int]


@dataclass(slots=True)
class _Aim:
    """What one run makes as small as can be. ``best``: the smallest that the judge has confirmed; ``bound``: nothing is below."""

    value: Value
    by_cost: bool
    best: Score | None = None
    bound: float = -math.inf

    def proved(self) -> bool:
        return self.best is not None and self.value(self.best) <= self.bound

    def gap(self, relaxed: Relaxed) -> float:
        """What the best costs beyond the relaxation; all that can be improved lies below."""
        return math.inf if self.best is None else self.value(self.best) - relaxed.low


def by_program(search: Search, compact: Compact, seed: int) -> None:
    """Plans and bounds into the search. Raises RulesCollide."""
    run = _Run(search, compact, mip.build(compact), seed)
    if search.problem.fewest_changes:
        run.fewest_changes()
    else:
        run.least(_Aim(lambda judged: judged.soft, by_cost=True))
    if search.done():
        search.engine = "mip"  # whoever found the plan, it is the program that proved it


class _Run:
    def __init__(self, search: Search, compact: Compact, model: mip.Model, seed: int) -> None:
        self.search, self.compact, self.model, self.seed = search, compact, model, seed

    def fewest_changes(self) -> None:
        """One run in which a change weighs more than a place; whatever it leaves unproved, first by changes and then by cost."""
        rows, prices = self.model.rows, list(self.model.rows.costs)
        counted = mip.change_columns(self.model, self.compact)
        weight = _weight(self.compact)
        rows.costs = [price + weight * counted.get(column, 0.0) for column, price in enumerate(prices)]
        both = _Aim(lambda judged: weight * judged.changes + judged.soft, by_cost=False)
        self.least(both)
        if both.proved() and self._settled(both):
            return
        rows.costs = [counted.get(column, 0.0) for column in range(len(prices))]
        changes = _Aim(lambda judged: judged.changes, by_cost=False)
        self.least(changes)
        rows.costs = prices
        if not changes.proved():
            return
        self._raise_changes(int(changes.bound))
        if both.proved() and self._settled(both):
            return
        rows.row(0, self.search.changes_bound, counted.keys(), counted.values())
        self.least(_Aim(lambda judged: judged.soft, by_cost=True))

    def _settled(self, both: _Aim) -> bool:
        """Of the plans with so many changes the proved one is the cheapest; whether there are none with fewer."""
        best = both.best
        if best is None or best.changes > self.search.changes_bound:
            return False
        self.search.bound = best.soft
        return self.search.done()

    def _raise_changes(self, changes: int) -> None:
        if changes > self.search.changes_bound:  # The flow's bound of the cost was for fewer changes.
            self.search.changes_bound, self.search.bound = changes, least(self.compact)[1]

    def least(self, aim: _Aim) -> None:
        """The relaxation, then the few columns of its bound, then all that can lead below the best plan known."""
        relaxed = self.model.rows.relax(self.search.stop)
        if relaxed.infeasible:
            raise RulesCollide(self.search.problem)
        if relaxed.values is None or relaxed.reduced is None:
            return
        aim.best = self._known(aim)
        self._raise(aim, math.ceil(relaxed.low - SLACK))
        if _are_whole(relaxed.values):
            self._offer(aim, relaxed.values)
        if aim.proved() or self.search.stop(self.search.cost()):
            return
        least_gap = aim.bound - relaxed.low
        outcome = self._among(aim, self.model.rows.few(relaxed.reduced, least_gap), None, math.inf)
        if not aim.proved() and (outcome.infeasible or outcome.optimal):
            self._raise(aim, aim.bound + 1)  # All that cost no more would have been among the few.
        if aim.proved() or self.search.stop(self.search.cost()):
            return
        self._rest(aim, self.model.rows.few(relaxed.reduced, aim.gap(relaxed)))

    def _rest(self, aim: _Aim, rows: Rows) -> None:
        start = None if self.search.best is None else mip.values_of(self.model, self.compact, self.search.best)
        beyond = math.inf if aim.best is None else aim.value(aim.best)
        outcome = self._among(aim, rows, start, beyond)
        if outcome.infeasible and aim.best is None:
            raise RulesCollide(self.search.problem)
        found = math.inf if outcome.infeasible else round(outcome.value) if outcome.optimal else _whole_bound(outcome.bound)
        self._raise(aim, min(beyond, found))

    def _among(self, aim: _Aim, rows: Rows, start: Floats | None, beyond: float) -> Outcome:
        """``beyond``: all plans that these columns leave out cost at least that; inf where nothing is known of them."""

        def watch(seconds: float, cost: float | None, bound: float | None) -> None:
            known = None if bound is None or not math.isfinite(beyond) else min(beyond, bound)
            self.search.tell(seconds, cost, known)

        outcome = rows.minimise(self.search.stop, watch if aim.by_cost else None, self.seed, start, self.search.began)
        kept = outcome.values is None or self._offer(aim, outcome.values)
        if outcome.optimal and not kept:
            raise RuntimeError("the plan found does not keep the rules")
        return outcome

    def _known(self, aim: _Aim) -> Score | None:
        known = self.search.judged
        rule = self.search.problem.fewest_changes and aim.by_cost
        return None if known is None or (rule and known.changes > self.search.changes_bound) else known

    def _offer(self, aim: _Aim, values: Floats) -> bool:
        judged = self.search.offer(seat(self.compact, mip.draft_of(self.model, values)), "mip")
        if judged is not None and (aim.best is None or aim.value(judged) < aim.value(aim.best)):
            aim.best = judged
        return judged is not None

    def _raise(self, aim: _Aim, bound: float) -> None:
        aim.bound = max(aim.bound, bound)
        if aim.by_cost and math.isfinite(aim.bound):
            self.search.bound = max(self.search.bound, round(aim.bound))
            self.search.tell(perf_counter() - self.search.began, self.search.cost(), None)


def _weight(compact: Compact) -> int:
    """Of a change: several places' price, so that it is rarely worth making one; a larger one would cost the engine's floats their
    accuracy."""
    return 1 + 4 * max((max(kind.base.cost, kind.out.cost) for kind in compact.kinds), default=0)


def _are_whole(values: Floats) -> bool:
    return bool((abs(values - values.round()) < SLACK).all())


def _whole_bound(bound: float) -> float:
    """Costs are whole numbers: a bound of 4.2 is one of 5. A little slack for the engine's floats."""
    return math.ceil(bound - 1e-6 * max(1.0, abs(bound))) if math.isfinite(bound) else bound
