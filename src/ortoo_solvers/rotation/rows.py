"""A linear model with whole-number columns, row by row, and its run in HiGHS."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from time import perf_counter

import highspy
import numpy as np
from numpy.typing import NDArray

from ortoo_solvers.core.progress import Watch
from ortoo_solvers.core.stop import Stop

INFINITE = highspy.kHighsInf
# Costs are whole numbers: a bound of 4.2 is one of 5, one of 4.0005 is 4, because the engine reckons in floats.
SLACK = 1e-3

Floats = NDArray[np.float64]


class _Quiet(highspy.Highs):
    """Without the banner, which would spoil JSON on stdout: 1.16 prints it as soon as callbacks are
    enabled."""

    def enableCallbacks(self) -> None:  # noqa: N802 - the engine's name
        self.setOptionValue("output_flag", False)
        super().enableCallbacks()  # type: ignore[no-untyped-call]


@dataclass(slots=True)
class Outcome:
    """``values`` None: nothing found. ``bound``: no solution is below it (-inf when nothing is known)."""

    values: Floats | None
    value: float
    bound: float
    optimal: bool
    infeasible: bool


@dataclass(slots=True)
class Relaxed:
    """``values`` None: none found. No solution is below ``low``, and one that has a column one step off the bound at which ``reduced`` wants
    it isn't below ``low`` plus that column's ``reduced`` cost."""

    values: Floats | None
    low: float
    reduced: Floats | None
    infeasible: bool


@dataclass(slots=True)
class Rows:
    costs: list[float] = field(default_factory=list)
    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    row_lower: list[float] = field(default_factory=list)
    row_upper: list[float] = field(default_factory=list)
    starts: list[int] = field(default_factory=lambda: [0])
    columns: list[int] = field(default_factory=list)
    factors: list[float] = field(default_factory=list)

    def column(self, cost: float, upper: float, *, whole: bool = True, lower: float = 0.0) -> int:
        """A new column from ``lower`` to ``upper``; returns its place."""
        self.costs.append(cost)
        self.lower.append(lower)
        self.upper.append(upper)
        self.whole.append(whole)
        return len(self.costs) - 1

    def row(self, low: float, high: float, columns: Iterable[int], factors: Iterable[float] | float = 1.0) -> int:
        """low ≤ Σ factor · column ≤ high; returns its place."""
        before = len(self.columns)
        self.columns.extend(columns)
        if isinstance(factors, float):
            self.factors.extend([factors] * (len(self.columns) - before))
        else:
            self.factors.extend(factors)
        self.starts.append(len(self.columns))
        self.row_lower.append(low)
        self.row_upper.append(high)
        return len(self.row_lower) - 1

    def minimise(
        self,
        stop: Stop | None = None,
        watch: Watch | None = None,
        seed: int = 0,
        start: Floats | None = None,
        began: float | None = None,
    ) -> Outcome:
        """Costs of whole-number columns being whole numbers, the optimum is proved once the gap is below
        one."""
        talk = _Talk(stop, watch, perf_counter() if began is None else began)
        outcome = self._run(talk, seed, start)
        if start is not None and outcome.optimal and not self._is_worth(outcome):
            outcome = self._run(talk, seed, None)
        return talk.sift(outcome)

    def relax(self, stop: Stop | None = None) -> Relaxed:
        """The optimum where columns need not be whole; ``low`` and ``reduced`` are reckoned here from the duals."""
        if not self.costs:
            broken = any(low > 0 for low in self.row_lower) or any(high < 0 for high in self.row_upper)
            return Relaxed(None if broken else np.zeros(0), 0.0, np.zeros(0), infeasible=broken)
        talk = _Talk(stop, None, perf_counter())
        engine = _Quiet()  # type: ignore[no-untyped-call]
        model = self._model()
        model.integrality_ = []
        engine.passModel(model)
        talk.listen(engine)
        engine.run()
        if talk.error is not None:
            raise talk.error
        status = engine.getModelStatus()
        if status != highspy.HighsModelStatus.kOptimal:
            return Relaxed(None, -math.inf, None, infeasible=status == highspy.HighsModelStatus.kInfeasible)
        solution = engine.getSolution()
        low, reduced = self._bound(np.array(solution.row_dual))
        return Relaxed(np.array(solution.col_value), low, reduced, infeasible=False)

    def _bound(self, prices: Floats) -> tuple[float, Floats]:
        """No solution is below that, whatever price each row has, so the engine's rounding can't spoil it; and what
        each column still costs with these prices paid."""
        lows, highs = np.array(self.row_lower), np.array(self.row_upper)
        prices = np.where(np.isfinite(lows), prices, np.minimum(prices, 0))
        prices = np.where(np.isfinite(highs), prices, np.maximum(prices, 0))
        paid = np.repeat(prices, np.diff(self.starts)) * np.array(self.factors)
        reduced: Floats = np.array(self.costs, dtype=float) - np.bincount(
            np.array(self.columns, dtype=np.int64), weights=paid, minlength=len(self.costs)
        )
        of_rows = prices * np.where(prices > 0, np.where(np.isfinite(lows), lows, 0), np.where(np.isfinite(highs), highs, 0))
        of_columns = reduced * np.where(reduced > 0, self.lower, self.upper)
        terms = np.concatenate([of_rows, of_columns])
        return math.fsum(terms) - 1e-12 * float(np.abs(terms).sum()), reduced

    def few(self, reduced: Floats, most: float) -> "Rows":
        """The same without the columns of which one more costs more than ``most`` beyond the bound."""
        lower, upper = np.array(self.lower), np.array(self.upper)
        held_low, held_high = reduced > most + SLACK, reduced < -most - SLACK
        upper[held_low], lower[held_high] = lower[held_low], upper[held_high]
        return replace(self, lower=lower.tolist(), upper=upper.tolist())

    def _run(self, talk: "_Talk", seed: int, start: Floats | None) -> Outcome:
        engine = _Quiet()  # type: ignore[no-untyped-call]
        engine.setOptionValue("mip_rel_gap", 0.0)
        engine.setOptionValue("mip_abs_gap", 0.99)
        engine.setOptionValue("random_seed", abs(seed) % 2**31)
        engine.passModel(self._model())
        if start is not None:
            solution = highspy.HighsSolution()
            solution.col_value = start
            engine.setSolution(solution)
        talk.listen(engine)
        engine.run()
        if talk.error is not None:
            raise talk.error
        return self._outcome(engine)

    def _is_worth(self, outcome: Outcome) -> bool:
        """Where presolve alone finds the optimum, HiGHS 1.16 gives its value, but the columns of the start."""
        if outcome.values is None:
            return False
        value = float(np.dot(outcome.values, self.costs))
        return abs(value - outcome.value) <= 1e-6 * max(1.0, abs(value))

    def _model(self) -> highspy.HighsLp:
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(self.costs), len(self.row_lower)
        model.col_cost_ = np.array(self.costs, dtype=float)
        model.col_lower_, model.col_upper_ = (
            np.array(self.lower, dtype=float),
            np.array(self.upper, dtype=float),
        )
        model.row_lower_ = np.array(self.row_lower, dtype=float)
        model.row_upper_ = np.array(self.row_upper, dtype=float)
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.array(self.starts, dtype=np.int32)
        model.a_matrix_.index_ = np.array(self.columns, dtype=np.int32)
        model.a_matrix_.value_ = np.array(self.factors, dtype=float)
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        model.integrality_ = [kinds[whole] for whole in self.whole]
        return model

    def _outcome(self, engine: highspy.Highs) -> Outcome:
        status, info = engine.getModelStatus(), engine.getInfo()
        optimal = status in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kModelEmpty)
        infeasible = status == highspy.HighsModelStatus.kInfeasible
        found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible or optimal
        value = info.objective_function_value if found else math.inf
        values = np.array(engine.getSolution().col_value) if found else None
        mixed = any(self.whole)
        bound = info.mip_dual_bound if mixed and math.isfinite(info.mip_dual_bound) else -math.inf
        return Outcome(values, value, value if optimal and not mixed else bound, optimal, infeasible)


@dataclass(slots=True)
class _Talk:
    """Passes on between HiGHS and stop and watch; an exception of theirs ends the run and is raised after
    it."""

    stop: Stop | None
    watch: Watch | None
    began: float
    best: float | None = None
    bound: float | None = None
    interrupted: bool = False
    error: BaseException | None = None

    def listen(self, engine: highspy.Highs) -> None:
        if self.stop is None and self.watch is None:
            return
        for source in (engine.cbMipInterrupt, engine.cbSimplexInterrupt, engine.cbIpmInterrupt):
            source.subscribe(self._guard(self._heed))
        for source in (engine.cbMipImprovingSolution, engine.cbMipLogging):
            source.subscribe(self._guard(self._tell))

    def _guard(self, heed: Callable[[highspy.HighsCallbackEvent], bool]) -> Callable[[highspy.HighsCallbackEvent], None]:
        def guarded(event: highspy.HighsCallbackEvent) -> None:
            try:
                if self.interrupted or heed(event):
                    self.interrupted = True
                    event.interrupt()
            except BaseException as error:  # must not travel through the engine's own frames
                self.error, self.interrupted = error, True
                event.interrupt()

        return guarded

    def _heed(self, event: highspy.HighsCallbackEvent) -> bool:
        return self.stop is not None and self.stop(self.best)

    def _tell(self, event: highspy.HighsCallbackEvent) -> bool:
        out = event.data_out
        if math.isfinite(out.mip_primal_bound) and abs(out.mip_primal_bound) < INFINITE:
            self.best = out.mip_primal_bound
        if math.isfinite(out.mip_dual_bound):
            self.bound = out.mip_dual_bound
        if self.watch is not None:
            self.watch(perf_counter() - self.began, self.best, self.bound)
        return False

    def sift(self, outcome: Outcome) -> Outcome:
        """After an interruption only the bounds told before it count, and the plan, which the judge checks."""
        if not self.interrupted:
            return outcome
        bound = -math.inf if self.bound is None else self.bound
        return Outcome(outcome.values, outcome.value, bound, optimal=False, infeasible=False)
