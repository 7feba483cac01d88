"""The demo's files with their days moved, so that today lies inside: every habit of the clerk who wrote them stays.

The files say days in many ways (6月1日—6月10日, 6.1-6.10, 2023/6/1-2023/6/10, 5月14日到18日, 2023-03-26至2023-04-08, without
or with a year); each day is moved and written in the same way. A day that doesn't exist (6月31日) stays one.
"""

import calendar
import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import PurePath

import openpyxl

YEAR = 2023
DAY = re.compile(
    r"(?P<y>20\d\d)(?P<a>年|[-/])(?P<m>\d{1,2})(?P<b>月|[-/])(?P<d>\d{1,2})(?!\d)"
    r"|(?<![\d.])(?P<m2>\d{1,2})(?P<b2>月|\.)(?P<d2>\d{1,2})(?![\d.])"
    r"|(?P<to>[到至—-])(?P<d3>\d{1,2})(?=日)"
)
YEAR_SAID = re.compile(r"(?<!\d)(20\d\d)(?=年(?!\d))")
FILLED = re.compile(r"(填报日期[:：])[^\s]+")
ISO_IN_XLS = re.compile(rb"(?:\d\x00){4}-\x00(?:\d\x00){2}-\x00(?:\d\x00){2}")
YEAR_IN_XLS = re.compile(rb"2\x000\x00\d\x00\d\x00(?=\x74\x5e)")


@dataclass(frozen=True)
class Move:
    """By how many days everything moves, in which year the programme then begins, and when the forms were filled in."""

    days: timedelta
    year: int
    filled: date

    def day(self, year: int, month: int, day: int) -> date | None:
        """The day after moving; None when there is no such day."""
        if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
            return None
        return date(year, month, day) + self.days


def moved_text(text: str, move: Move) -> str:
    """A text with every day in it moved, each written as it was."""
    text = FILLED.sub(lambda found: f"{found[1]}{move.filled.year}年{move.filled.month}月{move.filled.day}日", text)
    pieces, place, month = [], 0, (0, 0, 0)
    for found in DAY.finditer(text) if not FILLED.search(text) else ():
        written, month = _written(found, move, month)
        pieces += [text[place : found.start()], written]
        place = found.end()
    return YEAR_SAID.sub(lambda found: str(int(found[1]) - YEAR + move.year), "".join([*pieces, text[place:]]))


def moved_file(name: str, data: bytes, move: Move) -> bytes:
    """A file with every day in it moved."""
    movers: dict[str, Callable[[bytes, Move], bytes]] = {".xlsx": _xlsx, ".xls": _xls, ".csv": _csv}
    return movers[PurePath(name).suffix](data, move)


def moved_rules(text: str, move: Move) -> str:
    """The rules' file with its days moved."""

    def moved(found: re.Match[str]) -> str:
        return str(date.fromisoformat(found[0]) + move.days)

    return re.sub(r"(?<!\d)\d{4}-\d\d-\d\d(?!\d)", moved, text)


def _written(found: re.Match[str], move: Move, before: tuple[int, int, int]) -> tuple[str, tuple[int, int, int]]:
    """One day in its own spelling; and the year and month said, with the moved month, for a bare day that follows."""
    said = found.groupdict()
    if said["to"]:  # 5月14日到18日: only a day; its month is the one before
        year, month, shown = before
        new = move.day(year or YEAR, month or 1, int(said["d3"]))
        if new is None:
            return found[0], before
        return f"{said['to']}{'' if new.month == shown else f'{new.month}月'}{new.day}", before
    year, month, day = int(said["y"] or YEAR), int(said["m"] or said["m2"]), int(said["d"] or said["d2"])
    new = move.day(year, month, day)
    if new is None:
        return _impossible(found, move, year, month), (year, month, 0)
    return _spelled(found, new.year, new.month, new.day), (year, month, new.month)


def _impossible(found: re.Match[str], move: Move, year: int, month: int) -> str:
    """The day after the last one of the moved month: as impossible as before."""
    if not 1 <= month <= 12:
        return found[0]
    new = date(year, month, calendar.monthrange(year, month)[1]) + move.days
    return _spelled(found, new.year, new.month, calendar.monthrange(new.year, new.month)[1] + 1)


def _spelled(found: re.Match[str], year: int, month: int, day: int) -> str:
    said = found.groupdict()
    if said["y"] is None:
        return f"{month}{said['b2']}{day}"
    width = 2 if len(said["m"]) == 2 and len(said["d"]) == 2 and said["a"] == "-" else 1
    return f"{year}{said['a']}{month:0{width}}{said['b']}{day:0{width}}"


def _xlsx(data: bytes, move: Move) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    for sheet in book.worksheets:
        sheet.title = moved_text(sheet.title, move)
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str):
                    cell.value = moved_text(cell.value, move)
                elif isinstance(cell.value, datetime):
                    cell.value += move.days
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _csv(data: bytes, move: Move) -> bytes:
    return moved_text(data.decode("gb18030"), move).encode("gb18030")


def _xls(data: bytes, move: Move) -> bytes:
    """Python can't write this old format any more; but its days are 2023-03-26 in UTF-16, and the new ones are as long."""

    def moved(found: re.Match[bytes]) -> bytes:
        return moved_text(found[0].decode("utf-16-le"), move).encode("utf-16-le")

    def year(found: re.Match[bytes]) -> bytes:
        return str(int(found[0].decode("utf-16-le")) - YEAR + move.year).encode("utf-16-le")

    return YEAR_IN_XLS.sub(year, ISO_IN_XLS.sub(moved, data))
