"""Charts: what is drawn, in words and as a table, so that nobody needs the picture."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from django.urls import reverse
from django.utils.translation import gettext


@dataclass(frozen=True)
class Chart:
    """A picture (`kind`, `data` for charts.js), its title, and the same figures as a table."""

    kind: Literal["curve", "bars", "map", "travel"]
    title: str
    data: dict[str, Any]
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[object]] = field(default_factory=list)
    note: str = ""


def cost_curve(points: Sequence[Sequence[float]], title: str = "") -> Chart:
    """The curve of a search: points (seconds, cost, bound) as `kernel.Job.curve` keeps them."""
    names = [gettext("Cost"), gettext("Bound")]
    data = {"x": gettext("seconds"), "names": names, "points": [list(point) for point in points]}
    return Chart("curve", title or gettext("Cost over time"), data, [gettext("Seconds"), *names], points)


def bars(title: str, pairs: Sequence[tuple[str, float]], name: str, limit: float | None = None) -> Chart:
    """One bar per label; `limit` draws a line across."""
    data = {"name": name, "pairs": [list(pair) for pair in pairs], "limit": limit}
    return Chart("bars", title, data, ["", name], pairs)


def region_map(title: str, values: dict[str, float], name: str, labels: dict[str, str] | None = None) -> Chart:
    """Counties coloured by value: `values` by six-digit code, `labels` by the same code for the table."""
    labels = labels or {}
    rows = [(labels.get(code, code), value) for code, value in sorted(values.items(), key=lambda pair: -pair[1])]
    data = {"url": reverse("ui:map"), "name": name, "values": values, "labels": labels}
    return Chart("map", title, data, [gettext("County"), name], rows, note=gettext("Map for orientation only."))


@dataclass(frozen=True)
class Point:
    """A place on a travel map: its name, degrees, a line under the name, and `done`, `running` or `next`."""

    name: str
    lon: float
    lat: float
    sub: str = ""
    state: str = "next"
    way: str = ""


def travel_map(title: str, points: Sequence[Point]) -> Chart:
    """Places on the region's map joined by arrows in their order."""
    stops = [{"name": p.name, "at": [p.lon, p.lat], "sub": p.sub, "state": p.state, "way": p.way} for p in points]
    data = {"url": reverse("ui:map"), "stops": stops}
    rows = [(number, point.name, point.sub, point.way or "—") for number, point in enumerate(points, 1)]
    columns = [gettext("No."), gettext("stop"), gettext("day"), gettext("way here")]
    return Chart("travel", title, data, columns, rows, note=gettext("Map for orientation only."))
