"""Is a timetable that can be held always found? Problems grown around a hidden one, of kinds harder than those published.

    PYTHONPATH=src:. python -m bench.timetable.planted [--seeds 5] [--seconds 60] [--kinds NAME …] [--write]

A row a kind: of how many the first timetable without a broken hard rule was found, in which time (the slowest), and the cost and memory
after the seconds were used up for the first seed (``--seconds 0``: not at all).
"""

import argparse
import os
import platform
import resource
import time
from pathlib import Path

from tests.solvers.timetable.planted import Kind, planted

from ortoo_solvers.timetable import Problem, Schedule
from ortoo_solvers.timetable.mending import mend
from ortoo_solvers.timetable.solve import NothingFound, solve
from ortoo_solvers.timetable.state import begin
from ortoo_solvers.timetable.warm import warm_up

README = Path(__file__).with_name("planted.md")
LONGEST = 60.0  # Seconds.
KINDS = (
    Kind("few rooms", 54, 152, 9, 6, 6, 139, 3.5, 0.4),
    Kind("closed", 54, 152, 9, 6, 6, 139, 3.5, 0.7),
    Kind("rooms nine in ten", 131, 450, 20, 5, 5, 77, 4.0, 0.25),
    Kind("rooms all", 100, 500, 20, 5, 5, 40, 4.0, 0.2),
    Kind("rooms all, closed", 100, 500, 20, 5, 5, 40, 4.0, 0.6),
    Kind("long days", 201, 900, 21, 5, 15, 99, 6.0, 0.4),
    Kind("many curricula", 850, 930, 132, 5, 6, 3691, 4.0, 0.3),
    Kind("many large curricula", 850, 930, 132, 5, 6, 3691, 5.3, 0.3),
    Kind("one way", 60, 240, 10, 5, 6, 120, 6.0, 0.9),
)


def main() -> None:
    """A row a kind; with --write into planted.md beside this file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--kinds", nargs="*")
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    warm_up()
    lines = [
        f"{os.cpu_count()} cores, Python {platform.python_version()}; {asked.seeds} problems of each kind.",
        "",
        "| kind | courses | lectures | of all cells | curricula | closed | found | slowest s | million proposals a CPU-second | MB |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for kind in KINDS:
        if not asked.kinds or kind.name in asked.kinds:
            lines.append(_row(kind, asked))
            print(lines[-1], flush=True)
    if asked.write:
        parts = README.read_text(encoding="utf-8").split("<!-- table -->")
        README.write_text("<!-- table -->".join([parts[0], "\n" + "\n".join(lines) + "\n", parts[2]]), encoding="utf-8")


def _row(kind: Kind, asked: argparse.Namespace) -> str:
    found = [_first(planted(kind, seed), seed) for seed in range(asked.seeds)]
    share = kind.lectures / (kind.rooms * kind.days * kind.periods_per_day)
    cells = [kind.name, kind.courses, kind.lectures, f"{100 * share:.0f} %", kind.curricula, f"{100 * kind.closed:.0f} %"]
    cells += [f"{sum(left == 0 for left, _seconds in found)} of {len(found)}", f"{max(seconds for _left, seconds in found):.2f}"]
    return f"| {' | '.join(map(str, [*cells, *_searched(kind, asked.seconds)]))} |"


def _first(problem: Problem, seed: int) -> tuple[int, float]:
    """Broken rules left, seconds; a minute at most."""
    began = time.perf_counter()
    state = begin(problem, seed)
    mend(state, lambda: time.perf_counter() - began > LONGEST, None)
    return state.broken, time.perf_counter() - began


def _searched(kind: Kind, seconds: float) -> tuple[str, str]:
    """Proposals a CPU-second, and how much memory the process has ever had."""
    if not seconds:
        return "", ""
    try:
        speed = f"{solve(planted(kind, 0), seconds=seconds, schedule=Schedule()).proposals_per_second / 1e6:.1f}"
    except NothingFound:
        speed = "–"
    return speed, f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f}"


if __name__ == "__main__":
    main()
