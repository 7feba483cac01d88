"""The best tour of a simple plan by trying every order and day, from the spreadsheet's cells alone."""

import math
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise, permutations
from pathlib import Path

import openpyxl

Rows = list[tuple[object, ...]]


def rows_of(file: Path, sheet: str) -> Rows:
    return list(openpyxl.load_workbook(file)[sheet].iter_rows(min_row=2, values_only=True))


def days_of(text: object) -> set[date]:
    return {date(2023, int(month), int(day)) for month, day in re.findall(r"(\d+)月(\d+)日", str(text or ""))}


def seats(units: Path) -> dict[str, tuple[float, float]]:
    return {str(row[0]): (float(str(row[4])), float(str(row[5]))) for row in rows_of(units, "单位名录") if row[4] is not None}


def way(here: tuple[float, float], there: tuple[float, float]) -> float:
    """Kilometres by the spherical law of cosines × 1.3, another formula than the product's."""
    lon, lat, other_lon, other_lat = (math.radians(angle) for angle in (*here, *there))
    cosine = math.sin(lat) * math.sin(other_lat) + math.cos(lat) * math.cos(other_lat) * math.cos(lon - other_lon)
    return 1.3 * 6371.0088 * math.acos(min(1.0, cosine))


def company_complete(day: date, speakers: Rows) -> bool:
    blocked = {str(row[0]) for row in speakers if day in days_of(row[6])}
    gives = [str(row[7] or "") if row[0] in blocked else str(row[0]) for row in speakers]
    return not any(who == "" or who in blocked for who in gives) and max(Counter(gives).values()) <= 2


def best(plan: Path, units: Path, factor_for_rest: float = 1.0) -> tuple[float, date]:
    """Fewest kilometres, then the earliest last day."""
    places, speakers = seats(units), rows_of(plan, "讲述人")
    free: dict[str, set[date]] = {}
    where, marks = {}, {}
    for stop, code, _hall, _seats, when, mark in rows_of(plan, "站点"):
        free[str(stop)] = free.get(str(stop), set()) | {day for day in days_of(when) if company_complete(day, speakers)}
        where[str(stop)] = places[str(code)]
        marks[str(mark)] = str(stop)
    found = []
    for order in permutations(free):
        if order[0] == marks.get("首站", order[0]) and order[-1] == marks.get("末站", order[-1]):
            ways = [way(where[a], where[b]) for a, b in pairwise(order)]
            found += [
                (round(sum(ways), 3), last) for last in _last_days([free[s] for s in order], [w / factor_for_rest for w in ways])
            ]
    return min(found)


def _last_days(free: list[set[date]], ways: list[float]) -> Iterator[date]:
    """The earliest possible last day of this order, if there is any."""
    day = min(free[0], default=None)
    for days, km in zip(free[1:], ways, strict=True):
        if day is None:
            return
        wait = 2 if km > 300 else 1
        day = min((later for later in days if (later - day).days >= wait), default=None)
    if day is not None:
        yield day
