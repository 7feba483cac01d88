"""A sketch of the route on the region's borders, as SVG, with the places for its labels."""

import json
import math
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import ortoo.ui

BORDERS = Path(ortoo.ui.__file__).parent / "static" / "ui" / "geo" / "prefectures.geojson"
WIDTH, MARGIN, NEAR = 1000.0, 30.0, 26.0
DOT, LETTER = 12.0, 16.5
"""Half a dot; the size of the labels' letters, which the template sets in the same share of the width."""
Ring = Sequence[Sequence[float]]
Box = tuple[float, float, float, float]


class Spot(Protocol):
    """What is drawn: a stop's number, name, longitude and latitude in degrees."""

    @property
    def order(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def seat(self) -> tuple[float, float]: ...


@dataclass(frozen=True)
class Label:
    """Words, the upper left corner of their box in shares of the sketch's width and height."""

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


def sketch_of(stops: Sequence[Spot], here: int = 0) -> Sketch:
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


def _labels(stops: Sequence[Spot], project: Projection) -> Iterator[Label]:
    """Stops that lie side by side share one label; each label stands where it covers no dot and no other label, if it can."""
    taken = [(x - DOT, y - DOT, x + DOT, y + DOT) for x, y in (project(stop.seat) for stop in stops)]
    left = list(stops)
    while left:
        at = project(left[0].seat)
        near = [stop for stop in left if math.dist(at, project(stop.seat)) < NEAR]
        left = [stop for stop in left if stop not in near]
        text = " · ".join(f"{stop.order} {stop.name}" for stop in near)
        box = min(_boxes(at, text), key=lambda box: sum(_overlap(box, other) for other in taken))
        taken.append(box)
        yield Label(box[0] / WIDTH, box[1] / project.height, text)


def _boxes(at: tuple[float, float], text: str) -> Iterator[Box]:
    """Where a label may stand: right above, right below, left above, left below; always within the sketch."""
    width = LETTER * sum(1.0 if letter > "\u2e7f" else 0.6 for letter in text)
    for x in (at[0] + DOT, at[0] - DOT - width):
        for y in (at[1] - LETTER - DOT / 2, at[1] + DOT / 2):
            x = min(max(x, 0.0), WIDTH - width)
            yield x, y, x + width, y + 1.3 * LETTER


def _overlap(box: Box, other: Box) -> float:
    """The area that both cover."""
    across, down = min(box[2], other[2]) - max(box[0], other[0]), min(box[3], other[3]) - max(box[1], other[1])
    return max(across, 0.0) * max(down, 0.0)
