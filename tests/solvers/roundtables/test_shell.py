import json
import re
from pathlib import Path

import pytest

from ortoo_solvers.__main__ import main
from ortoo_solvers.roundtables import Misfit, Person, read_people
from ortoo_solvers.roundtables.people import decoded

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


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_roundtables_reads_what_a_spreadsheet_writes(tmp_path: Path, encoding: str, between: str) -> None:
    """Chinese headings and yes or no; evenings with the marks that people put between them."""
    rows = [
        ["姓名", "单位", "记录员", "请假"],
        ["王一", "甲旗", "是", "1、２"],
        ["李二", "乙县", "否", "2；3"],
        ["赵三", "", "", "1 3"],
    ]
    text = "\r\n".join(between.join(row) for row in rows) + "\r\n\r\n"
    people = read_people(decoded(text.encode(encoding)).split("\n"), 3)
    assert people == (
        Person("王一", "甲旗", True, frozenset({0, 1})),
        Person("李二", "乙县", False, frozenset({1, 2})),
        Person("赵三", None, False, frozenset({0, 2})),
    )
    (tmp_path / "人员.csv").write_bytes(text.encode(encoding))
    words = ("--groups", "2", "--size", "2", "--evenings", "3", "--seconds", "0", "--people", str(tmp_path / "人员.csv"))
    evenings = run(tmp_path / "out.json", *words)["evenings"]
    assert isinstance(evenings, list)
    assert [sorted(evening) for evening in evenings] == [[[], ["李二"]], [[], ["赵三"]], [[], ["王一"]]]


def test_read_people_passes_over_running_numbers() -> None:
    assert [person.key for person in read_people(["序号,姓名", "1,王一", "2,李二"], 3)] == ["王一", "李二"]


def test_a_broken_utf_16_file_is_refused_with_its_line() -> None:
    with pytest.raises(Misfit, match="line 2: not whole UTF-16"):
        decoded("姓名\n王".encode("utf-16") + b"\x00\xd8")


def test_read_people_takes_a_quoted_list_and_any_yes() -> None:
    people = read_people(['Person,"Note_taker",away', 'x,Yes,"1, 2，3"', "y,TRUE,", "z,no"], 3)
    assert [(p.key, p.note_taker, sorted(p.away)) for p in people] == [("x", True, [0, 1, 2]), ("y", True, []), ("z", False, [])]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("year\nx\n", "line 1, column 1: unknown heading year; known are person (姓名), group (单位)"),
        ("group\nx\n", "line 1: no column person (姓名)"),
        ("person,seat\nx,1\n", "line 1, column 2: unknown heading seat"),
        ("姓名,单位,person\nx,y,z\n", "line 1, columns 1 (姓名) and 3 (person): the same twice"),
        ("person,away\nx,3\n", "line 2, column 2 (away): should name evenings from 1 to 2"),
        ("\nperson,away\n\nx,3\n", "line 4, column 2 (away)"),
        ('person,group\n"x\ny",A\nz,B\nz,C\n', "line 5, column 1 (person): z is on line 4 already"),
        ("person,note_taker\nx,maybe\n", "line 2, column 2 (note_taker): should be 是 or 否, yes or no, 1 or 0, not maybe"),
        ("person\nx,y\n", "line 2, column 2: y is below no heading"),
        ("person,group\n,甲旗\n", "line 2, column 1 (person): no person"),
        ('person,group\nx,"y\n', "line 2: unexpected end of data"),
        ("person\n", "line 2: nobody below the headings"),
        ("", "line 1: no column person"),
    ],
)
def test_read_people_says_which_line_is_wrong(text: str, says: str) -> None:
    with pytest.raises(Misfit, match=re.escape(says)):
        read_people(text.splitlines(), 2)


def test_decoded_says_which_line_is_no_text() -> None:
    with pytest.raises(Misfit, match="line 2: neither UTF-8 nor GB18030"):
        decoded(b"person\n\xff\xff\x00")


@pytest.mark.parametrize("words", [["--groups", "0", "--size", "3", "--evenings", "1"], ["--groups", "2", "--size", "3", "--evenings", "1", "--people", "nowhere.csv"]])  # fmt: skip
def test_roundtables_refuses_bad_input(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["roundtables", *words]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_roundtables_blames_the_file_of_people_that_cannot_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("person\nx\nx\n", encoding="utf-8")
    for path, says in ((tmp_path, "directory"), (tmp_path / "nowhere.csv", "No such file"), (wrong, "line 3, column 1 (person)")):
        assert main(["roundtables", "--groups", "2", "--size", "3", "--evenings", "1", "--people", str(path)]) == 2
        said = capsys.readouterr().err
        assert said.startswith(f"{path}: ")
        assert says in said


def test_no_seconds_are_none_and_not_as_many_as_usual(tmp_path: Path) -> None:
    said = run(tmp_path / "out.json", "--groups", "10", "--size", "10", "--evenings", "9", "--seconds", "0")
    assert said["iterations"] == 0
    assert run(tmp_path / "out.json", "--groups", "10", "--size", "10", "--evenings", "9", "--iterations", "0")["iterations"] == 0


@pytest.mark.parametrize("seconds", ["-1", "nan", "inf", "soon"])
def test_seconds_that_are_no_time_are_refused(seconds: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["roundtables", "--groups", "3", "--size", "3", "--evenings", "2", "--seconds", seconds])
    assert ended.value.code == 2
    assert f"argument --seconds: '{seconds}' is no number of seconds from 0 on" in capsys.readouterr().err
