"""The truth for small tours: every order, every day, every hall, every way to give the talks."""

from collections.abc import Iterator
from itertools import pairwise, permutations, product

from ortoo_solvers.route import Problem, Visit, score


def best_value(problem: Problem) -> tuple[int, int, int] | None:
    """(changes where they come first, cost, last day) of the best tour that the judge accepts; None when there is none."""
    given = {day: next(casts(problem, day), None) for day in range(problem.starts, problem.ends + 1)}
    best: tuple[int, int, int] | None = None
    places = [[(s.key, h.key, d) for h in s.halls for d in sorted(h.days) if given.get(d) is not None] for s in problem.stops]
    for chosen in product(*places):
        visits = [Visit(stop, hall, day, given[day] or {}) for stop, hall, day in chosen]
        judged = score(problem, visits)
        if not judged.hard:
            value = (judged.changes if problem.fewest_changes else 0, judged.cost, judged.last_day)
            best = value if best is None else min(best, value)
    return best


def casts(problem: Problem, day: int) -> Iterator[dict[str, str]]:
    """Every way to give the talks that the rules allow on that day."""
    blocked = {speaker.key for speaker in problem.speakers if day in speaker.blocked}
    may = [[t.speaker] if t.speaker not in blocked else [u for u in t.understudies if u not in blocked] for t in problem.talks]
    for chosen in product(*may):
        if all(chosen.count(who) <= problem.most_talks for who in chosen):
            yield dict(zip((t.key for t in problem.talks), chosen, strict=True))


def shortest_without_days(problem: Problem) -> int:
    """The shortest order of the places of single-hall stops, whatever the days."""
    ways = []
    for order in permutations(problem.stops):
        if problem.first in (None, order[0].key) and problem.last in (None, order[-1].key):
            places = [stop.halls[0].place for stop in order]
            ways.append(sum(problem.length(a, b) for a, b in pairwise(places)))
    return min(ways)
