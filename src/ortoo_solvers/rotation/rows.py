"""A linear model with whole-number columns, row by row, and its run in HiGHS."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from time import perf_counter

import highspy
import numpy as np
from numpy.typing import NDArray

from ortoo_solvers.core.progress import Watch
from ortoo_solvers.core.stop import Stop

INFINITE = highspy.kHighsInf


class _Quiet(highspy.Highs):
    """Without the banner, which would spoil JSON on stdout: 1.16 prints it as soon as callbacks are
    enabled."""

    def enableCallbacks(self) -> None:  # noqa: N802 - the engine's name
        self.setOptionValue("output_flag", False)
        super().enableCallbacks()  # type: ignore[no-untyped-call]


@dataclass(slots=True)
class Outcome:
    """``values`` None: nothing found. ``bound``: no solution is below it (-inf when nothing is known)."""

    values: NDArray[np.float64] | None
    value: float
    bound: float
    optimal: bool
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
    fixed_cost: float = 0.0

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
        start: NDArray[np.float64] | None = None,
        began: float | None = None,
    ) -> Outcome:
        """Costs of whole-number columns being whole numbers, the optimum is proved once the gap is below
        one."""
        talk = _Talk(stop, watch, self.fixed_cost, perf_counter() if began is None else began)
        outcome = self._run(talk, seed, start)
        if start is not None and outcome.optimal and not self._is_worth(outcome):
            outcome = self._run(talk, seed, None)
        return talk.sift(outcome)

    def _run(self, talk: "_Talk", seed: int, start: NDArray[np.float64] | None) -> Outcome:
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
        value = float(np.dot(outcome.values, self.costs)) + self.fixed_cost
        return abs(value - outcome.value) <= 1e-6 * max(1.0, abs(value))

    def _model(self) -> highspy.HighsLp:
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(self.costs), len(self.row_lower)
        model.col_cost_, model.offset_ = np.array(self.costs, dtype=float), self.fixed_cost
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
    fixed_cost: float
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
