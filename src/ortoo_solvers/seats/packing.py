"""Which delegation goes into which section: as few pieces as possible, then by the wheelchair places that it needs, then as near
to the front as the pieces allow.

A whole-number programme for CP-SAT, with a budget of its own deterministic time, so that the same hall gives the same plan.
"""

from collections.abc import Mapping, Sequence

from ortools.sat.python import cp_model

from ortoo_solvers.seats.party import Bays, Packing, Party

WHOLE_BUDGET, PIECES_BUDGET, WHEELCHAIR_BUDGET, FRONT_BUDGET = 5.0, 5.0, 1.0, 1.0


Rows = Mapping[int, int]
"""A section: its seats by row number."""


class _Model:
    """People per party and section; ``whole``: every party in one section only. ``bays``: wheelchair places by each section."""

    def __init__(self, parties: Sequence[Party], sections: Sequence[Rows], bays: Sequence[Bays], whole: bool) -> None:
        self.model, self.parties, self.sections, self.whole = cp_model.CpModel(), parties, sections, whole
        self.bays = bays
        self.pairs = [(p, s) for p in range(len(parties)) for s in range(len(sections))]
        self.used = {pair: self.model.new_bool_var("") for pair in self.pairs}
        self.amounts = {pair: self._amount(pair) for pair in self.pairs}
        for p, party in enumerate(parties):
            self.model.add(sum(self.amounts[p, s] for s in range(len(sections))) == party.size)
        for s, rows in enumerate(sections):
            self.model.add(sum(self.amounts[p, s] for p in range(len(parties))) <= sum(rows.values()))
        self.pieces = sum(self.used.values())

    def _amount(self, pair: tuple[int, int]) -> cp_model.LinearExprT:
        size = self.parties[pair[0]].size
        if self.whole:
            return size * self.used[pair]
        most = min(size, sum(self.sections[pair[1]].values()))
        amount = self.model.new_int_var(0, most, "")
        self.model.add(amount <= most * self.used[pair])
        self.model.add(amount >= self.used[pair])
        return amount

    def front(self) -> cp_model.LinearExprT:
        """Row numbers of the seats of each class and those before it, in each section filled from the front."""
        terms: list[cp_model.LinearExprT] = []
        for priority in sorted({party.priority for party in self.parties}):
            among = [p for p, party in enumerate(self.parties) if party.priority <= priority]
            for s, rows in enumerate(self.sections):
                filled = {row: self.model.new_int_var(0, seats, "") for row, seats in rows.items()}
                self.model.add(sum(filled.values()) == sum(self.amounts[p, s] for p in among))
                terms += [row * seats for row, seats in filled.items()]
        return sum(terms)

    def alone(self) -> cp_model.LinearExprT:
        """How many in wheelchairs find their place by a section in which nobody of their own sits."""
        by = {(p, s, pair): self._by(p, s, pair) for p, s in self.pairs for pair in (True, False)}
        for p, party in enumerate(self.parties):
            for pair, people in ((True, party.companions), (False, party.wheelchairs - party.companions)):
                self.model.add(sum(by[p, s, pair] for s in range(len(self.sections))) <= people)
        for s, bays in enumerate(self.bays):
            for pair, places in ((True, bays.pairs), (False, bays.single)):
                self.model.add(sum(by[p, s, pair] for p in range(len(self.parties))) <= places)
        return sum(party.wheelchairs for party in self.parties) - sum(by.values())

    def _by(self, p: int, s: int, pair: bool) -> cp_model.LinearExprT:
        party, bays = self.parties[p], self.bays[s]
        most = min(party.companions, bays.pairs) if pair else min(party.wheelchairs - party.companions, bays.single)
        if not most:
            return 0
        number = self.model.new_int_var(0, most, "")
        self.model.add(number <= most * self.used[p, s])
        return number

    def hint(self, amounts: Mapping[tuple[int, int], int]) -> None:
        """Begin from there."""
        for pair in self.pairs:
            self.model.add_hint(self.used[pair], amounts.get(pair, 0) > 0)

    def found(self, solver: cp_model.CpSolver) -> dict[tuple[int, int], int]:
        """People per party and section where there are any."""
        people = {pair: solver.value(amount) for pair, amount in self.amounts.items()}
        return {pair: number for pair, number in people.items() if number}


def pack(parties: Sequence[Party], sections: Sequence[Rows], bays: Sequence[Bays], seed: int = 0, hurry: bool = False) -> Packing:
    """All parties have to fit; ``bays``: wheelchair places by each section. ``hurry``: the first packing with few pieces will do."""
    model = _Model(parties, sections, bays, whole=True)
    solver = _solver(seed, WHOLE_BUDGET)
    status = solver.solve(model.model)
    bound = len(parties) + (status == cp_model.INFEASIBLE)
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        amounts = model.found(solver)
    else:
        model = _Model(parties, sections, bays, whole=False)
        amounts, bound = _fewest(model, bound, seed)
    return Packing(amounts if hurry else _nearer(model, amounts, seed), bound)


def _fewest(model: _Model, bound: int, seed: int) -> tuple[dict[tuple[int, int], int], int]:
    """Parties in as few pieces as the budget finds, and what none can be below."""
    model.model.add(model.pieces >= bound)
    model.model.minimize(model.pieces)
    model.hint(_poured(model.parties, model.sections))
    solver = _solver(seed, PIECES_BUDGET)
    if solver.solve(model.model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return _poured(model.parties, model.sections), bound
    return model.found(solver), max(bound, round(solver.best_objective_bound))


def _poured(parties: Sequence[Party], sections: Sequence[Rows]) -> dict[tuple[int, int], int]:
    """One party after another, one section after another: always a packing."""
    left = [sum(rows.values()) for rows in sections]
    amounts: dict[tuple[int, int], int] = {}
    for p, party in enumerate(parties):
        people = party.size
        for s in range(len(sections)):
            if taken := min(people, left[s]):
                amounts[p, s] = taken
                people, left[s] = people - taken, left[s] - taken
    return amounts


def _nearer(model: _Model, amounts: dict[tuple[int, int], int], seed: int) -> dict[tuple[int, int], int]:
    """No more pieces, more wheelchairs by their own people, and then nearer to the front: as far as the budgets find that."""
    model = _Model(model.parties, model.sections, model.bays, model.whole)
    model.model.add(model.pieces <= len(amounts))
    if any(party.wheelchairs for party in model.parties) and any(bays.pairs or bays.single for bays in model.bays):
        alone = model.alone()
        model.model.minimize(alone)
        model.hint(amounts)
        solver = _solver(seed, WHEELCHAIR_BUDGET)
        if solver.solve(model.model) in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            amounts = model.found(solver)
            model.model.add(alone <= round(solver.objective_value))
            model.model.clear_hints()  # type: ignore[no-untyped-call]
    model.model.minimize(model.front())
    model.hint(amounts)
    solver = _solver(seed, FRONT_BUDGET)
    if solver.solve(model.model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return amounts
    return model.found(solver)


def _solver(seed: int, budget: float) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.catch_sigint_signal = False  # It would leave Ctrl-C ending the program for good.
    solver.parameters.random_seed = seed
    solver.parameters.max_deterministic_time = budget
    return solver
