"""Which schedule: one setting changed at a time, on the instances EA, DDS, Udine and test, never on comp.

    PYTHONPATH=src:. python -m bench.timetable.tune FOLDER [--proposals 60000000] [--seeds 3] [--write]

A number of proposals instead of seconds makes the trial the same on a busy machine. For each setting: the mean cost by instance,
and the mean over instances of cost / best mean cost of the trial (both plus one, for costs of nothing).
"""

import argparse
from dataclasses import asdict, replace
from pathlib import Path
from statistics import mean

from ortoo_solvers.timetable import Problem, Schedule, read_ctt, solve

NAMES = ("EA01", "EA04", "EA08", "DDS4", "DDS7", "Udine1", "Udine4", "test1", "test2")
CHANGES: dict[str, tuple[float, ...]] = {
    "cold": (0.05, 0.09, 0.14),
    "same_share": (0, 64),
    "hot": (5.0, 25.0),
    "accept": (0.01, 0.1),
    "swap_share": (20, 120),
    "levels": (200, 1500),
}
README = Path(__file__).with_name("tuning.md")


def main() -> None:
    """Run all settings and print the table; with --write into tuning.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--proposals", type=int, default=60_000_000)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    problems = {name: read_ctt((asked.folder / f"{name}.ctt").read_text().splitlines()) for name in NAMES}
    found = {}
    for label, schedule in _settings():
        found[label] = {name: _mean(problem, schedule, asked) for name, problem in problems.items()}
        print(label, found[label], flush=True)
    table = _table(found, asked)
    print(table)
    if asked.write:
        README.write_text(
            f"# The tuning trial\n\n`{__spec__.name}`, {asked.proposals:,} proposals, {asked.seeds} seeds.\n\n{table}\n"
        )


def _settings() -> list[tuple[str, Schedule]]:
    changed = [(f"{key} {value:g}", replace(Schedule(), **{key: value})) for key, values in CHANGES.items() for value in values]
    return [(", ".join(f"{key} {value:g}" for key, value in asdict(Schedule()).items()), Schedule()), *changed]


def _mean(problem: Problem, schedule: Schedule, asked: argparse.Namespace) -> float:
    return mean(solve(problem, seed=seed, iterations=asked.proposals, schedule=schedule).cost for seed in range(asked.seeds))


def _table(found: dict[str, dict[str, float]], asked: argparse.Namespace) -> str:
    best = {name: min(costs[name] for costs in found.values()) for name in NAMES}
    lines = [f"| setting | {' | '.join(NAMES)} | against the best |", "|---|" + "---|" * (len(NAMES) + 1)]
    for label, costs in found.items():
        ratio = mean((costs[name] + 1) / (best[name] + 1) for name in NAMES)
        lines.append(f"| {label} | {' | '.join(f'{costs[name]:.1f}' for name in NAMES)} | {ratio:.3f} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
