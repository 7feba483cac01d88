"""The days of a tour whose order is found: of all with the same cost and last day the fewest nights,
then the fewest understudies, then the earliest days."""

from collections.abc import Mapping, Sequence

from ortoo_solvers.route.options import Choices, Option

Rest = tuple[int, int, int, tuple[int, ...]]
"""Price of the days chosen from here on, last day, talks that understudies give, the days."""


def settle(choices: Choices, tour: Sequence[Option]) -> tuple[Option, ...]:
    """The same stops and places in the same order; cost and last day are never worse than the tour's."""
    problem = choices.problem
    columns = [{o.day: o for o in choices.options if (o.stop, o.place) == (each.stop, each.place)} for each in tour]
    stand_ins = {day: sum(cast.given.get(t.key) != t.speaker for t in problem.talks) for day, cast in choices.casts.items()}
    rests: Mapping[int, Rest] = {day: (option.price, day, stand_ins[day], (day,)) for day, option in columns[-1].items()}
    for place in range(len(tour) - 2, -1, -1):
        wait = problem.days_between(problem.lengths[tour[place].place][tour[place + 1].place])
        rests = _before(columns[place], wait, rests, stand_ins)
    best = min(rests.items(), key=lambda item: (item[1][:2], -item[0], item[1][2:]))[1]
    return tuple(column[day] for column, day in zip(columns, best[3], strict=True))


def _before(
    column: Mapping[int, Option], wait: int, rests: Mapping[int, Rest], stand_ins: Mapping[int, int]
) -> Mapping[int, Rest]:
    """The best rest from each day of the column that leaves time for the way."""
    found: dict[int, Rest] = {}
    for day, option in column.items():
        fits = [rest for later, rest in rests.items() if later - day >= wait]
        if fits:
            price, last, others, days = min(fits)
            found[day] = (price + option.price, last, others + stand_ins[day], (day, *days))
    return found
