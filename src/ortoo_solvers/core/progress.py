"""How a search tells where it stands."""

from dataclasses import dataclass, field
from typing import Protocol


class Watch(Protocol):
    """Told of progress: seconds since the start, cost of the best so far, what no solution can be below."""

    def __call__(self, seconds: float, cost: float | None, bound: float | None) -> None: ...


@dataclass(frozen=True, slots=True)
class Point:
    seconds: float
    cost: float | None
    bound: float | None


@dataclass(slots=True)
class Curve:
    """A watch that keeps what it was told, without repeating a point where nothing has changed."""

    points: list[Point] = field(default_factory=list)

    def __call__(self, seconds: float, cost: float | None, bound: float | None) -> None:
        last = self.points[-1] if self.points else None
        if last is None or (last.cost, last.bound) != (cost, bound):
            self.points.append(Point(seconds, cost, bound))
