"""The demo's tour as its organisers wrote it down in a workbook, the days moved so that one stop is today."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import openpyxl

from ortoo.demo.said import DATA, said
from ortoo.kernel import clock
from ortoo.participation.domain.delegation import DelegationDraft
from ortoo.people.models import Unit
from ortoo.programmes.domain.hall import HallDraft, plain_rows

DAY = re.compile(r"(\d{1,2})月(\d{1,2})日")
MARKS = {"首站": "first", "末站": "last"}
NOBODY = (0, 0)
STORIES = {"本人": "own", "师父": "mentor", "同事": "colleague", "战友": "comrade"}


@dataclass
class TourStop:
    """A stop with the halls that it can choose from."""

    name: str
    county: str
    mark: str = ""
    halls: list[HallDraft] = field(default_factory=list)


@dataclass(frozen=True)
class TourSpeaker:
    """A speaker with what they tell."""

    name: str
    staff_no: str
    county: str
    title: str
    story: str
    minutes: int
    blocked: list[tuple[date, date]]
    understudy: str
    language: str
    remark: str


def moved() -> timedelta:
    """By how many days everything moves: the stop that is said to be today's is held today."""
    told = said()["tour"]
    on: date = next(day for name, _hall, day in told["route"] if name == told["today"])
    return clock.today() - on


def read_stops(move: timedelta) -> list[TourStop]:
    """The stops in the order of the workbook, each with its halls; days moved."""
    stops: dict[str, TourStop] = {}
    for row in _rows("站点"):
        stop = stops.setdefault(row["站点"], TourStop(row["站点"], row["旗县区代码"], MARKS.get(row["要求"], "")))
        seats = int(row["座位数"])
        bays = tuple((at, place) for at, place in said()["tour"]["wheelchair_places"].get(row["场地"], ()))
        free = tuple(_days(row["可用日期"], move))
        stop.halls.append(HallDraft(row["场地"], seats, free, plain_rows(seats), wheelchairs=bays))
    return list(stops.values())


def read_speakers(move: timedelta) -> list[TourSpeaker]:
    """The speakers in the order of the workbook; days moved."""
    return [
        TourSpeaker(
            row["姓名"],
            row["工号"],
            row["所在旗县区代码"],
            row["题目"],
            STORIES.get(row["讲谁的事"], "other"),
            int(row["分钟"]),
            [(day, day) for day in _days(row["不能参加日期"], move)],
            row["替讲人"],
            row["语言"],
            row["备注"],
        )
        for row in _rows("讲述人")
    ]


def read_delegations() -> list[DelegationDraft]:
    """Who asks for seats at the last stop, in the order of the workbook; units as the demo says."""
    units = dict(Unit.objects.filter(code__in=said()["tour"]["units"].values()).values_list("code", "pk"))
    wheelchairs = said()["tour"]["wheelchairs"]
    looked_after = {name: units[code] for name, code in said()["tour"]["units"].items()}
    return [
        DelegationDraft(
            row["单位"],
            int(row["申请座位"]),
            row["类别"],
            int(row["优先"]),
            wheelchairs=wheelchairs.get(row["单位"], NOBODY)[0],
            companions=wheelchairs.get(row["单位"], NOBODY)[1],
            contact=row["联系人"],
            phone=row["手机"],
            unit_id=looked_after.get(row["单位"]),
        )
        for row in _rows("末站代表团")
    ]


def _rows(sheet: str) -> Iterator[dict[str, Any]]:
    book = openpyxl.load_workbook(DATA / said()["tour"]["file"], read_only=True)
    head, *rows = book[sheet].iter_rows(values_only=True)
    for row in rows:
        yield {str(name): "" if value is None else str(value) for name, value in zip(head, row, strict=True)}
    book.close()


def _days(text: str, move: timedelta) -> list[date]:
    """Days of the workbook, which leave the year out, moved."""
    year = said()["tour"]["year"]
    return [date(year, int(month), int(day)) + move for month, day in DAY.findall(text)]
