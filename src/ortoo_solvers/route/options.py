"""What may be chosen: a stop on a day in a hall, where hall, talks and pins allow it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ortoo_solvers.route.problem import Hall, Problem, Stop
from ortoo_solvers.route.talks import Cast, cast_of


@dataclass(frozen=True, slots=True)
class Option:
    """Stop and place by their numbers; ``price``: in the unit of the lengths."""

    stop: int
    place: int
    day: int
    hall: str
    price: int = 0


@dataclass(frozen=True)
class Choices:
    """The options of a problem; ``change``: what a change counts in the search, ``whole`` above any length with fewest_changes."""

    problem: Problem

    @cached_property
    def casts(self) -> Mapping[int, Cast]:
        """Day → who gives which talk, for every day that some hall is free."""
        days = sorted({day for stop in self.problem.stops for hall in stop.halls for day in hall.days})
        return {day: cast_of(self.problem, day) for day in days if self.within(day)}

    @cached_property
    def change(self) -> int:
        """What one change costs in the search; with fewest_changes more than the longest tour can be long."""
        if not self.problem.fewest_changes:
            return self.problem.change_price
        return 1 + len(self.problem.stops) * max(max(row) for row in self.problem.lengths)

    @cached_property
    def options(self) -> Sequence[Option]:
        """One for each stop, place and day: the hall that costs least, then has most seats, then stands first."""
        found: dict[tuple[int, int, int], tuple[int, int, int, Option]] = {}
        for number, stop in enumerate(self.problem.stops):
            for rank, hall in enumerate(stop.halls):
                for option in self._of_hall(number, stop, hall):
                    key = (number, option.place, option.day)
                    worth = (option.price, -hall.seats, rank, option)
                    if key not in found or worth[:3] < found[key][:3]:
                        found[key] = worth
        return [worth[3] for _key, worth in sorted(found.items(), key=lambda item: item[0])]

    def within(self, day: int) -> bool:
        """Whether the day is one of the tour's."""
        return self.problem.starts <= day <= self.problem.ends

    def pinned(self, stop: str, hall: str, day: int) -> bool:
        """Whether the pins of the stop allow it."""
        pins = (pin for pin in self.problem.pins if pin.stop == stop)
        return all(pin.day in (None, day) and pin.hall in (None, hall) for pin in pins)

    def price(self, stop: str, hall: str, day: int) -> int:
        """What choosing it costs besides the way."""
        told = next((told for told in self.problem.published if told.stop == stop), None)
        return self.change if told and (told.hall, told.day) != (hall, day) else 0

    def _of_hall(self, number: int, stop: Stop, hall: Hall) -> list[Option]:
        place = self.problem.places.index(hall.place)
        days = [day for day in sorted(hall.days) if self.within(day) and not self.casts[day].uncovered]
        return [
            Option(number, place, day, hall.key, self.price(stop.key, hall.key, day))
            for day in days
            if self.pinned(stop.key, hall.key, day) and not stop.too_early(day)
        ]
