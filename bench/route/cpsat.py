"""The route as one would first write it for CP-SAT: a circuit through the stops, a day for each, the way as the cost."""

from dataclasses import dataclass

from ortools.sat.python import cp_model

from ortoo_solvers.route import Problem
from ortoo_solvers.route.options import Choices


@dataclass(frozen=True)
class Answer:
    """``proved``: both the way and, for that way, the last day are the best."""

    length: int | None
    last_day: int | None
    proved: bool


def whole_model(problem: Problem, limit: float) -> Answer:
    """One worker; stops of one place each."""
    model = cp_model.CpModel()
    size, options = len(problem.stops), Choices(problem).options
    days = [
        model.new_int_var_from_domain(cp_model.Domain.from_values([o.day for o in options if o.stop == s]), "")
        for s in range(size)
    ]
    place = [problem.places.index(stop.halls[0].place) for stop in problem.stops]
    arcs, terms = [], []
    for here in range(size):
        for there in range(size):
            if here == there:
                continue
            way = problem.lengths[place[here]][place[there]]
            used = model.new_bool_var("")
            arcs.append((here + 1, there + 1, used))
            terms.append(way * used)
            model.add(days[there] - days[here] >= problem.days_between(way)).only_enforce_if(used)
    for number, stop in enumerate(problem.stops):
        opens, closes = model.new_bool_var(""), model.new_bool_var("")
        arcs += [(0, number + 1, opens), (number + 1, 0, closes)]
        if problem.first is not None:
            model.add(opens == (stop.key == problem.first))
        if problem.last is not None:
            model.add(closes == (stop.key == problem.last))
    model.add_circuit(arcs)
    last = model.new_int_var(problem.starts, problem.ends, "")
    model.add_max_equality(last, days)
    span = problem.ends - problem.starts + 1
    model.minimize(span * sum(terms) + last - problem.starts)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = limit
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Answer(None, None, status == cp_model.INFEASIBLE)
    length, late = divmod(round(solver.objective_value), span)
    return Answer(length, problem.starts + late, status == cp_model.OPTIMAL)
