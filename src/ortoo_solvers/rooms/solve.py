"""Search first; where no room has more than two beds, exactly then."""

from collections.abc import Mapping
from time import perf_counter

from ortoo_solvers.core.progress import Watch
from ortoo_solvers.core.stop import Stop, never
from ortoo_solvers.rooms.prices import Prices
from ortoo_solvers.rooms.problem import Problem, Solution
from ortoo_solvers.rooms.score import score
from ortoo_solvers.rooms.search import Search
from ortoo_solvers.rooms.sexes import share_rooms


def solve(
    problem: Problem, stop: Stop = never, seed: int = 0, start: Solution | None = None, watch: Watch | None = None
) -> Solution:
    """Who lies where. ``stop`` saying yes ends the search and leaves the exact part out; ``start`` is not needed: to stay
    near an earlier placing, give it as ``Problem.before``."""
    began, prices = perf_counter(), Prices(problem)
    sexes = share_rooms(problem)
    search = Search(problem, prices)
    if len(problem.people) - search.at.count(-1) < sexes.housed:
        search = Search(problem, prices, sexes.of)
    search.anneal(seed, stop)
    places = {p.key: problem.rooms[room].key for p, room in zip(problem.people, search.at, strict=True) if room >= 0}
    bound, optimal, engine = _least(problem, prices, sexes.housed), False, "annealing"
    cost = score(problem, places).cost
    if problem.people and all(room.beds <= 2 for room in problem.rooms) and not stop(float(cost)):
        # CP-SAT brings pandas along, seconds of every start: only who needs a proof waits for it.
        from ortoo_solvers.rooms.exact import exact

        found = exact(problem, prices, places, seed)
        if found is not None:
            bound, optimal, engine = max(bound, found.bound), found.optimal, "annealing, cp-sat"
            places = min(found.places, places, key=lambda each: score(problem, each).cost)
    return _solution(problem, places, bound, optimal, engine, perf_counter() - began, watch)


def _solution(
    problem: Problem, places: Mapping[str, str], bound: int, optimal: bool, engine: str, seconds: float, watch: Watch | None
) -> Solution:
    cost = score(problem, places).cost
    if watch is not None:
        watch(seconds, float(cost), float(bound))
    unplaced = tuple(person.key for person in problem.people if person.key not in places)
    return Solution(places, unplaced, cost, bound, optimal or cost == bound, engine, seconds)


def _least(problem: Problem, prices: Prices, placed: int) -> int:
    """A bound for any rooms: too few beds for women or for men leave people out (at most ``placed`` have one), the largest rooms hold them all, and each person's companions
    are at best the cheapest ones (half of each pair's price is theirs)."""
    beds = sorted((room.beds for room in problem.rooms), reverse=True)
    number = len(problem.people)
    rooms = next((n for n in range(len(beds) + 1) if sum(beds[:n]) >= placed), 0)
    most = beds[0] - 1 if beds else 0
    halves = sum(sum(sorted(min(price, 0) for price in row)[:most]) for row in prices.pair)
    colleagues = problem.weights.colleagues * sum(bool(mates) for mates in prices.mates)
    # Somebody left out may cost less than the room they would open: the cheaper of the two for each room's worth of people.
    opened = min(problem.weights.room, problem.weights.unplaced)
    left_out = problem.weights.unplaced * (number - placed)
    return prices.fixed - colleagues + opened * rooms + left_out + halves // 2
