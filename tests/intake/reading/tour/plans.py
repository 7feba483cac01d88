"""Plans of tours as different clerks would write them, made in memory."""

import io
from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl

from ortoo.intake.reading.days import Frame
from ortoo.intake.reading.directory import Directory, read_directory
from ortoo.intake.reading.tour.read import ReadTour, read_tour

DATA = Path(__file__).parents[3] / "data"
UNITS, SAMPLE = DATA / "rosters" / "units.xlsx", DATA / "tour" / "tour.xlsx"
FRAME = Frame(date(2023, 6, 19), date(2023, 7, 13))
Rows = Sequence[Sequence[Any]]
STOPS: Rows = [
    ["站点", "旗县区代码", "场地", "座位数", "可用日期", "要求"],
    ["警官学院", "150105", "学院礼堂", 900, "6月19日、6月20日", "首站"],
    ["包头", "150203", "少年宫", 800, "6月27日", None],
    ["呼和浩特", "150104", "人民会堂", 1230, "7月12日", "末站"],
]
SPEAKERS: Rows = [
    ["姓名", "工号", "题目", "不能参加日期", "替讲人"],
    ["乌恩", "070010", "守望", "6月23日", "李青原"],
    ["李青原", "070049", "马鞍", None, None],
]
DELEGATIONS: Rows = [["单位", "类别", "申请座位", "优先"], ["指导组", "指导组", 18, 1], ["厅局01", "厅局", 90, 2]]


@cache
def directory() -> Directory:
    """The directory that comes with the rosters."""
    return read_directory(UNITS.read_bytes(), "units.xlsx")


def workbook(sheets: dict[str, Rows], merges: dict[str, Sequence[str]] | None = None, hidden: Sequence[str] = ()) -> bytes:
    """An xlsx with these sheets."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for area in (merges or {}).get(name, ()):
            sheet.merge_cells(area)
        if name in hidden:
            sheet.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def plan(
    stops: Rows = STOPS, speakers: Rows = SPEAKERS, delegations: Rows = DELEGATIONS, merges: Sequence[str] = (), more: dict[str, Rows] | None = None,
    hidden: Sequence[str] = (),
) -> ReadTour:  # fmt: skip
    """What is read from a workbook of these three tables."""
    sheets = {"站点": stops, "讲述人": speakers, "末站代表团": delegations, **(more or {})}
    data = workbook({name: rows for name, rows in sheets.items() if rows}, {"站点": merges}, hidden)
    return read_tour(data, "plan.xlsx", directory(), FRAME)


def kinds(tour: ReadTour, *severities: str) -> list[str]:
    """Kinds of problems, notes left out unless asked for."""
    wanted = severities or ("hold", "warn")
    return [problem.kind for problem in tour.problems if problem.severity in wanted]


def days(*numbers: str) -> frozenset[date]:
    """0619 is 19 June."""
    return frozenset(date(2023, int(number[:2]), int(number[2:])) for number in numbers)


def midnight(year: int, month: int, day: int) -> datetime:
    """A day as workbooks keep it: a moment without a zone."""
    return datetime(year, month, day)  # noqa: DTZ001
