"""The same plan in many hands: columns renamed and moved, days written otherwise, cells merged, titles and totals added."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from tests.intake.reading.tour.plans import FRAME, directory, midnight, workbook

HEADS = {
    "stop": ["站点", "城市", "站名", "巡讲站点", "站 点"], "code": ["旗县区代码", "行政区划代码", "代码", "所在旗县区代码", "所在旗县"],
    "hall": ["场地", "会场", "场馆名称", "宣讲场地"], "seats": ["座位数", "容量", "可容纳人数", "座位(个)"],
    "free": ["可用日期", "空闲日期", "档期", "可借用时间", "场地可用日期", "场地空闲日", "Available dates"], "mark": ["要求", "首末站", "特殊要求", "备注"],
    "name": ["姓名", "讲述人", "宣讲人姓名", "主讲人"], "staff_no": ["工号", "警号", "人员编号"], "title": ["题目", "讲述题目", "讲题"],
    "blocked": ["不能参加日期", "请假日期", "不能参加时间", "无法参加日期"], "understudy": ["替讲人", "替补", "B角", "候补人", "后备人选"],
    "delegation": ["单位", "代表团", "参会单位"], "asked": ["申请座位", "申请人数", "需求座位"], "priority": ["优先", "优先级"],
}  # fmt: skip
WIDE = str.maketrans("0123456789,", "０１２３４５６７８９，")
STAFF = [("070010", "乌恩"), ("070023", "高晓岚"), ("070036", "陶格"), ("070049", "李青原")]
Days = frozenset[date]


@dataclass
class Truth:
    """What a careful person reads: (stop, hall) → days; speaker → (blocked days, understudies); delegation → asked."""

    halls: dict[tuple[str, str], Days]
    counties: dict[str, str]
    speakers: dict[str, tuple[Days, tuple[str, ...]]]
    delegations: dict[str, int]
    first: str
    last: str


class Clerk:
    """Writes a plan in habits of its own, drawn from a seed."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)
        self.codes = [unit.code for unit in directory().units.values() if unit.kind == "county"]
        self.style = self.chance.choice(["list", "range", "dots", "iso", "wide", "digits", "excel", "week", "dashes", "english"])
        self.by_name = self.chance.random() < 0.3

    def plan(self) -> tuple[bytes, Truth]:
        """The file and its truth."""
        truth = self._truth()
        sheets = {"一": self._stops(truth), "二": self._speakers(truth), "三": self._delegations(truth)}
        names = list(sheets)
        self.chance.shuffle(names)
        ordered = {name: self._dressed(sheets[name][0]) for name in names}
        merges = {name: [self._moved(area, ordered[name][1]) for area in sheets[name][1]] for name in names}
        more = {"填写说明": [["请如实填写"], ["日期按月日写"]]} if self.chance.random() < 0.5 else {}
        return workbook({**{name: rows for name, (rows, _shift) in ordered.items()}, **more}, merges), truth

    def _truth(self) -> Truth:
        stops = [
            f"{name}"
            for name in self.chance.sample(
                ["警官学院", "阿拉善", "包头", "巴彦淖尔", "兴安盟", "呼和浩特", "乌海"], self.chance.randint(2, 7)
            )
        ]
        halls = {
            (stop, hall): self._some_days(1, 6)
            for stop in stops
            for hall in self.chance.sample(["礼堂", "体育馆", "会展中心", "剧院"], self.chance.randint(1, 3))
        }
        people = {
            no: (
                self._some_days(0, 2),
                tuple(self.chance.sample([other for other, _n in STAFF if other != no], self.chance.randint(0, 1))),
            )
            for no, _n in STAFF
        }
        asked = {f"单位{n:02}": self.chance.randint(1, 90) for n in range(self.chance.randint(1, 9))}
        codes = self.chance.sample(self._plain_codes(), len(stops))
        return Truth(halls, dict(zip(stops, codes, strict=True)), people, asked, stops[0], stops[-1])

    def _plain_codes(self) -> list[str]:
        """Counties whose name alone tells which one is meant."""
        units = directory().units
        return [code for code in self.codes if (found := directory().county(units[code].name)) and found.code == code]

    def _some_days(self, least: int, most: int) -> Days:
        span = (FRAME.ends - FRAME.starts).days
        return frozenset(
            FRAME.starts + timedelta(days=self.chance.randint(0, span)) for _day in range(self.chance.randint(least, most))
        )

    def _stops(self, truth: Truth) -> tuple[list[list[Any]], list[str]]:
        wide = max(len(days) for days in truth.halls.values()) if self.style == "excel" else 1
        free = [self._head("free")] if wide == 1 else [f"可用日期{n}" for n in range(1, wide + 1)]
        rows: list[list[Any]] = [
            [self._head("stop"), self._head("code"), self._head("hall"), self._head("seats"), *free, self._head("mark")]
        ]
        merges, before = [], ""
        for (stop, hall), days in truth.halls.items():
            again = stop == before
            code: Any = truth.counties[stop]
            code = directory().units[code].name if self.by_name else self.chance.choice([code, int(code)])
            mark = "、".join(
                word for word, ends in (("首站", truth.first), ("末站", truth.last)) if ends == stop and truth.first != truth.last
            )
            written = self._written(days, wide)
            rows.append(
                [
                    None if again else stop,
                    None if again else code,
                    hall,
                    self.chance.choice([800, "800座"]),
                    *written,
                    None if again else mark or None,
                ]
            )
            if again:
                merges.append(f"A{len(rows) - 1}:A{len(rows)}")
            before = stop
        return rows, self._joined(merges) if self.chance.random() < 0.5 else []

    @staticmethod
    def _joined(merges: Sequence[str]) -> list[str]:
        """A2:A3 and A3:A4 as A2:A4."""
        found: list[list[int]] = []
        for first, last in ((int(each.split(":")[0][1:]), int(each.split(":")[1][1:])) for each in merges):
            if found and found[-1][1] == first:
                found[-1][1] = last
            else:
                found.append([first, last])
        return [f"A{first}:A{last}" for first, last in found]

    def _speakers(self, truth: Truth) -> tuple[list[list[Any]], list[str]]:
        names = dict(STAFF)
        heads = [self._head(key) for key in ("name", "staff_no", "title", "blocked", "understudy")]
        rows = [[names[no], self.chance.choice([no, int(no)]), f"题{no}", self._text(days) or self.chance.choice([None, "无"]),
                 "、".join(self.chance.choice([names[other], other]) for other in others) or None] for no, (days, others) in truth.speakers.items()]  # fmt: skip
        rows[0][1] = next(iter(truth.speakers))
        return [heads, *rows], []

    def _delegations(self, truth: Truth) -> tuple[list[list[Any]], list[str]]:
        rows: list[list[Any]] = [[self._head("delegation"), "类别", self._head("asked"), self._head("priority")]]
        rows += [[name, "厅局", self.chance.choice([asked, f"{asked}人"]), 1] for name, asked in truth.delegations.items()]
        if self.chance.random() < 0.5:
            rows.append(["合计", None, sum(truth.delegations.values()), None])
        return rows, []

    def _dressed(self, rows: list[list[Any]]) -> tuple[list[list[Any]], int]:
        """Titles above, a note below, a column of notes."""
        title = self.chance.choice([[], [["2023年巡回宣讲安排表"]], [["附件1"], ["巡回宣讲安排表"], [None]]])
        tail = self.chance.choice([[], [[None], ["注:请于6月10日前报送,如有变动及时联系宣讲办公室。"]]])
        if self.chance.random() < 0.3:
            rows = [[*row, "经办意见" if number == 0 else "同意"] for number, row in enumerate(rows)]
        return [*title, *rows, *tail], len(title)

    @staticmethod
    def _moved(area: str, shift: int) -> str:
        first, last = area.split(":")
        return f"A{int(first[1:]) + shift}:A{int(last[1:]) + shift}"

    def _head(self, key: str) -> str:
        return self.chance.choice(HEADS[key])

    def _written(self, days: Days, wide: int) -> list[Any]:
        if self.style == "excel":
            cells: list[Any] = [midnight(day.year, day.month, day.day) for day in sorted(days)]
            return cells + [None] * (wide - len(cells))
        return [self._text(days)]

    def _text(self, days: Days) -> str:
        ordered = sorted(days)
        if self.style == "range":
            return ";".join(self._span(run) for run in runs(ordered))
        if self.style == "dots":
            return "、".join(f"{day.month}.{day.day}" for day in ordered)
        if self.style == "iso":
            return ", ".join(day.isoformat() for day in ordered)
        if self.style == "week":
            return "、".join(f"{day.month}月{day.day}日(周{'一二三四五六日'[day.weekday()]})" for day in ordered)
        if self.style == "dashes":
            return "、".join(f"{day:%m-%d}" for day in ordered)
        if self.style == "english":
            return ", ".join(f"{day:%a} {day.day} {day:%B}" for day in ordered)
        if self.style == "digits":
            return " ".join(f"{day.month}/{day.day}" for day in ordered)
        text = self.chance.choice(["、", ",", "\n"]).join(f"{day.month}月{day.day}日" for day in ordered)
        return text.translate(WIDE) if self.style == "wide" else text

    def _span(self, run: Sequence[date]) -> str:
        first, last = (f"{day.month}月{day.day}日" for day in (run[0], run[-1]))
        return first if len(run) == 1 else first + self.chance.choice(["—", "至", "-", "~"]) + last


def runs(days: Sequence[date]) -> list[list[date]]:
    """Days that follow one another, together."""
    found: list[list[date]] = []
    for day in days:
        if found and day - found[-1][-1] == timedelta(days=1):
            found[-1].append(day)
        else:
            found.append([day])
    return found
