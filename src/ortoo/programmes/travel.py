"""How far a tour goes: legs of travel between the seats of its stops, kilometres and nights. No database, no clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ortoo.programmes.models import Leg

EARTH_KM = 6371.0088
ROAD_FACTOR = 1.3
FAR_KM = 300


@dataclass(frozen=True)
class Travel:
    """The way from one stop to the next: kilometres (None without coordinates), nights between (None without days)."""

    start: Leg
    end: Leg
    km: float | None
    nights: int | None

    @property
    def hurried(self) -> bool:
        """Farther than 300 km without a full day between."""
        return self.km is not None and self.nights is not None and self.km > FAR_KM and self.nights < 2


def great_circle_km(lon_a: float, lat_a: float, lon_b: float, lat_b: float) -> float:
    """Kilometres along the surface between two points in degrees (haversine formula, mean radius of the earth 6371.0088 km)."""
    across, along = radians(lon_b - lon_a) / 2, radians(lat_b - lat_a) / 2
    half_chord = sin(along) ** 2 + cos(radians(lat_a)) * cos(radians(lat_b)) * sin(across) ** 2
    return 2 * EARTH_KM * asin(sqrt(half_chord))


def road_km(start: Leg, end: Leg) -> float | None:
    """Kilometres by road: great circle between the seats × 1.3; None when one of them has no coordinates."""
    a, b = start.base, end.base
    if a is None or b is None or None in (a.lon, a.lat, b.lon, b.lat):
        return None
    return ROAD_FACTOR * great_circle_km(a.lon, a.lat, b.lon, b.lat)  # type: ignore[arg-type]


def travels(stops: Sequence[Leg]) -> list[Travel]:
    """The ways between neighbours, in the order of the stops."""
    return [Travel(a, b, road_km(a, b), _nights(a, b)) for a, b in pairwise(stops)]


def said_of_way(km: float | None, nights: int | None) -> str:
    """Kilometres and nights of a way in a few words; what is not known is left out."""
    parts = [_("%(km)s km") % {"km": round(km)}] if km is not None else []
    if nights is not None:
        parts.append(ngettext("%(count)s night", "%(count)s nights", nights) % {"count": nights})
    return " · ".join(parts)


def total_km(ways: Sequence[Travel]) -> float:
    """Kilometres of all ways whose length is known."""
    return sum(way.km or 0 for way in ways)


def total_nights(ways: Sequence[Travel]) -> int:
    """Nights between the first and the last stop, as far as their days are settled."""
    return sum(way.nights or 0 for way in ways)


def _nights(start: Leg, end: Leg) -> int | None:
    return (end.day - start.day).days if start.day and end.day else None
