"""Two hundred clerks at work on their quotas at once, against the running product on PostgreSQL.

    PYTHONPATH=src:. python -m bench.quotas.run [--clerks 200] [--seconds 60] [--every 20] [--workers 0] [--write]

Four rows. *At work*: each clerk in turn looks, puts somebody forward and withdraws them, with a pause between that is `--every` seconds on
average. *Within ten seconds*: each puts one person forward at some moment of them, as when a deadline is near. *All in one moment*: every clerk sends
the form at the same instant. *Only signed in*: at the same instant each asks an address that finds out who asks and then answers 405; no page can
cost less. Putting forward is one answer, as from the page in front of a clerk. A time is what the clerk waits for it, sent over loopback by the same
machine; what is not 200 or 302 (there 405) is an error. *CPU* is what one answer took of the page processes, of PostgreSQL (reached by its socket)
and of this program. Commits wait for the disk.
"""

import argparse
import os
import platform
import random
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import psycopg
from tests.participation.quotas.crowd import BUILD, Clerk, at_once, clerks_in
from tests.servers.live import LiveApp, below
from tests.servers.postgres import SAFE, cluster
from tests.servers.shell import Shell

LIMIT_MS = 500
README = Path(__file__).with_name("README.md")
HEAD = "| what | answers | errors | median ms | p95 ms | of 500 ms | most ms | CPU ms: pages | PostgreSQL | asking |"
HEAD += "\n|---|---|---|---|---|---|---|---|---|---|"
RUSH = 10.0  # Seconds.
Answers = list[tuple[int, float]]


@dataclass(frozen=True)
class Cpu:
    """Seconds of the page processes, of PostgreSQL, of this program."""

    pages: float
    database: float
    asking: float


