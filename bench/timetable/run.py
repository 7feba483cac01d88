"""Published instances by the solver as a user would call it: medians over seeds, against a limit in the same table.

    PYTHONPATH=src:. python -m bench.timetable.run FOLDER [--seconds 60] [--seeds 5] [--workers 1] [--names comp01 …] [--write]
                                                  [--herd 8] [--herds 1]

The limits are those set for this solver, for a minute of one core and ten of two; beside the first what the winner of ITC-2007 (Müller's
solver) got in 60 s on the machine on which the limits were set. Every timetable is judged again before it counts. A table is kept
for each number of workers.
"""

import argparse
import os
import platform
import sys
from dataclasses import replace
from pathlib import Path
from statistics import median

from ortoo_solvers.timetable import Problem, Schedule, Solution, read_ctt, score
from ortoo_solvers.timetable.bound import bound_of
from ortoo_solvers.timetable.solve import solve
from ortoo_solvers.timetable.warm import warm_up

LIMITS = {  # By seconds and workers.
    (60, 1): {"comp01": 5, "comp02": 45, "comp03": 80, "comp04": 40},
    (600, 2): {"comp02": 32, "comp03": 72, "comp04": 36},
}
WINNER = {(60, 1): {"comp01": 5, "comp02": 74}}
README = Path(__file__).with_name("README.md")


def main() -> None:
    """A row an instance; with --write into the README beside this file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--names", nargs="*")
    parser.add_argument("--herd", type=int, default=Schedule().herd, help="coolings side by side")
    parser.add_argument("--herds", type=int, default=Schedule().herds, help="one after the other")
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    warm_up()
    rows = {}
    for name in asked.names or sorted(path.stem for path in asked.folder.glob("*.ctt")):
        rows[name] = _row(name, read_ctt((asked.folder / f"{name}.ctt").read_text().splitlines()), asked)
        print(rows[name], flush=True)
    if asked.write:
        _write(rows, asked)


def _row(name: str, problem: Problem, asked: argparse.Namespace) -> str:
    found = []
    for seed in range(asked.seeds):
        found.append(_solve(problem, seed, asked))
        print(f"{name}, seed {seed}: {found[-1].cost}", file=sys.stderr, flush=True)
    costs = [each.cost for each in found]
    for each in found:
        judged = score(problem, each.lectures)
        if judged.hard or judged.soft != each.cost:
            raise SystemExit(f"{name}: the judge counts {judged.soft} and {judged.hard} broken rules")
    limit, middle = LIMITS.get((asked.seconds, asked.workers), {}).get(name), median(costs)
    speed = median(each.proposals_per_second for each in found) / 1e6
    ratio = "–" if limit is None else f"{middle / limit:.2f}"
    cells = [
        name,
        ", ".join(map(str, costs)),
        f"{middle:g}",
        bound_of(problem).value,
        limit or "–",
        ratio,
        WINNER.get((asked.seconds, asked.workers), {}).get(name, "–"),
        f"{speed:.1f}",
    ]
    return f"| {' | '.join(map(str, cells))} |"


def _write(rows: dict[str, str], asked: argparse.Namespace) -> None:
    """Into the README's table for as many workers; rows of other instances stay."""
    mark = f"<!-- {asked.workers} at work -->"
    head, table, tail = README.read_text(encoding="utf-8").split(mark)
    kept = {line.split(" | ")[0].strip("| "): line for line in table.splitlines() if line.startswith("| ")}
    kept = {name: row for name, row in kept.items() if name != "instance"} | rows
    lines = [
        f"{os.cpu_count()} cores, Python {platform.python_version()}; {asked.seconds:g} s, {asked.workers} at work.",
        "",
        "| instance | costs | median | bound | limit | median / limit | ITC-2007 winner | million proposals a CPU-second |",
        "|---|---|---|---|---|---|---|---|",
        *(kept[name] for name in sorted(kept)),
    ]
    README.write_text(mark.join([head, "\n" + "\n".join(lines) + "\n", tail]), encoding="utf-8")


def _solve(problem: Problem, seed: int, asked: argparse.Namespace) -> Solution:
    schedule = replace(Schedule(), herd=asked.herd, herds=asked.herds)
    return solve(problem, seed=seed, seconds=asked.seconds, schedule=schedule, workers=asked.workers)


if __name__ == "__main__":
    main()
