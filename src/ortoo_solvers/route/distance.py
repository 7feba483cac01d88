"""Kilometres between two seats: the great circle, made longer for roads."""

import math

EARTH_RADIUS_KM = 6371.0088
"""Mean radius R1 of the IUGG (Moritz, Geodetic Reference System 1980)."""
ROAD_FACTOR = 1.3
UNIT = 1_000_000
"""Lengths are whole millimetres: sums are exact, and the same way there and back is as long."""

Seat = tuple[float, float]


def great_circle_km(here: Seat, there: Seat) -> float:
    """Between two (longitude, latitude) in degrees, by the haversine formula."""
    lon, lat, other_lon, other_lat = map(math.radians, (*here, *there))
    height = math.sin((other_lat - lat) / 2) ** 2
    width = math.cos(lat) * math.cos(other_lat) * math.sin((other_lon - lon) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(height + width)))


def road_length(here: Seat, there: Seat, factor: float = ROAD_FACTOR) -> int:
    """The great circle × ``factor`` in whole millimetres, the same in both directions."""
    first, second = sorted((here, there))
    return round(great_circle_km(first, second) * factor * UNIT)


def kilometres(length: int) -> float:
    """A length in kilometres."""
    return length / UNIT
