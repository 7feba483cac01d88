"""What the command line asks of the route besides the plan: pins, halls that fall away, what has been told already."""

import json
from datetime import date
from pathlib import Path

from ortoo.kernel.text.fold import squeeze
from ortoo.kernel.voice import Voice
from ortoo.touring.gather import BadInput
from ortoo_solvers.route import Problem, Published, Stop, keeping, pinned, without_hall


def with_wishes(problem: Problem, pins: list[str], without: list[str], keep: Path | None, voice: Voice) -> Problem:
    """The problem with all of it; raises BadInput where a name is not in the plan."""
    for text in without:
        problem = _without(problem, text, voice)
    for text in pins:
        problem = _pinned(problem, text, voice)
    return keeping(problem, _told(problem, keep, voice)) if keep else problem


def _without(problem: Problem, text: str, voice: Voice) -> Problem:
    name, _, hall = text.partition("/")
    stop = _stop(problem, name)
    key = _hall(stop, hall) if stop else None
    if stop is None or key is None:
        raise BadInput(voice("bad_without", text=text))
    return without_hall(problem, stop.key, key)


def _pinned(problem: Problem, text: str, voice: Voice) -> Problem:
    name, _, rest = text.partition("=")
    stop = _stop(problem, name)
    day, hall = _day_and_hall(stop, rest) if stop else (None, None)
    if stop is None or (day is None and hall is None):
        raise BadInput(voice("bad_pin", text=text))
    return pinned(problem, stop.key, day, hall)


def _day_and_hall(stop: Stop, rest: str) -> tuple[int | None, str | None]:
    """Nothing for both where either is not understood."""
    first, slash, second = rest.partition("/")
    try:
        day: int | None = date.fromisoformat(first.strip()).toordinal()
    except ValueError:
        return None, _hall(stop, rest)
    hall = _hall(stop, second) if slash else None
    return (None, None) if slash and hall is None else (day, hall)


def _told(problem: Problem, keep: Path, voice: Voice) -> tuple[Published, ...]:
    try:
        said = json.loads(keep.read_text(encoding="utf-8"))
        told = tuple(
            Published(each["stop"], each["hall"], date.fromisoformat(each["date"]).toordinal()) for each in said["stops"]
        )
    except OSError as error:
        raise BadInput(voice("no_file", file=keep, why=error.strerror or error)) from None
    except (ValueError, KeyError, TypeError):
        raise BadInput(voice("bad_keep", file=keep.name)) from None
    known = {stop.key for stop in problem.stops}
    kept = tuple(each for each in told if each.stop in known)
    if not kept:
        raise BadInput(voice("bad_keep", file=keep.name))
    return kept


def _stop(problem: Problem, name: str) -> Stop | None:
    return next((stop for stop in problem.stops if squeeze(stop.key) == squeeze(name)), None)


def _hall(stop: Stop, name: str) -> str | None:
    return next((hall.key for hall in stop.halls if squeeze(hall.key) == squeeze(name)), None)
