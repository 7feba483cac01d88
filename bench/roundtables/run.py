"""Every row of a table of best known schedules, and two big companies: repeats, seconds and method, against the table's own limit.

    PYTHONPATH=src:. python -m bench.roundtables.run GOLFER.csv [--most 10] [--seconds 10] [--write]

GOLFER.csv has columns groups, size, best_known_weeks. Each row is the command as a user types it, in a process of its own, its answer
judged again; seconds are those of the whole process, starting Python included.
"""

import argparse
import csv
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from itertools import combinations
from pathlib import Path

README = Path(__file__).with_name("README.md")
COMPANIES = (
    ("220 people, tables of 10, 4 evenings, counties apart", 220, 10, 4, 55, 10),
    ("1,000 people, tables of 10, 5 evenings", 1000, 10, 5, 0, 60),
)


def main() -> None:
    """A row each; with --write into the README beside this file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("golfer", type=Path)
    parser.add_argument("--most", type=int, default=10, help="tables of the largest row")
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    with asked.golfer.open(encoding="utf-8") as stream:
        rows = [(int(r["groups"]), int(r["size"]), int(r["best_known_weeks"])) for r in csv.DictReader(stream)]
    lines = [
        f"{os.cpu_count()} cores, Python {platform.python_version()}; at most {asked.seconds:g} s a row; seconds of the whole process.",
        "",
        "| tables × seats | evenings best known | repeats | seconds | method |",
        "|---|---|---|---|---|",
    ]
    for groups, size, weeks in rows:
        if groups <= asked.most:
            lines.append(_line(f"{groups} × {size} | {weeks}", groups, size, weeks, asked.seconds))
            print(lines[-1], flush=True)
    for name, people, size, evenings, counties, seconds in COMPANIES:
        with tempfile.TemporaryDirectory() as folder:
            file = _company(Path(folder), people, counties) if counties else None
            lines.append(_line(f"{name} | {evenings}", people // size, size, evenings, seconds, file))
            print(lines[-1], flush=True)
    if asked.write:
        parts = README.read_text(encoding="utf-8").split("<!-- table -->")
        README.write_text("<!-- table -->".join([parts[0], "\n" + "\n".join(lines) + "\n", parts[2]]), encoding="utf-8")


def _line(label: str, groups: int, size: int, evenings: int, seconds: float, people: Path | None = None) -> str:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.json"
        command = [sys.executable, "-m", "ortoo_solvers", "roundtables", "--groups", str(groups), "--size", str(size)]
        command += ["--evenings", str(evenings), "--seconds", str(seconds), "--out", str(out)]
        began = time.perf_counter()
        subprocess.run([*command, *(["--people", str(people)] if people else [])], check=True, stderr=subprocess.DEVNULL)
        spent = time.perf_counter() - began
        said = json.loads(out.read_text(encoding="utf-8"))
    pairs = [pair for evening in said["evenings"] for table in evening for pair in combinations(sorted(table), 2)]
    if len(pairs) - len(set(pairs)) != said["repeats"]:
        raise SystemExit(f"{label}: counted again there are {len(pairs) - len(set(pairs))} repeats")
    together = said["by_rule"]["Together"]
    return f"| {label} | {said['repeats']}{' and some of one county together' if together else ''} | {spent:.1f} | {said['method']} |"


def _company(folder: Path, people: int, counties: int) -> Path:
    file = folder / "people.csv"
    file.write_text("person,group\n" + "".join(f"p{n},county {n % counties}\n" for n in range(people)), encoding="utf-8")
    return file


if __name__ == "__main__":
    main()
