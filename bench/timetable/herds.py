"""Coolings side by side or one after the other: the same proposals in herds of one, four, eight, sixteen; never on comp.

    PYTHONPATH=src:. python -m bench.timetable.herds FOLDER [--proposals 900000] [--names Udine1 …] [--seeds 3] [--write]

``--proposals``: of a whole run, for each lecture. Every column spends as many: ``8 × 1/8`` are eight coolings of an eighth each, side by
side with culls; ``8 apart`` the same eight with nothing to do with one another.
"""

import argparse
from dataclasses import replace
from pathlib import Path
from statistics import mean

from bench.timetable.tune import NAMES

from ortoo_solvers.timetable import Bound, Problem, Schedule, read_ctt, solve

COLUMNS = {"8 apart": (1, 8), "4 × 1/4": (4, 4), "8 × 1/8": (8, 8), "16 × 1/16": (16, 16), "2 herds of 8 × 1/16": (8, 16)}
README = Path(__file__).with_name("herds.md")


def main() -> None:
    """Run all and print the table; with --write into herds.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--proposals", type=int, default=900_000)
    parser.add_argument("--names", nargs="+", default=NAMES)
    parser.add_argument("--columns", nargs="+", default=list(COLUMNS), choices=list(COLUMNS))
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    lines = [f"| instance | {' | '.join(asked.columns)} |", "|---|" + "---|" * len(asked.columns)]
    for name in asked.names:
        problem = read_ctt((asked.folder / f"{name}.ctt").read_text().splitlines())
        lines.append(f"| {name} | {' | '.join(_told(problem, *COLUMNS[column], asked) for column in asked.columns)} |")
        print(lines[-1], flush=True)
    if asked.write:
        README.write_text("\n".join([_head(asked), "", *lines, ""]), encoding="utf-8")


def _told(problem: Problem, herd: int, coolings: int, asked: argparse.Namespace) -> str:
    schedule = replace(Schedule(), herd=herd, herds=coolings // herd, length=asked.proposals // coolings)
    iterations = asked.proposals * problem.lectures
    costs = [
        solve(problem, seed=seed, iterations=iterations, schedule=schedule, bound=Bound()).cost for seed in range(asked.seeds)
    ]
    return f"{mean(costs):.1f} ({', '.join(map(str, costs))})"


def _head(asked: argparse.Namespace) -> str:
    return (
        f"# Herds\n\n`python -m bench.timetable.herds FOLDER --proposals {asked.proposals} --seeds {asked.seeds} --write`: mean cost (and"
        f" each) of {asked.seeds} seeds, {asked.proposals:,} proposals for each lecture in every column."
    )


if __name__ == "__main__":
    main()
