"""Which schedule: settings changed, on the instances EA, DDS, Udine and test, never on comp.

    PYTHONPATH=src:. python -m bench.timetable.tune FOLDER [--proposals 200000] [--seeds 3] [--names Udine1 …] [--settings swap_share=30,hot=5 …]

A number of proposals a lecture instead of seconds makes the trial the same on a busy machine. A row for the schedule as it is and for each setting:
the mean cost by instance, the mean over instances of cost / best mean cost of the trial (both plus one, for costs of nothing), and CPU-seconds
in all: settings may make proposals dearer.
"""

import argparse
from dataclasses import replace
from pathlib import Path
from statistics import mean
from time import process_time

from ortoo_solvers.timetable import Bound, Problem, Schedule, read_ctt, solve
from ortoo_solvers.timetable.warm import warm_up

NAMES = ("EA01", "EA04", "EA08", "DDS4", "DDS7", "Udine1", "Udine4", "test1", "test2")
SETTINGS = (
    *("cold=0.05", "cold=0.09", "cold=0.14", "hot=5", "hot=25", "accept=0.01", "accept=0.1", "levels=200", "levels=1500"),
    *("same_share=0", "same_share=64", "swap_share=20", "swap_share=120", "keep_share=50", "keep_share=120"),
)


def main() -> None:
    """Run all settings and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--proposals", type=int, default=200_000, help="a lecture")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--names", nargs="*", default=NAMES)
    parser.add_argument("--settings", nargs="*", default=SETTINGS, help="as in swap_share=30,hot=5")
    asked = parser.parse_args()
    warm_up()
    problems = {name: read_ctt((asked.folder / f"{name}.ctt").read_text().splitlines()) for name in asked.names}
    found, spent = {}, {}
    for setting in ("", *asked.settings):
        began = process_time()
        found[setting] = {name: _mean(problem, _schedule(setting), asked) for name, problem in problems.items()}
        spent[setting] = process_time() - began
    print(_table(found, spent, asked.names))


def _schedule(setting: str) -> Schedule:
    pairs = (pair.partition("=") for pair in setting.split(",") if pair)
    return replace(Schedule(), **{key: type(getattr(Schedule(), key))(float(value)) for key, _equals, value in pairs})


def _mean(problem: Problem, schedule: Schedule, asked: argparse.Namespace) -> float:
    proposals = asked.proposals * problem.lectures
    return mean(
        solve(problem, seed=seed, iterations=proposals, schedule=schedule, bound=Bound()).cost for seed in range(asked.seeds)
    )


def _table(found: dict[str, dict[str, float]], spent: dict[str, float], names: list[str]) -> str:
    best = {name: min(costs[name] for costs in found.values()) for name in names}
    lines = [f"| setting | {' | '.join(names)} | against the best | CPU-s |", "|---|" + "---|" * (len(names) + 2)]
    for setting, costs in found.items():
        ratio = mean((costs[name] + 1) / (best[name] + 1) for name in names)
        cells = [setting or "as it is", *(f"{costs[name]:.1f}" for name in names), f"{ratio:.3f}", f"{spent[setting]:.0f}"]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
