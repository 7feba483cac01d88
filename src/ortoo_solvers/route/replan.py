"""A tour planned anew: a hall falls away, a day is pinned, and what has been told changes as little as possible."""

from dataclasses import replace

from ortoo_solvers.route.problem import Pin, Problem, Published, Solution


def published_of(solution: Solution) -> tuple[Published, ...]:
    """The solution as what has been told."""
    return tuple(Published(visit.stop, visit.hall, visit.day) for visit in solution.visits)


def keeping(problem: Problem, published: tuple[Published, ...], price: int | None = None) -> Problem:
    """As few changes to ``published`` as possible; with a ``price`` (in the unit of the lengths) each change is worth so much way."""
    if price is None:
        return replace(problem, published=published, fewest_changes=True)
    return replace(problem, published=published, change_price=price, fewest_changes=False)


def without_hall(problem: Problem, stop: str, hall: str) -> Problem:
    """The hall falls away, with the pins that ask for it."""
    stops = tuple(
        replace(each, halls=tuple(h for h in each.halls if h.key != hall)) if each.key == stop else each for each in problem.stops
    )
    pins = tuple(pin for pin in problem.pins if (pin.stop, pin.hall) != (stop, hall))
    return replace(problem, stops=stops, pins=pins)


def pinned(problem: Problem, stop: str, day: int | None = None, hall: str | None = None) -> Problem:
    """The stop on that day, in that hall."""
    return replace(problem, pins=(*problem.pins, Pin(stop, day, hall)))
