"""A sketch of the route on the region's borders, as SVG, with the places for its labels."""

import json
import math
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ortoo.ui
from ortoo.touring.planned import PlannedStop

BORDERS = Path(ortoo.ui.__file__).parent / "static" / "ui" / "geo" / "prefectures.geojson"
WIDTH, MARGIN, NEAR = 1000.0, 30.0, 26.0
Ring = Sequence[Sequence[float]]


@dataclass(frozen=True)
class Label:
    """Words at a point, in shares of the sketch's width and height."""

    x: float
    y: float
    text: str


@dataclass(frozen=True)
class Sketch:
    """`svg`: the whole picture; `ratio`: height by width."""

    svg: str
    ratio: float
    labels: tuple[Label, ...]


class Projection:
    """Equirectangular, true to length along the middle parallel; fits everything into WIDTH."""

    def __init__(self, points: Sequence[Sequence[float]]) -> None:
        west, east = min(point[0] for point in points), max(point[0] for point in points)
        south, north = min(point[1] for point in points), max(point[1] for point in points)
        self.narrow = math.cos(math.radians((south + north) / 2))
        self.west, self.north = west, north
        self.scale = (WIDTH - 2 * MARGIN) / max((east - west) * self.narrow, 1e-6)
        self.height = (north - south) * self.scale + 2 * MARGIN

    def __call__(self, point: Sequence[float]) -> tuple[float, float]:
        """x to the right, y down."""
        return MARGIN + (point[0] - self.west) * self.narrow * self.scale, MARGIN + (self.north - point[1]) * self.scale


def sketch_of(stops: Sequence[PlannedStop], here: int = 0) -> Sketch:
    """The whole route; the stop number `here` stands out (0: none)."""
    rings = list(_rings(json.loads(Path(os.environ.get("ORTOO_MAP_FILE") or BORDERS).read_text(encoding="utf-8"))))
    project = Projection([point for ring in rings for point in ring] + [stop.seat for stop in stops])
    borders = "".join(_path(ring, project) for ring in rings)
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in (project(stop.seat) for stop in stops))
    dots = "".join(_dot(project(stop.seat), stop.order == here) for stop in stops)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:.0f} {project.height:.0f}">'
        f'<path d="{borders}" fill="#f2f5f8" stroke="#b4bfca" stroke-width="1"/>'
        f'<polyline points="{line}" fill="none" stroke="#b3261e" stroke-width="3" stroke-linejoin="round"/>{dots}</svg>'
    )
    return Sketch(svg, project.height / WIDTH, tuple(_labels(stops, project)))


def _rings(borders: dict[str, Any]) -> Iterator[Ring]:
    for feature in borders["features"]:
        shape = feature["geometry"]
        for polygon in shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]:
            yield from polygon


def _path(ring: Ring, project: Projection) -> str:
    points = dict.fromkeys(f"{x:.1f} {y:.1f}" for x, y in map(project, ring))
    return "M" + "L".join(points) + "Z"


def _dot(at: tuple[float, float], here: bool) -> str:
    size, colour = (13, "#b3261e") if here else (8, "#12406b")
    return f'<circle cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="{size}" fill="{colour}" stroke="#ffffff" stroke-width="2"/>'


def _labels(stops: Sequence[PlannedStop], project: Projection) -> Iterator[Label]:
    """Stops that lie side by side share one label."""
    left = list(stops)
    while left:
        at = project(left[0].seat)
        near = [stop for stop in left if math.dist(at, project(stop.seat)) < NEAR]
        left = [stop for stop in left if stop not in near]
        yield Label(at[0] / WIDTH, at[1] / project.height, " · ".join(f"{stop.order} {stop.name}" for stop in near))
