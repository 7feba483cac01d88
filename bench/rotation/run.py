"""Times the rotation solver against HiGHS on the whole model, in one run, and writes the table into README.md.

``PYTHONPATH=src:. python -m bench.rotation.run [--quick] [--write]``. Each instance is solved in a process of
its own, so that the memory is its own.
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

from bench.rotation.instances import Size, instance
from bench.rotation.naive import whole_model

from ortoo_solvers.rotation import score, solve

# Size, the bar in seconds, and how long HiGHS gets on the whole model (None: it does not fit).
BARS = (
    (Size(1_101, 5), 1, 120),
    (Size(1_101, 5, crossing=True), 5, 120),
    (Size(11_000, 20), 5, 600),
    (Size(11_000, 20, crossing=True), 180, 600),
    (Size(110_000, 50), 90, None),
)
README = Path(__file__).with_name("README.md")
HEAD = "| people × terms | bar s | solver + judge s | memory MB | engine | cost = bound | HiGHS, whole model, s | ratio |"
MARK = "<!-- table -->"


def ours(size: Size) -> dict[str, object]:
    problem = instance(size)
    began = process_time()
    solution = solve(problem)
    judged = score(problem, solution)
    seconds = process_time() - began
    assert judged.hard == 0
    assert judged.soft == solution.cost
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    parts = {"cost": solution.cost, "bound": solution.bound, "optimal": solution.optimal, "engine": solution.engine}
    return {"seconds": seconds, "memory": memory, **parts}


def peer(size: Size, limit: float) -> dict[str, object]:
    return asdict(whole_model(instance(size), limit))


def alone(who: str, size: Size, limit: float = 0) -> dict[str, object]:
    """In a new process."""
    arguments = [who, str(size.people), str(size.terms), str(int(size.crossing)), str(limit)]
    done = subprocess.run([sys.executable, "-m", "bench.rotation.run", *arguments], capture_output=True, text=True, check=True)
    answer: dict[str, object] = json.loads(done.stdout)
    return answer


def line(size: Size, bar: float, limit: float | None) -> str:
    """One line of the table."""
    mine = alone("ours", size)
    seconds = float(str(mine["seconds"]))
    proof = f"{mine['cost']:,}" if mine["optimal"] else f"{mine['cost']:,}, bound {mine['bound']:,}"
    cells = [str(size), f"{bar}", f"{seconds:.2f}", f"{mine['memory']:,}", str(mine["engine"]), proof]
    if limit is None:
        return "| " + " | ".join([*cells, "not tried", "–"]) + " |"
    theirs = alone("peer", size, limit)
    their_seconds = float(str(theirs["seconds"]))
    if theirs["proved"]:
        assert theirs["cost"] == mine["cost"], (theirs, mine)
    told = f"{their_seconds:.1f}" if theirs["proved"] else f"> {limit} (not proved)"
    ratio = f"{'' if theirs['proved'] else '> '}{their_seconds / seconds:.0f}"
    return "| " + " | ".join([*cells, told, ratio]) + " |"


def machine() -> str:
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in ("ortools", "highspy", "numpy"))
    return f"2 cores, Python {platform.python_version()}, {versions}. Times are CPU seconds, which other work on the machine disturbs least."


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="only the two smallest")
    parser.add_argument("--write", action="store_true", help="put the table into README.md")
    options = parser.parse_args()
    table = [machine(), "", HEAD, "|---|---|---|---|---|---|---|---|"]
    print("\n".join(table), flush=True)
    for size, bar, limit in BARS[: 2 if options.quick else None]:
        table.append(line(size, bar, limit))
        print(table[-1], flush=True)
    if options.write:
        before, _, rest = README.read_text(encoding="utf-8").partition(MARK)
        after = rest.partition(MARK)[2]
        README.write_text(f"{before}{MARK}\n" + "\n".join(table) + f"\n{MARK}{after}", encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:2] in (["ours"], ["peer"]):
        who, people, terms, crossing, limit = sys.argv[1:]
        wanted = Size(int(people), int(terms), bool(int(crossing)))
        json.dump(ours(wanted) if who == "ours" else peer(wanted, float(limit)), sys.stdout)
    else:
        main()
