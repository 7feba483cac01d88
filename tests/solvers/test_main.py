import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from ortoo_solvers.__main__ import main
from ortoo_solvers.core import read, write
from ortoo_solvers.rotation import Person, Problem, Solution, Term, solve

SOUND = Problem(people=(Person("a", "甲"), Person("b", prefers="2", preference_price=3)), terms=(Term("1"), Term("2")))
COLLIDING = Problem(people=(Person("a", "甲", pin="1", blocked=frozenset("1")),), terms=(Term("1"),))


def file_of(problem: Problem, folder: Path) -> str:
    path = folder / "problem.json"
    with path.open("w", encoding="utf-8") as stream:
        write(problem, stream)
    return str(path)


def test_main_writes_the_solution(tmp_path: Path) -> None:
    out = tmp_path / "solution.json"
    assert main(["rotation", file_of(SOUND, tmp_path), "--out", str(out), "--seconds", "60", "--seed", "3"]) == 0
    with out.open(encoding="utf-8") as stream:
        solution = read(Solution, stream)
    assert solution.assignment == solve(SOUND, seed=3).assignment


def test_main_reads_and_writes_the_standard_streams() -> None:
    stream = io.StringIO()
    write(SOUND, stream)
    command = [sys.executable, "-m", "ortoo_solvers", "rotation"]
    source = Path(__file__).parents[2] / "src"
    done = subprocess.run(command, input=stream.getvalue().encode(), capture_output=True, cwd=source, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["optimal"] is True


def test_main_names_the_rules_that_collide(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "collision.json"
    assert main(["rotation", file_of(COLLIDING, tmp_path), "--out", str(out)]) == 3
    assert "甲" in capsys.readouterr().err
    assert [rule["kind"] for rule in json.loads(out.read_text(encoding="utf-8"))["loosening"]] == ["pin"]


@pytest.mark.parametrize("text", ["", "{", '{"people": [{}], "terms": []}', "\x00"])
def test_main_refuses_bad_input_with_a_place_and_no_traceback(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "problem.json"
    path.write_text(text, encoding="utf-8")
    assert main(["rotation", str(path)]) == 2
    told = capsys.readouterr().err
    assert "problem.json" in told
    assert "Traceback" not in told


def test_main_refuses_a_file_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rotation", "nowhere.json"]) == 2
    assert "nowhere.json" in capsys.readouterr().err
