"""The one-shot command on the sample, on bad input, on tours that cannot be, and planned anew."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import icalendar
import openpyxl
import pypdf
import pytest
from tests.intake.reading.tour.plans import DELEGATIONS, SAMPLE, SPEAKERS, STOPS, UNITS, Rows, workbook
from tests.touring.naive import best

from ortoo.touring.command import BAD_INPUT, INFEASIBLE, PLANNED, main

WINDOW = ("2023-06-19", "2023-07-13")


def run(
    out: Path, *more: str, plan: Path = SAMPLE, units: Path = UNITS, window: tuple[str, str] = WINDOW, lang: str = "zh"
) -> int:
    return main(
        [
            "--units",
            str(units),
            "--plan",
            str(plan),
            "--from",
            window[0],
            "--to",
            window[1],
            "--out",
            str(out),
            "--lang",
            lang,
            *more,
        ]
    )


def result(out: Path) -> dict[str, Any]:
    said: dict[str, Any] = json.loads((out / "tour.json").read_text(encoding="utf-8"))
    return said


def written(tmp_path: Path, stops: Rows = STOPS, speakers: Rows = SPEAKERS, delegations: Rows = DELEGATIONS) -> Path:
    file = tmp_path / "plan.xlsx"
    file.write_bytes(workbook({"站点": stops, "讲述人": speakers, "末站代表团": delegations}))
    return file


def test_tour_is_the_shortest_that_trying_everything_finds(tmp_path: Path) -> None:
    assert run(tmp_path) == PLANNED
    said = result(tmp_path)
    kilometres, last = best(SAMPLE, UNITS)
    assert said["kilometres"] == pytest.approx(kilometres, abs=0.002)
    assert (said["bound"], said["optimal"], said["last_date"]) == (said["kilometres"], True, last.isoformat())
    assert [stop["stop"] for stop in said["stops"]] == ["警官学院", "兴安盟", "巴彦淖尔", "阿拉善", "包头", "呼和浩特"]
    assert sum(leg["kilometres"] for leg in said["legs"]) == pytest.approx(said["kilometres"], abs=0.01)
    assert said["nights"] == (date.fromisoformat(said["last_date"]) - date.fromisoformat(said["first_date"])).days


def test_rest_days_by_the_plain_great_circle_would_not_change_the_sample() -> None:
    assert best(SAMPLE, UNITS, factor_for_rest=1.3) == best(SAMPLE, UNITS)


def test_tour_gives_all_seats_of_the_last_hall_with_their_arithmetic(tmp_path: Path) -> None:
    run(tmp_path)
    said = result(tmp_path)
    assert (said["total_seats"], sum(each["seats"] for each in said["delegations"])) == (1230, 1230)
    assert all(each["seats"] <= each["asked"] for each in said["delegations"])
    assert all(each["seats"] == each["asked"] for each in said["delegations"] if each["priority"] <= 2)
    assert len(said["apportionment"]["without"]) == 6
    third = next(each for each in said["apportionment"]["classes"] if each["priority"] == 3)
    assert (third["available"], third["given"], len(third["rounds"])) == (394, 394, 394)
    divisor = third["divisor"]
    for each in (each for each in said["delegations"] if each["priority"] == 3):
        assert each["seats"] == round(each["asked"] / ((divisor["above"]["about"] + divisor["up_to"]["about"]) / 2))


def test_floor_gives_everybody_some(tmp_path: Path) -> None:
    run(tmp_path, "--floor", "2")
    assert min(each["seats"] for each in result(tmp_path)["delegations"]) == 2


def test_tour_writes_every_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(tmp_path)
    assert {file.name for file in tmp_path.iterdir()} == {"tour.json", "tour.xlsx", "itinerary.pdf", "tour.ics"}
    out = capsys.readouterr().out
    assert "已证明最短" in out and "没有分到座位" in out
    names = openpyxl.load_workbook(tmp_path / "tour.xlsx").sheetnames
    assert (
        names[:2] == ["概况", "1 警官学院"]
        and names[7] == "乌恩"
        and names[-4:] == ["座位分配", "分配算式", "需要看一看", "说明"]
    )
    pages = pypdf.PdfReader(tmp_path / "itinerary.pdf").pages
    assert len(pages) == 1 + 6 + 8
    assert "阿拉善" in pages[4].extract_text() and "乌恩的行程" in pages[7].extract_text()
    events = icalendar.Calendar.from_ical((tmp_path / "tour.ics").read_bytes()).walk("VEVENT")
    assert [event.decoded("dtstart").isoformat() for event in events] == [stop["date"] for stop in result(tmp_path)["stops"]]


def test_tour_speaks_english(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, lang="en") == PLANNED
    assert "proved shortest" in capsys.readouterr().out
    assert openpyxl.load_workbook(tmp_path / "tour.xlsx").sheetnames[0] == "Overview"


def test_tour_is_the_same_twice(tmp_path: Path) -> None:
    run(tmp_path / "a")
    run(tmp_path / "b")
    said = [result(tmp_path / name) | {"seconds": 0} for name in "ab"]
    assert said[0] == said[1]
    assert (tmp_path / "a/tour.ics").read_bytes() == (tmp_path / "b/tour.ics").read_bytes()


def test_understudies_step_in_and_the_reason_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stops = [STOPS[0], ["包头", "150203", "少年宫", 800, "6月23日", None]]
    assert run(tmp_path / "out", plan=written(tmp_path, stops)) == PLANNED
    (stop,) = result(tmp_path / "out")["stops"]
    talk = stop["speakers"][0]
    assert (talk["speaker"], talk["given_by"], talk["given_by_staff_no"], talk["understudy"]) == (
        "乌恩",
        "李青原",
        "070049",
        True,
    )
    assert talk["why"] == "乌恩6月23日不能参加"
    assert "李青原替乌恩" in capsys.readouterr().out


def test_doubts_are_written_with_their_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    speakers = [SPEAKERS[0], [*SPEAKERS[1][:4], "王不在"], SPEAKERS[2]]
    assert run(tmp_path / "out", plan=written(tmp_path, speakers=speakers)) == PLANNED
    (row,) = list(openpyxl.load_workbook(tmp_path / "out/problems.xlsx")["需要看一看"].iter_rows(min_row=2, values_only=True))
    assert row[:6] == ("plan.xlsx", "讲述人", 2, "E", "替讲人", "王不在")
    assert "王不在" in str(row[6]) and row[7]
    assert "1处需要看一看" in capsys.readouterr().out
    assert run(tmp_path / "out", plan=written(tmp_path)) == PLANNED
    assert not (tmp_path / "out/problems.xlsx").exists()


@pytest.mark.parametrize(
    ("row", "column", "value", "said"),
    [(2, 1, "150299", "第3行B列"), (2, 4, "等通知", "第3行"), (2, 5, "首站", "首站")],
)
def test_bad_input_says_what_and_where(tmp_path: Path, capsys, row: int, column: int, value: str, said: str) -> None:
    stops = [list(each) for each in STOPS]
    stops[row][column] = value
    assert run(tmp_path / "out", plan=written(tmp_path, stops)) == BAD_INPUT
    error = capsys.readouterr().err
    assert said in error and "包头" in error
    assert (tmp_path / "out/problems.xlsx").exists()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"window": ("2023-07-13", "2023-06-19")}, "--to"),
        ({"window": ("2023-01-01", "2029-01-01")}, "366"),
        ({"plan": Path("gone.xlsx")}, "gone.xlsx"),
        ({"units": SAMPLE}, "单位代码"),
        ({"plan": UNITS}, "没有找到站点和场地的表"),
    ],
)
def test_files_and_days_that_cannot_be_used_are_said(tmp_path: Path, capsys, changed: dict[str, Any], said: str) -> None:
    assert run(tmp_path, **changed) == BAD_INPUT
    assert said in capsys.readouterr().err


def test_a_day_that_is_none_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(tmp_path, window=("6月19日", "2023-07-13"))
    assert (ended.value.code, "6月19日不是日期" in capsys.readouterr().err) == (BAD_INPUT, True)


def test_wrong_wishes_are_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "other.json"
    other.write_text("{}")
    for wish in (
        ["--pin", "包头=昨天"],
        ["--pin", "火星=2023-07-01"],
        ["--without", "包头/火星"],
        ["--keep", str(other)],
        ["--keep", "gone.json"],
    ):
        assert run(tmp_path / "out", *wish) == BAD_INPUT
        assert wish[1].split("/")[-1] in capsys.readouterr().err


def test_a_tour_that_cannot_be_names_what_collides_and_what_mends_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stops = [*STOPS[:2], ["包头", "150203", "少年宫", 800, "6月23日", None], STOPS[3]]
    speakers = [SPEAKERS[0], [*SPEAKERS[1][:4], None], SPEAKERS[2]]
    assert run(tmp_path / "out", plan=written(tmp_path, stops, speakers)) == INFEASIBLE
    error = capsys.readouterr().err
    assert "包头" in error and "少年宫6月23日:乌恩那天不能参加,没有指定替讲人" in error.replace("：", ":").replace("，", ",")
    assert "改动最小的办法" in error
    assert not (tmp_path / "out/tour.json").exists()


def test_doubts_that_may_be_the_reason_are_told_with_the_collision(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stops = [*STOPS[:2], ["包头", "150203", "少年宫", 800, "6月23日", None], STOPS[3]]
    speakers = [SPEAKERS[0], [*SPEAKERS[1][:4], "王不在"], SPEAKERS[2]]
    assert run(tmp_path / "out", plan=written(tmp_path, stops, speakers)) == INFEASIBLE
    error = capsys.readouterr().err
    assert "讲述人”第2行E列" in error and "王不在" in error


def test_bad_input_says_what_to_do_and_which_counties_may_be_meant(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stops = [list(each) for each in STOPS]
    stops[2][1] = "150200"
    assert run(tmp_path / "out", plan=written(tmp_path, stops), lang="en") == BAD_INPUT
    error = capsys.readouterr().err
    assert "row 3, column B" in error and "Choose the unit" in error and "150203 昆都仑区" in error


def test_floors_above_the_hall_are_infeasible(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    delegations = [[*DELEGATIONS[0], "保底"], ["甲", "", 900, 1, 800], ["乙", "", 900, 1, 800]]
    assert run(tmp_path / "out", plan=written(tmp_path, delegations=delegations)) == INFEASIBLE
    assert "1600" in capsys.readouterr().err


def test_seats_of_unknown_halls_are_not_apportioned(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stops = [*STOPS[:3], ["呼和浩特", "150104", "人民会堂", "很多", "7月12日", "末站"]]
    assert run(tmp_path / "out", plan=written(tmp_path, stops)) == PLANNED
    assert (result(tmp_path / "out")["total_seats"], "座位数不详" in capsys.readouterr().out) == (None, True)


def test_a_hall_that_falls_away_changes_as_little_as_possible(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(tmp_path / "a")
    told = {stop["stop"]: (stop["date"], stop["hall"]) for stop in result(tmp_path / "a")["stops"]}
    assert run(tmp_path / "b", "--keep", str(tmp_path / "a/tour.json"), "--without", "阿拉善/文化馆剧场") == PLANNED
    said = result(tmp_path / "b")
    now = {stop["stop"]: (stop["date"], stop["hall"]) for stop in said["stops"]}
    assert said["changes"] == {"stops": 2, "bound": 2}
    assert {stop for stop in told if told[stop] != now[stop]} == {"阿拉善", "巴彦淖尔"}
    assert "改动2站,至少要改2站" in capsys.readouterr().out


def test_pins_hold(tmp_path: Path) -> None:
    assert run(tmp_path, "--pin", "包头=2023-07-02", "--pin", "阿拉善=会展中心") == PLANNED
    stops = {stop["stop"]: stop for stop in result(tmp_path)["stops"]}
    assert (stops["包头"]["date"], stops["阿拉善"]["hall"]) == ("2023-07-02", "会展中心")
