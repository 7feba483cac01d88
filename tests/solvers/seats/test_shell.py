import json
from pathlib import Path

import pytest

from ortoo_solvers.__main__ import main
from ortoo_solvers.core import write
from ortoo_solvers.seats import Delegation, Problem


def run(problem: Problem, folder: Path) -> tuple[int, dict[str, object]]:
    path, out = folder / "problem.json", folder / "solution.json"
    with path.open("w", encoding="utf-8") as stream:
        write(problem, stream)
    code = main(["seats", str(path), "--out", str(out)])
    said: dict[str, object] = json.loads(out.read_text(encoding="utf-8"))
    return code, said


def test_seats_writes_shares_and_blocks(tmp_path: Path) -> None:
    code, said = run(Problem((Delegation("甲", 3), Delegation("乙", 4, 2)), None, ("ooo|ooo",)), tmp_path)
    assert (code, said["given"]) == (0, 6)
    assert isinstance(said["blocks"], dict) and said["blocks"]["pieces"] == 2


def test_seats_refuses_floors_above_the_seats(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = run(Problem((Delegation("甲", 9, floor=9),), 5), tmp_path)
    assert (code, said) == (3, {"floors": 9, "seats": 5})
    assert "the floors add up to 9" in capsys.readouterr().err
