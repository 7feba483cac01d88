"""Two hundred clerks at work on their quotas at once, against the running product on PostgreSQL.

    PYTHONPATH=src:. python -m bench.quotas.run [--clerks 200] [--seconds 60] [--every 20] [--write]

Two rows. *All in one moment*: every clerk sends the form at the same instant and reads the page that it leads to. *At work*: each
clerk in turn looks, puts somebody forward and withdraws them, with a pause between that is `--every` seconds on average. A time is
what the clerk waits for one answer, sent over loopback by the same machine; what is not 200 or 302 is an error.
"""

import argparse
import os
import platform
import random
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.journeys.test_killed import Shell
from tests.participation.quotas.crowd import BUILD, Clerk, at_once, clerks_in
from tests.servers.live import LiveApp
from tests.servers.postgres import cluster

LIMIT_MS = 500
README = Path(__file__).with_name("README.md")
HEAD = "| what | answers | errors | median ms | p95 ms | of 500 ms | most ms |\n|---|---|---|---|---|---|---|"


def main() -> None:
    """Build, start, measure, print; with --write into the README beside this file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clerks", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--every", type=float, default=20)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, cluster() as server:
        table = _run(Path(folder), f"{server}/postgres", asked)
    print(table)
    if asked.write:
        parts = README.read_text(encoding="utf-8").split("<!-- table -->")
        README.write_text(f"{parts[0]}<!-- table -->\n{table}\n<!-- table -->{parts[2]}", encoding="utf-8")


def _run(folder: Path, database: str, asked: argparse.Namespace) -> str:
    built = Shell(folder / "var", database).run(BUILD.format(counties=asked.clerks // 2, clerks=2, seats=2))
    clerks = clerks_in(built)
    app = LiveApp(folder / "var", database)
    app.start()
    try:
        clerks[0].look(app.url)  # the first request of a process loads its templates
        moment = [(status, seconds) for status, _text, seconds in at_once(clerks, app.url)]
        work = _at_work(clerks, app.url, asked.seconds, asked.every)
    finally:
        app.stop()
    load = os.getloadavg()[0]
    said = (
        f"{os.cpu_count()} cores, Python {platform.python_version()}, PostgreSQL, one page process; load {load:.1f} at the end.\n"
    )
    rows = [_row(f"{len(clerks)} clerks, all in one moment", moment)]
    rows.append(_row(f"{len(clerks)} clerks at work, one act in {asked.every:g} s each", work))
    return "\n".join([said, HEAD, *rows])


def _at_work(clerks: Sequence[Clerk], url: str, seconds: float, every: float) -> list[tuple[int, float]]:
    """(status, seconds) of every answer."""
    found: list[tuple[int, float]] = []
    end = time.monotonic() + seconds

    def one(number: int, clerk: Clerk) -> None:
        chance = random.Random(number)
        acts: list[Callable[[str], tuple[int, str]]] = [clerk.look, clerk.withdraw, clerk.propose]
        time.sleep(chance.uniform(0, every))
        for step in range(10_000):
            if time.monotonic() > end:
                return
            began = time.perf_counter()
            status, _text = acts[step % len(acts)](url)
            found.append((status, time.perf_counter() - began))
            time.sleep(chance.uniform(0.5, 1.5) * every)

    threads = [threading.Thread(target=one, args=each) for each in enumerate(clerks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def _row(what: str, answers: Sequence[tuple[int, float]]) -> str:
    times = sorted(seconds * 1000 for _status, seconds in answers)
    errors = sum(status not in (200, 302) for status, _seconds in answers)
    p95 = statistics.quantiles(times, n=20)[-1]
    return f"| {what} | {len(times)} | {errors} | {statistics.median(times):.0f} | {p95:.0f} | {p95 / LIMIT_MS:.2f} | {times[-1]:.0f} |"


if __name__ == "__main__":
    main()
