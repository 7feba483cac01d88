"""When a search gives up: a protocol of one call, and the usual criteria."""

from time import perf_counter
from typing import Protocol


class Stop(Protocol):
    """Asked again and again during a search; true means: end now and hand over the best found so far."""

    def __call__(self, best: float | None) -> bool:
        """``best`` is the cost of the best solution so far, None while there is none."""
        ...


def never(best: float | None) -> bool:
    """Search until the optimum is proved."""
    return False


class after_seconds:  # noqa: N801 - reads as a verb phrase where it is used
    """Stop ``seconds`` of wall time after the first question (zero or less: at the first question)."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._began: float | None = None

    def __call__(self, best: float | None) -> bool:
        if self._began is None:
            self._began = perf_counter()
        return perf_counter() - self._began >= self.seconds


class after_checks:  # noqa: N801
    """Stop at question number ``checks`` + 1: the same on every machine, where a clock is not."""

    def __init__(self, checks: int) -> None:
        self.left = checks

    def __call__(self, best: float | None) -> bool:
        self.left -= 1
        return self.left < 0


class first_of:  # noqa: N801
    """Stop as soon as any of the given criteria says so; each of them is asked every time."""

    def __init__(self, *stops: Stop) -> None:
        self.stops = stops

    def __call__(self, best: float | None) -> bool:
        answers = [stop(best) for stop in self.stops]
        return any(answers)
