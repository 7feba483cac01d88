"""The tour as it will be: for each stop its day, hall and talks, the ways between, the seats at the last stop."""

from dataclasses import dataclass
from datetime import date

from ortoo.intake.reading.tour.delegations import ReadDelegation
from ortoo.intake.reading.tour.speakers import ReadSpeaker
from ortoo.touring.gather import Given
from ortoo_solvers.route import Solution, Visit
from ortoo_solvers.route.distance import kilometres
from ortoo_solvers.seats import Delegation
from ortoo_solvers.seats import Problem as SeatProblem
from ortoo_solvers.seats import Solution as Seats
from ortoo_solvers.seats import solve as apportion_seats

Seat = tuple[float, float]


@dataclass(frozen=True)
class GivenTalk:
    """A talk at a stop: whose it is and who gives it there."""

    talk: ReadSpeaker
    speaker: str
    given_by: str
    given_by_no: str

    @property
    def stands_in(self) -> bool:
        """Whether somebody else gives it."""
        return self.given_by_no != self.talk.key


@dataclass(frozen=True)
class PlannedStop:
    """A stop on its day; `way`: kilometres from the stop before, 0 for the first; `days_since`: days since that one."""

    order: int
    name: str
    county_code: str
    county: str
    seat: Seat
    hall: str
    seats: int | None
    day: date
    way: float
    days_since: int
    talks: tuple[GivenTalk, ...]


@dataclass(frozen=True)
class Planned:
    """The whole tour. `seats` None where there are no delegations or the hall's size is not known."""

    given: Given
    solution: Solution
    stops: tuple[PlannedStop, ...]
    seats: Seats | None

    @property
    def kilometres(self) -> float:
        """The whole way."""
        return kilometres(self.solution.length)

    @property
    def bound(self) -> float:
        """No tour is shorter."""
        return kilometres(self.solution.bound)

    @property
    def people(self) -> list[tuple[str, str]]:
        """(key, name) of each speaker, in the order of the plan."""
        return list({one.key: one.name for one in self.given.tour.speakers}.items())

    def delegation(self, name: str) -> ReadDelegation:
        """What the delegation asked for."""
        return next(one for one in self.given.tour.delegations if one.name == name)


def planned_of(given: Given, solution: Solution, floor: int) -> Planned:
    """Raises FloorsCollide."""
    stops: list[PlannedStop] = []
    for visit in solution.visits:
        stops.append(_stop(given, visit, stops[-1] if stops else None))
    return Planned(given, solution, tuple(stops), _seats(given, stops[-1], floor))


def _stop(given: Given, visit: Visit, before: PlannedStop | None) -> PlannedStop:
    hall = given.halls[visit.stop, visit.hall]
    unit = given.directory.units[hall.county]
    assert unit.lon is not None and unit.lat is not None
    day = date.fromordinal(visit.day)
    way = kilometres(given.problem.length(before.county_code, hall.county)) if before else 0.0
    people = {one.key: one.name for one in given.tour.speakers}
    talks = tuple(GivenTalk(talk, talk.name, people[visit.given[key]], visit.given[key]) for key, talk in given.talks.items())
    return PlannedStop(before.order + 1 if before else 1, visit.stop, hall.county, unit.name, (unit.lon, unit.lat), visit.hall, hall.seats,
                       day, way, (day - before.day).days if before else 0, talks)  # fmt: skip


def _seats(given: Given, last: PlannedStop, floor: int) -> Seats | None:
    asking = given.tour.delegations
    if not asking or last.seats is None:
        return None
    delegations = tuple(
        Delegation(one.name, one.asked, one.priority or 1, max(one.floor, min(floor, one.asked, _most(one))), one.ceiling, one.wheelchairs or 0,
                   companions=one.companions or 0)
        for one in asking
    )  # fmt: skip
    return apportion_seats(SeatProblem(delegations, last.seats))


def _most(one: ReadDelegation) -> int:
    return one.asked if one.ceiling is None else one.ceiling
