import io
import json
from pathlib import Path

import pytest
from tests.solvers.timetable.instances import CTT, SMALL
from tests.solvers.timetable.planted import Kind, planted

from ortoo_solvers.__main__ import main
from ortoo_solvers.core import write
from ortoo_solvers.timetable import Problem, read_timetable, score


@pytest.fixture
def instance(tmp_path: Path) -> str:
    path = tmp_path / "small.ctt"
    path.write_text(CTT)
    return str(path)


def run(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, object]:
    assert main(["timetable", *words]) == 0
    said: dict[str, object] = json.loads(capsys.readouterr().out)
    return said


def judged(path: Path) -> tuple[int, int]:
    found = score(SMALL, read_timetable(path.read_text().splitlines()))
    return found.hard, found.soft


@pytest.mark.parametrize("workers", ["1", "2"])
def test_timetable_writes_lines_and_one_json_object(
    instance: str, workers: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "small.sol"
    said = run(capsys, instance, "--iterations", "300000", "--seed", "3", "--out", str(out), "--workers", workers)
    assert (said["cost"], said["hard"], said["bound"], said["gap"]) == (0, 0, 0, 0)
    assert judged(out) == (0, 0)


@pytest.mark.parametrize("workers", ["0", "-1", "two"])
def test_timetable_refuses_fewer_workers_than_one(instance: str, workers: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as told:
        main(["timetable", instance, f"--workers={workers}"])
    assert told.value.code == 2
    assert "--workers" in capsys.readouterr().err


def test_timetable_reads_json_too_and_stops_at_its_target(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The bound of the term stays below its cost, so nothing else ends a thousand million proposals."""
    path, stream = tmp_path / "term.json", io.StringIO()
    write(planted(Kind("term", 20, 60, 4, 5, 4, 12, 3.0, 0.3), 0), stream)
    path.write_text(stream.getvalue())
    said = run(capsys, str(path), "--iterations", "1000000000", "--target", "1000000")
    assert isinstance(said["iterations"], int)
    assert said["iterations"] < 10_000_000
    assert isinstance(said["lectures"], list)
    assert len(said["lectures"]) == 60


def test_timetable_begins_from_an_old_one(instance: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = tmp_path / "old.sol", tmp_path / "new.sol"
    run(capsys, instance, "--iterations", "300000", "--out", str(old))
    run(capsys, instance, "--iterations", "1000", "--start", str(old), "--out", str(new))
    assert judged(new) == (0, 0)


def test_timetable_takes_a_file_with_a_mark_at_its_beginning(instance: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path(instance).write_text(CTT, encoding="utf-8-sig")
    assert run(capsys, instance, "--iterations", "300000")["cost"] == 0


def test_timetable_says_which_line_is_not_utf_8(instance: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path(instance).write_bytes(CTT.encode().replace(b"talk A", b"t\xef A"))
    assert main(["timetable", instance]) == 2
    assert "line 12: not UTF-8: byte 0xef" in capsys.readouterr().err


def test_no_seconds_at_all_still_give_a_timetable(instance: str, capsys: pytest.CaptureFixture[str]) -> None:
    crowded = CTT.replace("Rooms: 2", "Rooms: 1").replace("hall 50\n", "")
    Path(instance).write_text(crowded)
    said = run(capsys, instance, "--seconds", "0")
    assert said["hard"] == 0 and isinstance(said["iterations"], int) and said["iterations"] < 20_000_000


def test_what_cannot_be_written_is_said_first(instance: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for out in (str(tmp_path / "no" / "a.sol"), str(tmp_path)):
        assert main(["timetable", instance, "--out", out]) == 2
        said = capsys.readouterr()
        assert out in said.err and instance not in said.err and said.out == ""


def test_timetable_says_where_a_file_is_wrong(instance: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path(instance).write_text(CTT.replace("Days: 3", "Days: some"))
    assert main(["timetable", instance]) == 2
    assert "line 4" in capsys.readouterr().err


def test_timetable_names_what_cannot_be(instance: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path(instance).write_text(CTT.replace("law B 3 2 45", "law B 13 2 45"))
    assert main(["timetable", instance]) == 3
    assert "course law: 13 lectures" in capsys.readouterr().err


def test_timetable_refuses_a_start_of_another_problem(instance: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = tmp_path / "old.sol"
    old.write_text("gone hall 0 0\n")
    assert main(["timetable", instance, "--start", str(old)]) == 2
    assert "gone" in capsys.readouterr().err


def test_problem_comes_back_from_json() -> None:
    from ortoo_solvers.core import read

    stream = io.StringIO()
    write(SMALL, stream)
    stream.seek(0)
    assert read(Problem, stream) == SMALL