def main() -> None:
    """Build, start, measure, print; with --write into the README beside this file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clerks", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--every", type=float, default=20)
    parser.add_argument("--workers", type=int, default=0, help="page processes; 0: as `ortoo up` chooses")
    parser.add_argument("--threads", type=int, default=4, help="of each page process")
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, cluster(SAFE) as server:
        table = _run(Path(folder), _by_socket(server), asked)
    print(table)
    if asked.write:
        parts = README.read_text(encoding="utf-8").split("<!-- table -->")
        README.write_text(f"{parts[0]}<!-- table -->\n{table}\n<!-- table -->{parts[2]}", encoding="utf-8")


def _by_socket(server: str) -> str:
    with psycopg.connect(f"{server}/postgres") as link:
        found = link.execute("SELECT current_setting('unix_socket_directories'), current_setting('port')").fetchone()
    assert found is not None
    return f"postgres://ortoo@:{found[1]}/postgres?host={found[0]}"


def _run(folder: Path, database: str, asked: argparse.Namespace) -> str:
    os.environ["ORTOO_HUB"] = "off"  # What is measured is the pages.
    with Shell(folder / "var", database) as shell:
        clerks = clerks_in(shell.run(BUILD.format(counties=asked.clerks // 2, clerks=2, seats=2)))
    app = LiveApp(folder / "var", database, options=("--empty", "--workers", str(asked.workers), "--threads", str(asked.threads)))
    many = f"{len(clerks)} clerks"
    try:
        app.start()
        for clerk in clerks[:8]:
            clerk.look(app.url)  # the first request of a process loads its templates
        at_work = _timed(app, lambda: _at_work(clerks, app.url, asked.seconds, asked.every))
        _empty(clerks, app.url)
        rush = _timed(app, lambda: _spread(clerks, app.url, RUSH))
        _empty(clerks, app.url)
        moment = _timed(app, lambda: [(_taken(status, text), seconds) for status, text, seconds in at_once(clerks, app.url)])
        signed_in = _timed(app, lambda: _only_signed_in(clerks, app.url))
        processes = sum(" pages " in line for line in app.processes().values()) - 1  # One of them only keeps the others.
    finally:
        app.stop()
    load = os.getloadavg()[0]
    said = f"{os.cpu_count()} cores, Python {platform.python_version()}, PostgreSQL, page processes: {processes}; load {load:.1f} at the end.\n"
    rows = [
        _row(f"{many} at work, one act in {asked.every:g} s each", *at_work),
        _row(f"{many}, each once within {RUSH:g} s", *rush),
        _row(f"{many}, all in one moment", *moment),
        _row(f"{many}, all in one moment, only signed in", *signed_in),
    ]
    return "\n".join([said, HEAD, *rows])


def _timed(app: LiveApp, work: Callable[[], Answers]) -> tuple[Answers, Cpu]:
    """What was answered, and what it took."""
    before = _cpu(app)
    answers = work()
    after = _cpu(app)
    return answers, Cpu(after.pages - before.pages, after.database - before.database, after.asking - before.asking)


def _cpu(app: LiveApp) -> Cpu:
    pages = [pid for pid, line in app.processes().items() if " pages " in line or "granian" in line]
    database = [pid for pid, line in below(os.getpid()).items() if "postgres" in line.split(" ")[0]]
    return Cpu(_seconds_of(pages), _seconds_of(database), time.process_time())


def _seconds_of(pids: Iterable[int]) -> float:
    ticks = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _only_signed_in(clerks: Sequence[Clerk], url: str) -> Answers:
    """All at one moment ask what takes nothing but finding out who asks; 405 is what they should get."""
    start, found = threading.Barrier(len(clerks)), []

    def one(clerk: Clerk) -> None:
        start.wait()
        began = time.perf_counter()
        status = clerk.only_sign_in(url)
        found.append((200 if status == 405 else 500, time.perf_counter() - began))

    _together([lambda clerk=clerk: one(clerk) for clerk in clerks])
    return found


def _empty(clerks: Sequence[Clerk], url: str) -> None:
    """Nobody is put forward any more; the two clerks of a county one after the other, as both take whom the page names first."""
    for half in (clerks[::2], clerks[1::2]):
        for first in range(0, len(half), 8):
            _together([lambda clerk=clerk: clerk.withdraw(url) and None for clerk in half[first : first + 8]])


def _taken(status: int, text: str) -> int:
    """The status, 409 for a page that says no: then less was done than is to be measured."""
    return status if status != 200 or 'id="candidate-' in text else 409


def _spread(clerks: Sequence[Clerk], url: str, within: float) -> Answers:
    """Each puts its person forward once, at a moment of its own."""
    found: Answers = []

    def one(number: int, clerk: Clerk) -> None:
        time.sleep(random.Random(number).uniform(0, within))
        began = time.perf_counter()
        status, text = clerk.propose(url)
        found.append((_taken(status, text), time.perf_counter() - began))

    _together([lambda number=number, clerk=clerk: one(number, clerk) for number, clerk in enumerate(clerks)])
    return found


def _together(acts: Sequence[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=act) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _at_work(clerks: Sequence[Clerk], url: str, seconds: float, every: float) -> Answers:
    """(status, seconds) of every answer."""
    found: Answers = []
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

    _together([lambda number=number, clerk=clerk: one(number, clerk) for number, clerk in enumerate(clerks)])
    return found


def _row(what: str, answers: Answers, cpu: Cpu) -> str:
    times = sorted(seconds * 1000 for _status, seconds in answers)
    errors = sum(status not in (200, 302) for status, _seconds in answers)
    p95 = statistics.quantiles(times, n=20)[-1]
    pages, database, asking = (1000 * seconds / len(times) for seconds in (cpu.pages, cpu.database, cpu.asking))
    middle = statistics.median(times)
    return (
        f"| {what} | {len(times)} | {errors} | {middle:.0f} | {p95:.0f} | {p95 / LIMIT_MS:.2f} | {times[-1]:.0f} "
        f"| {pages:.1f} | {database:.1f} | {asking:.1f} |"
    )


if __name__ == "__main__":
    main()
