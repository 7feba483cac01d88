"""The itinerary of a tour as it stands: stops in the order of their days, the ways between, who tells what."""

from collections.abc import Sequence
from dataclasses import dataclass

from ortoo.programmes.models import Appearance, Leg, Programme, Speaker
from ortoo.programmes.queries import speakers_of
from ortoo.programmes.travel import travels


@dataclass(frozen=True)
class Stop:
    """A stop with its number on the way; `km` from the stop before (None for the first, or without coordinates)."""

    order: int
    leg: Leg
    km: float | None
    told: Sequence[Appearance]

    @property
    def name(self) -> str:
        """What the stop is called."""
        return self.leg.name

    @property
    def where(self) -> str:
        """The city or county, and the hall if one is chosen."""
        base, hall = self.leg.base, self.leg.hall
        return " ".join(filter(None, [base.name if base else "", hall.name if hall else ""]))

    @property
    def seat(self) -> tuple[float, float]:
        """Longitude and latitude of the city or county; only of stops that are `placed`."""
        base = self.leg.base
        assert base is not None and base.lon is not None and base.lat is not None
        return base.lon, base.lat

    @property
    def placed(self) -> bool:
        """Whether it lies anywhere on the map."""
        base = self.leg.base
        return base is not None and base.lon is not None and base.lat is not None


@dataclass(frozen=True)
class Itinerary:
    """The whole tour; a document shows `stops` and `speakers`, at first all of them, always beside the overview of `every` stop."""

    tour: Programme
    every: Sequence[Stop]
    stops: Sequence[Stop]
    speakers: Sequence[Speaker]

    @property
    def km(self) -> float:
        """The whole way."""
        return sum(stop.km or 0.0 for stop in self.every)

    @property
    def nights(self) -> int | None:
        """Nights between the first and the last day; None while a stop has no day."""
        days = [stop.leg.day for stop in self.every if stop.leg.day]
        return (max(days) - min(days)).days if days and len(days) == len(self.every) else None

    def of_stop(self, leg: Leg) -> "Itinerary":
        """For those who receive the company at one stop."""
        return Itinerary(self.tour, self.every, [stop for stop in self.every if stop.leg == leg], [])

    def of_speaker(self, speaker: Speaker) -> "Itinerary":
        """For one who speaks."""
        return Itinerary(self.tour, self.every, [], [speaker])

    def part_of(self, speaker: Speaker, stop: Stop) -> list[Appearance]:
        """What a speaker tells at a stop."""
        return [each for each in stop.told if each.teller_id == speaker.pk]


def itinerary_of(tour: Programme) -> Itinerary:
    """Stops that have a day, as they stand; six queries."""
    legs = [
        leg
        for leg in tour.legs.select_related("base").prefetch_related(
            "halls", "appearances__talk__speaker__person", "appearances__teller__person"
        )
        if leg.day
    ]
    legs.sort(key=lambda leg: leg.starts)
    ways = [None, *(way.km for way in travels(legs))]
    stops = [
        Stop(order, leg, km, list(leg.appearances.all())) for order, (leg, km) in enumerate(zip(legs, ways, strict=False), 1)
    ]
    return Itinerary(tour, stops, stops, list(speakers_of(tour)))
