"""Rules that cut across the tree: the compact model of pools and kinds as a mixed-integer program."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ortoo_solvers.rotation.groups import Group
from ortoo_solvers.rotation.pools import Compact, Draft
from ortoo_solvers.rotation.rows import INFINITE, Rows


@dataclass(slots=True)
class Model:
    """``through[pool, term]``, ``direct[kind, term]``, ``out[kind]``, ``pooled[kind]``: places of columns.

    ``on[group][term]``: the columns that add up to the group's people on the term. ``bands``: row of each
    (group, term) that has limits. ``bends``: (group, term, low, high, columns under and over).
    """

    rows: Rows = field(default_factory=Rows)
    through: dict[tuple[int, int], int] = field(default_factory=dict)
    direct: dict[tuple[int, int], int] = field(default_factory=dict)
    out: dict[int, int] = field(default_factory=dict)
    pooled: list[int] = field(default_factory=list)
    on: list[list[list[int]]] = field(default_factory=list)
    bands: dict[tuple[int, int], int] = field(default_factory=dict)
    bends: list[tuple[int, int, int, int, int, int]] = field(default_factory=list)
    uses: dict[tuple[int, int], int] = field(default_factory=dict)
    extra: dict[int, int] = field(default_factory=dict)


def build(compact: Compact) -> Model:
    """Minimises the cost of Compact's prices; changes of published places only through changes_row."""
    model = Model()
    terms = len(compact.problem.terms)
    model.on = [[[] for _ in range(terms)] for _ in compact.groups]
    _add_kinds(model, compact)
    _add_pools(model, compact)
    for place, group in enumerate(compact.groups):
        for term in range(terms):
            _add_band(model, group, place, term)
        if group.gather and group.size > 1:
            _add_gather(model, compact, group, place)
    return model


def _add_kinds(model: Model, compact: Compact) -> None:
    rows = model.rows
    for place, kind in enumerate(compact.kinds):
        pool, size = compact.pools[kind.pool], len(kind.members)
        model.pooled.append(rows.column(kind.base.cost, size, whole=False))
        columns = [model.pooled[place]]
        if pool.may_stay_out:
            model.out[place] = rows.column(kind.out.cost, size)
            columns.append(model.out[place])
        for term, price in kind.direct.items():
            model.direct[place, term] = rows.column(price.cost, size)
            columns.append(model.direct[place, term])
            for group in (0, *pool.groups):
                model.on[group][term].append(columns[-1])
        rows.row(size, size, columns)


def _add_pools(model: Model, compact: Compact) -> None:
    rows = model.rows
    pooled: list[list[int]] = [[] for _ in compact.pools]
    for place, kind in enumerate(compact.kinds):
        pooled[kind.pool].append(model.pooled[place])
    for place, pool in enumerate(compact.pools):
        columns = []
        for term in pool.terms:
            columns.append(rows.column(0, pool.size))
            model.through[place, term] = columns[-1]
            for group in (0, *pool.groups):
                model.on[group][term].append(columns[-1])
        factors = [1.0] * len(columns) + [-1.0] * len(pooled[place])
        rows.row(0, 0, [*columns, *pooled[place]], factors)


def _add_band(model: Model, group: Group, place: int, term: int) -> None:
    rows, on = model.rows, model.on[place][term]
    low, high = group.low[term], group.high[term]
    if low > 0 or high < group.size:
        model.bands[place, term] = rows.row(low, high, on)
    for bend_low, bend_high, price in group.bends:
        under = rows.column(price, max(0, bend_low), whole=False)
        over = rows.column(price, max(0, group.size - bend_high), whole=False)
        ones = [1.0] * len(on)
        rows.row(bend_low, INFINITE, [*on, under], [*ones, 1.0])
        rows.row(-INFINITE, bend_high, [*on, over], [*ones, -1.0])
        model.bends.append((place, term, bend_low, bend_high, under, over))


def _add_gather(model: Model, compact: Compact, group: Group, place: int) -> None:
    """used[term] = 1 where anybody of the group goes; extra ≥ Σ used - 1 is what costs."""
    rows = model.rows
    used = []
    for term, on in enumerate(model.on[place]):
        used.append(rows.column(0, 1))
        model.uses[place, term] = used[-1]
        rows.row(-INFINITE, 0, [*on, used[-1]], [*[1.0] * len(on), -float(min(group.high[term], group.size))])
        for column in on:
            rows.row(-INFINITE, 0, [column, used[-1]], [1.0, -rows.upper[column]])
    model.extra[place] = rows.column(group.gather, len(used), whole=False)
    rows.row(-INFINITE, 1, [*used, model.extra[place]], [*[1.0] * len(used), -1.0])


def change_columns(model: Model, compact: Compact) -> dict[int, float]:
    """Changes of published places as a sum over columns."""
    counted: dict[int, float] = {}
    for place, kind in enumerate(compact.kinds):
        pairs = [(model.pooled[place], kind.base)]
        pairs += [(model.out[place], kind.out)] if place in model.out else []
        pairs += [(model.direct[place, term], price) for term, price in kind.direct.items()]
        counted.update({column: float(price.changes) for column, price in pairs if price.changes})
    return counted


def draft_of(model: Model, values: NDArray[np.float64]) -> Draft:
    """Whole numbers out of the engine's floats."""
    number = np.rint(values).astype(int).tolist()
    return Draft(
        through=[(*key, number[column]) for key, column in model.through.items() if number[column]],
        direct=[(*key, number[column]) for key, column in model.direct.items() if number[column]],
        out=[(kind, number[column]) for kind, column in model.out.items() if number[column]],
    )


def values_of(model: Model, compact: Compact, assignment: Mapping[str, str | None]) -> NDArray[np.float64]:
    """The columns' values for a plan, to start from."""
    values = np.zeros(len(model.rows.costs))
    terms = {term.key: place for place, term in enumerate(compact.problem.terms)}
    for place, kind in enumerate(compact.kinds):
        for member in kind.members:
            key = assignment.get(compact.people[member].key)
            if key is None:
                values[model.out.get(place, model.pooled[place])] += 1
            elif (place, terms[key]) in model.direct:
                values[model.direct[place, terms[key]]] += 1
            elif (kind.pool, terms[key]) in model.through:
                values[model.through[kind.pool, terms[key]]] += 1
                values[model.pooled[place]] += 1
    for group, term, low, high, under, over in model.bends:
        number = values[model.on[group][term]].sum()
        values[under], values[over] = max(0, low - number), max(0, number - high)
    for (group, term), column in model.uses.items():
        values[column] = float(values[model.on[group][term]].sum() > 0)
    for group, column in model.extra.items():
        values[column] = max(0, sum(values[c] for (g, _), c in model.uses.items() if g == group) - 1)
    return values
