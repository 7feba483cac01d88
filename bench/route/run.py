"""Times the route solver against CP-SAT on the whole model, in one run, and writes the table into README.md.

``PYTHONPATH=src:. python -m bench.route.run [--quick] [--write]``. Each instance is solved in a process of its own.
"""

import argparse
import importlib.metadata
import json
import platform
import resource
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from time import process_time

from bench.route.cpsat import whole_model
from tests.solvers.route.drawn import drawn

from ortoo_solvers.route import score, solve

# Stops, days of each hall besides the hidden tour's, marked first and last, the bar in seconds (None: none set), seconds for CP-SAT.
BARS = (
    (6, 4, True, 1.0, 60),
    (6, 12, True, 1.0, 60),
    (12, 4, True, 5.0, 60),
    (12, 12, True, 5.0, 60),
    (12, 12, False, 5.0, 60),
    (20, 4, True, None, 60),
    (20, 12, True, None, 60),
    (20, 12, False, None, 60),
)
SEEDS = (1, 2, 3)
README = Path(__file__).with_name("README.md")
HEAD = "| stops | hall days | marked | bar s | solver + judge s (median, worst) | memory MB | proved | CP-SAT s | ratio |"
MARK = "<!-- table -->"


def ours(stops: int, extra: int, marked: bool, seed: int) -> dict[str, object]:
    """CPU seconds with the judge, what was found."""
    problem = drawn(stops, seed, extra, marked)
    began = process_time()
    solution = solve(problem)
    judged = score(problem, solution)
    seconds = process_time() - began
    assert (judged.hard, judged.cost) == (0, solution.cost)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {
        "seconds": seconds,
        "memory": memory,
        "proved": solution.optimal,
        "length": solution.length,
        "last": solution.last_day,
    }


def peer(stops: int, extra: int, marked: bool, seed: int, limit: float) -> dict[str, object]:
    """The same from CP-SAT."""
    problem = drawn(stops, seed, extra, marked)
    began = process_time()
    answer = whole_model(problem, limit)
    return {"seconds": process_time() - began, **asdict(answer)}


def alone(who: str, *what: object) -> dict[str, object]:
    """In a new process."""
    command = [
        sys.executable,
        "-m",
        "bench.route.run",
        who,
        *(str(int(each) if isinstance(each, bool) else each) for each in what),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    answer: dict[str, object] = json.loads(done.stdout)
    return answer


def line(stops: int, extra: int, marked: bool, bar: float | None, limit: float) -> str:
    """One line of the table: three seeds; where both prove, both must have found the same."""
    mine = [alone("ours", stops, extra, marked, seed) for seed in SEEDS]
    theirs = [alone("peer", stops, extra, marked, seed, limit) for seed in SEEDS]
    for one, other in zip(mine, theirs, strict=True):
        if one["proved"] and other["proved"]:
            assert (one["length"], one["last"]) == (other["length"], other["last_day"]), (one, other)
    seconds, their_seconds = sorted(float(str(m["seconds"])) for m in mine), sorted(float(str(t["seconds"])) for t in theirs)
    proved = sum(bool(other["proved"]) for other in theirs)
    told = f"{their_seconds[1]:.2f}" if proved == len(SEEDS) else f"{their_seconds[1]:.0f} ({proved} of {len(SEEDS)} proved)"
    cells = [stops, extra + 1, "yes" if marked else "no", bar or "–", f"{seconds[1]:.2f}, {seconds[-1]:.2f}", max(int(str(m["memory"])) for m in mine),
             f"{sum(bool(m['proved']) for m in mine)} of {len(SEEDS)}", told, f"{their_seconds[1] / seconds[1]:.1f}"]  # fmt: skip
    return "| " + " | ".join(map(str, cells)) + " |"


def machine() -> str:
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in ("ortools", "numpy"))
    return f"2 cores, Python {platform.python_version()}, {versions}. CPU seconds; CP-SAT with one worker."


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="only up to 12 stops")
    parser.add_argument("--write", action="store_true", help="put the table into README.md")
    options = parser.parse_args()
    table = [machine(), "", HEAD, "|---" * 9 + "|"]
    print("\n".join(table), flush=True)
    for bar in BARS:
        if bar[0] <= 12 or not options.quick:
            table.append(line(*bar))
            print(table[-1], flush=True)
    if options.write:
        before, _, rest = README.read_text(encoding="utf-8").partition(MARK)
        after = rest.partition(MARK)[2]
        README.write_text(f"{before}{MARK}\n" + "\n".join(table) + f"\n{MARK}{after}", encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:2] in (["ours"], ["peer"]):
        who, stops, extra, marked, seed, *limit = sys.argv[1:]
        given = (int(stops), int(extra), marked == "1", int(seed))
        json.dump(ours(*given) if who == "ours" else peer(*given, float(limit[0])), sys.stdout)
    else:
        main()
