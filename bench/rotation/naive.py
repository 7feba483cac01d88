"""The whole model as one would first write it down, for HiGHS: a 0-1 column for each person and term.

Shares nothing with the solver but the problem; the peer in the benchmark and a second opinion in the tests.
"""

from collections import defaultdict
from dataclasses import dataclass
from time import process_time

import highspy
import numpy as np

from ortoo_solvers.rotation import Problem

INFINITE = highspy.kHighsInf


class _Silent(highspy.Highs):
    def enableCallbacks(self) -> None:  # noqa: N802 - the engine's name
        self.setOptionValue("output_flag", False)
        super().enableCallbacks()


@dataclass(frozen=True, slots=True)
class Answer:
    """``cost`` None where there is no plan or none was found in time."""

    cost: int | None
    proved: bool
    seconds: float


class _Model:
    def __init__(self) -> None:
        self.costs: list[float] = []
        self.uppers: list[float] = []
        self.rows: list[tuple[float, float, list[int], list[float]]] = []

    def column(self, cost: float, upper: float) -> int:
        self.costs.append(cost)
        self.uppers.append(upper)
        return len(self.costs) - 1

    def row(self, low: float, high: float, columns: list[int], factors: list[float] | None = None) -> None:
        self.rows.append((low, high, columns, factors or [1.0] * len(columns)))


def whole_model(problem: Problem, seconds: float = INFINITE) -> Answer:
    """All rules but travelling together and fewest_changes. CPU seconds from the problem to the answer."""
    began = process_time()
    model, whole = _Model(), 0
    placed: dict[tuple[str, str], int] = {}
    parents = {unit.key: unit.parent for unit in problem.units}
    members: dict[tuple[str | None, str | None], list[str]] = defaultdict(list)
    for person in problem.people:
        missed = person.preference_price if person.prefers is not None else 0
        change = person.change_price if person.published is not None else 0
        for term in problem.terms:
            free = term.key not in person.blocked and person.pin in (term.key, *(() if term.begun else (None,)))
            cost = missed * (person.prefers != term.key) + change * (person.published != term.key)
            cost += dict(person.dearer).get(term.key, 0)
            placed[person.key, term.key] = model.column(cost, float(free))
        left_out = problem.left_out if person.left_out is None else person.left_out
        out = model.column(left_out + change, float(person.pin is None))
        model.row(1, 1, [out, *(placed[person.key, term.key] for term in problem.terms)])
        unit = person.unit
        while True:
            for class_ in (None, *sorted(person.classes)):
                members[unit, class_].append(person.key)
            if unit is None:
                break
            unit = parents[unit]
    whole = len(model.costs)
    _add_rules(problem, model, members, placed)
    return _run(model, whole, seconds, began)


def _add_rules(
    problem: Problem,
    model: _Model,
    members: dict[tuple[str | None, str | None], list[str]],
    placed: dict[tuple[str, str], int],
) -> None:
    keys = tuple(term.key for term in problem.terms)
    to_come = [term.key for term in problem.terms if not term.begun]

    def on(unit: str | None, class_: str | None, term: str) -> list[int]:
        return [placed[key, term] for key in members[unit, class_]]

    for term in (term for term in problem.terms if not term.begun):
        high = INFINITE if term.capacity is None else term.capacity
        model.row(term.minimum, high, on(None, None, term.key))
    for cover in problem.covers:
        for term_key in to_come if cover.terms is None else [key for key in to_come if key in cover.terms]:
            model.row(0, cover.at_most, on(cover.unit, None, term_key))
    for limit in problem.class_limits:
        for term_key in to_come if limit.terms is None else [key for key in to_come if key in limit.terms]:
            high = INFINITE if limit.at_most is None else limit.at_most
            model.row(limit.at_least, high, on(limit.unit, limit.class_, term_key))
    for share in problem.shares:
        size = len(members[share.unit, share.class_])
        low = size // len(keys) if share.low is None and keys else share.low or 0
        high = -(-size // len(keys)) if share.high is None and keys else share.high or 0
        for term_key in keys:
            under, over = model.column(share.price, INFINITE), model.column(share.price, INFINITE)
            columns = on(share.unit, share.class_, term_key)
            model.row(low, INFINITE, [*columns, under])
            model.row(-INFINITE, high, [*columns, over], [*[1.0] * len(columns), -1.0])


def _run(model: _Model, whole: int, seconds: float, began: float) -> Answer:
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(model.costs), len(model.rows)
    lp.col_cost_, lp.col_lower_ = np.array(model.costs, dtype=float), np.zeros(len(model.costs))
    lp.col_upper_ = np.array(model.uppers, dtype=float)
    lp.row_lower_ = np.array([row[0] for row in model.rows], dtype=float)
    lp.row_upper_ = np.array([row[1] for row in model.rows], dtype=float)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.cumsum([0, *(len(row[2]) for row in model.rows)], dtype=np.int32)
    lp.a_matrix_.index_ = np.array([column for row in model.rows for column in row[2]], dtype=np.int32)
    lp.a_matrix_.value_ = np.array([factor for row in model.rows for factor in row[3]], dtype=float)
    kinds = highspy.HighsVarType
    lp.integrality_ = [kinds.kInteger] * whole + [kinds.kContinuous] * (len(model.costs) - whole)
    engine = _Silent()
    engine.setOptionValue("mip_rel_gap", 0.0)
    engine.setOptionValue("mip_abs_gap", 0.99)
    engine.setOptionValue("time_limit", float(seconds))
    engine.passModel(lp)
    engine.run()
    status = engine.getModelStatus()
    proved = status in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kInfeasible)
    value = engine.getInfo().objective_function_value
    found = abs(value) < INFINITE and status != highspy.HighsModelStatus.kInfeasible
    return Answer(round(value) if found else None, proved, process_time() - began)
