import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ortoo_solvers.__main__ import main
from ortoo_solvers.roundtables import Person, Problem, Solution, portfolio, shell, solve
from ortoo_solvers.roundtables.portfolio import SEED_STEP, solve_in_parallel


def plain(groups: int, size: int, evenings: int) -> Problem:
    return Problem(tuple(Person(str(n)) for n in range(groups * size)), size, evenings, tables=groups)


def workers_of(process: int) -> int:
    """How many workers it has begun; the operating system says so."""
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
        return sum(b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes() for child in children)
    except OSError:
        return 0


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc to see the workers")
@pytest.mark.parametrize("later", [0.0, 2.0], ids=["at their start", "later"])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_to_the_whole_group_leaves_the_best_so_far(number: int, later: float, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    words = ["--groups", "6", "--size", "6", "--evenings", "6", "--seconds", "120", "--workers", "2", "--out", str(out)]
    command = [sys.executable, "-m", "ortoo_solvers", "roundtables", *words]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True) as process:
        until = time.monotonic() + 60
        while workers_of(process.pid) < 2 and time.monotonic() < until:
            time.sleep(0.01)
        time.sleep(later)
        os.killpg(process.pid, number)
        _, said = process.communicate(timeout=60)
    assert (process.returncode, said) == (0, "")
    assert len(json.loads(out.read_text(encoding="utf-8"))["evenings"]) == 6


def test_with_iterations_the_cheapest_answer_of_all_workers_is_taken_each_time() -> None:
    problem = plain(4, 4, 3)
    alone = [solve(problem, seed=3 + number * SEED_STEP, iterations=200_000) for number in range(2)]
    first = min(alone, key=lambda solution: solution.cost)
    assert [solve_in_parallel(problem, seed=3, iterations=200_000).evenings for _ in range(2)] == [first.evenings] * 2


def test_no_worker_left_is_a_search_of_ones_own(monkeypatch: pytest.MonkeyPatch) -> None:
    def died(*_: object) -> object:
        ours, its = multiprocessing.Pipe()
        its.close()
        return ours

    monkeypatch.setattr(portfolio, "_started", died)
    found: Solution = solve_in_parallel(plain(3, 3, 4), seed=1, iterations=10)
    assert found.optimal


def test_no_worker_is_begun_where_a_construction_leaves_nothing_to_search_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portfolio, "_started", lambda *_given: pytest.fail("a worker was begun"))
    found = solve_in_parallel(plain(5, 5, 6), workers=2, seconds=60)
    assert (found.repeats, found.optimal, found.method) == (0, True, "lines")


@pytest.mark.parametrize(
    ("words", "begun"),
    [([], 3), (["--iterations", "1000"], 1), (["--workers", "2"], 2), (["--size", "1000"], 1), (["--seconds", "3"], 1)],
)
def test_workers_unless_told_are_the_cores_but_one_where_the_answer_may_not_hang_on_them(
    words: list[str], begun: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[int] = []

    def note(problem: Problem, *_given: object, workers: int = 1, **_more: object) -> Solution:
        asked.append(workers)
        return solve(problem, iterations=0)

    monkeypatch.setattr(shell, "cores", lambda: 3)
    monkeypatch.setattr(shell, "solve_in_parallel", note)
    monkeypatch.setattr(shell, "solve", note)
    assert (
        main(["roundtables", "--groups", "6", "--size", "6", "--evenings", "4", "--out", str(tmp_path / "tables.json"), *words])
        == 0
    )
    assert asked == [begun]
    assert json.loads((tmp_path / "tables.json").read_text())["evenings"]
