"""The route line: a programme as a line with its legs as stations.

The app that knows legs says once how to draw them: `route.register(stations_of)`; every programme page then has the line.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.http import HttpRequest

State = Literal["done", "running", "next"]


@dataclass(frozen=True)
class Station:
    """One leg on the line: `state` by the calendar, `current` when this page is about it."""

    name: str
    sub: str = ""
    href: str = ""
    state: State = "next"
    current: bool = False

    @property
    def pieces(self) -> list[str]:
        """`sub` in the pieces between which a line may break: after the dash of a span of days, nowhere else."""
        return [piece for piece in re.split("(?<=—)|(?<= – )", self.sub) if piece]


StationsOf = Callable[[HttpRequest, Any], Sequence[Station]]
_stations_of: list[StationsOf] = []


def register(stations_of: StationsOf) -> None:
    """Say how the legs of a programme become stations; `stations_of(request, programme)`. The last one said counts."""
    _stations_of[:] = [stations_of]


def stations(request: HttpRequest, programme: Any) -> list[Station]:
    """The stations of this programme, empty when nobody has said how."""
    return list(_stations_of[0](request, programme)) if _stations_of else []
