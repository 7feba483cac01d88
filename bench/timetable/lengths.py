"""How long one cooling: a few long ones or many short ones, on the instances EA, DDS, Udine and test, never on comp.

    PYTHONPATH=src:. python -m bench.timetable.lengths FOLDER [--names Udine1] [--seeds 8] [--write]

Eight coolings of an eighth of the proposals stand against four of a quarter, two of a half, one of the whole. Told are the mean cost
of one cooling, over all seeds, and the mean of the cheapest of such a group, the seeds cut into groups.
"""

import argparse
from dataclasses import replace
from pathlib import Path
from statistics import mean

from bench.timetable.tune import NAMES

from ortoo_solvers.timetable import Bound, Problem, Schedule, read_ctt, solve

LONGEST = 900_000  # Proposals of one cooling for each lecture.
PARTS = (8, 4, 2, 1)
README = Path(__file__).with_name("lengths.md")


def main() -> None:
    """Run all and print the table; with --write into lengths.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--names", nargs="+", default=NAMES)
    parser.add_argument("--seeds", type=int, default=8)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    lines = [f"| instance | {' | '.join(f'{part} × {LONGEST // part:,}' for part in PARTS)} |", "|---|" + "---|" * len(PARTS)]
    for name in asked.names:
        problem = read_ctt((asked.folder / f"{name}.ctt").read_text().splitlines())
        lines.append(f"| {name} | {' | '.join(_told(problem, part, asked.seeds) for part in PARTS)} |")
        print(lines[-1], flush=True)
    if asked.write:
        README.write_text("\n".join([_head(asked.seeds), "", *lines, ""]))


def _told(problem: Problem, part: int, seeds: int) -> str:
    """Mean of one / mean of the cheapest of ``part``; the seeds are the same for every length."""
    length = LONGEST // part * problem.lectures
    once = replace(Schedule(), length=None)
    costs = [solve(problem, seed=seed, iterations=length, schedule=once, bound=Bound()).cost for seed in range(seeds)]
    groups = [costs[at : at + part] for at in range(0, len(costs), part)]
    return f"{mean(costs):.1f} / {mean(min(group) for group in groups):.1f}"


def _head(seeds: int) -> str:
    return (
        "# How long one cooling\n\n`python -m bench.timetable.lengths FOLDER --write`: as many proposals for every column, in so many"
        f" coolings of so many proposals for each lecture; mean cost of one cooling / of the cheapest of them, {seeds} seeds."
    )


if __name__ == "__main__":
    main()
