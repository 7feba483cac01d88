import json
from pathlib import Path

import pytest

from ortoo_solvers.__main__ import main
from ortoo_solvers.roundtables import Misfit, Person, read_people

PEOPLE = "person,group,note_taker,away\n王一,甲旗,1,\n李二,甲旗,,2\n赵三,乙县,1,1;2\n钱四,乙县,0,\n"


def run(out: Path, *words: str) -> dict[str, object]:
    assert main(["roundtables", *words, "--out", str(out)]) == 0
    said: dict[str, object] = json.loads(out.read_text(encoding="utf-8"))
    return said


def test_roundtables_writes_evenings_of_numbers(tmp_path: Path) -> None:
    said = run(tmp_path / "out.json", "--groups", "4", "--size", "4", "--evenings", "5", "--seconds", "5", "--seed", "1")
    assert (said["meetings"], said["repeats"], said["bound"]) == (120, 0, 120)
    evenings = said["evenings"]
    assert isinstance(evenings, list)
    assert all(sorted(p for table in evening for p in table) == list(range(16)) for evening in evenings)


def test_roundtables_reads_people(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(PEOPLE, encoding="utf-8-sig")
    words = ("--groups", "2", "--size", "2", "--evenings", "2", "--iterations", "2000", "--people", str(tmp_path / "people.csv"))
    evenings = run(tmp_path / "out.json", *words)["evenings"]
    assert isinstance(evenings, list)
    assert [sorted(p for table in evening for p in table) for evening in evenings] == [["李二", "王一", "钱四"], ["王一", "钱四"]]


def test_read_people_reads_every_column() -> None:
    people = read_people(PEOPLE.splitlines(), 2)
    assert people[0] == Person("王一", "甲旗", True)
    assert people[2].away == {0, 1}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("name\nx\n", "line 1: no column person"),
        ("person,seat\nx,1\n", "unknown column seat"),
        ("person,away\nx,3\n", "line 2: away should name evenings from 1 to 2"),
        ("person,note_taker\nx,yes\n", "line 2: note_taker"),
        ("person\nx,y\n", "line 2: more cells"),
        ("person,group\n,甲旗\n", "line 2: no person"),
        ("", "line 1"),
    ],
)
def test_read_people_says_which_line_is_wrong(text: str, says: str) -> None:
    with pytest.raises(Misfit, match=says):
        read_people(text.splitlines(), 2)


@pytest.mark.parametrize("words", [["--groups", "0", "--size", "3", "--evenings", "1"], ["--groups", "2", "--size", "3", "--evenings", "1", "--people", "nowhere.csv"]])  # fmt: skip
def test_roundtables_refuses_bad_input(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["roundtables", *words]) == 2
    assert "Traceback" not in capsys.readouterr().err
