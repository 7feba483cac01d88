import json
from pathlib import Path

import pytest

from ortoo_solvers.__main__ import main
from ortoo_solvers.core import write
from ortoo_solvers.rooms import Person, Problem, Room


def test_rooms_reads_and_writes_json(tmp_path: Path) -> None:
    path, out = tmp_path / "problem.json", tmp_path / "solution.json"
    with path.open("w", encoding="utf-8") as stream:
        write(Problem((Person("甲", "f"), Person("乙", "f")), (Room("101"),)), stream)
    assert main(["rooms", str(path), "--out", str(out)]) == 0
    assert json.loads(out.read_text(encoding="utf-8"))["places"] == {"甲": "101", "乙": "101"}


def test_rooms_refuses_what_contradicts_itself(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "problem.json"
    path.write_text('{"people": [], "rooms": [{"key": "101", "beds": 9}]}', encoding="utf-8")
    assert main(["rooms", str(path)]) == 2
    assert "101 has 9 beds" in capsys.readouterr().err
