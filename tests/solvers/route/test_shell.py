import json
from pathlib import Path

import pytest
from tests.solvers.route.test_score import PROBLEM
from tests.solvers.route.test_solve import line

from ortoo_solvers.__main__ import main
from ortoo_solvers.core import read, write
from ortoo_solvers.route import Problem, Solution, solve


def file_of(problem: Problem, folder: Path) -> str:
    path = folder / "problem.json"
    with path.open("w", encoding="utf-8") as stream:
        write(problem, stream)
    return str(path)


def test_route_writes_the_solution(tmp_path: Path) -> None:
    out = tmp_path / "solution.json"
    assert main(["route", file_of(PROBLEM, tmp_path), "--out", str(out), "--seconds", "60"]) == 0
    with out.open(encoding="utf-8") as stream:
        assert read(Solution, stream).visits == solve(PROBLEM).visits


def test_route_tells_a_collision_in_both_languages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "collision.json"
    assert main(["route", file_of(line((4,), (4,)), tmp_path), "--out", str(out)]) == 3
    assert json.loads(out.read_text())["kind"] == "no_order"
    told = capsys.readouterr().err
    assert "改动最小的办法" in told and "The cheapest loosening" in told


def test_route_says_where_the_problem_is_malformed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "problem.json"
    path.write_text('{"stops": []}')
    assert main(["route", str(path)]) == 2
    assert "problem.json: places: missing" in capsys.readouterr().err
