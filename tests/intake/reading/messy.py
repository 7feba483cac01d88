"""Sheets as clerks write them, made at random from people who are known."""

import io
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P

from ortoo.intake.reading.columns import NAMES

Grid = list[list[Any]]
Person = dict[str, Any]
FULL = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
DAYS: list[Callable[[date, date], Any]] = [
    lambda a, b: f"{a.month}月{a.day}日—{b.month}月{b.day}日",
    lambda a, b: f"{a.month}月{a.day}日到{b.day}日" if a.month == b.month else f"{a.month}月{a.day}日到{b.month}月{b.day}日",
    lambda a, b: f"{a.month}.{a.day}-{b.month}.{b.day}",
    lambda a, b: f"{a.month}/{a.day}~{b.month}/{b.day}",
    lambda a, b: f"{a.year}/{a.month}/{a.day}-{b.year}/{b.month}/{b.day}",
    lambda a, b: f"{a.isoformat()}至{b.isoformat()}",
    lambda a, b: f"{a.isoformat()} 至 {b.isoformat()}",
    lambda a, b: f"{a.year}年{a.month}月{a.day}日-{b.month}月{b.day}日",
    lambda a, b: f"{a:%Y%m%d}-{b:%Y%m%d}",
    lambda a, b: f"{a.year}.{a.month}.{a.day}—{b.month}.{b.day}",
    lambda a, b: f"自{a.month}月{a.day}日起至{b.month}月{b.day}日".replace("起至", "至"),
    lambda a, b: f"{a.month}月{a.day}日-{b.month}月{b.day}日(学习)",
    lambda a, b: f"{a.month}月{a.day}号到{b.month}月{b.day}号出差",
    lambda a, b: f"{a:%y}.{a.month}.{a.day}-{b:%y}.{b.month}.{b.day}",
    lambda a, b: f"{a.month}-{a.day}至{b.month}-{b.day}",
    lambda a, b: f"{a.month}月{a.day}日 - {b.month}月{b.day}日".translate(FULL).replace(" ", "　"),
]
SINGLE: list[Callable[[date], str]] = [
    lambda a: f"{a.month}月{a.day}日", lambda a: f"{a.month}.{a.day}", lambda a: a.isoformat(), lambda a: f"{a.year}年{a.month}月{a.day}日",
]  # fmt: skip
WISHES: list[Callable[[int], Any]] = [
    lambda n: n, lambda n: float(n), lambda n: str(n), lambda n: f"第{'一二三四五'[n - 1]}期", lambda n: f"{'一二三四五'[n - 1]}期",
    lambda n: f"第{n}期", lambda n: f"第{'一二三四五'[n - 1]}批", lambda n: "ⅠⅡⅢⅣⅤ"[n - 1], lambda n: f"希望参加第{'一二三四五'[n - 1]}期",
]  # fmt: skip
NO_WISH = ["", "", "", "无", "都行", "服从安排", "均可", "—", "不限"]
NO_DAYS = ["", "", "", "无", "没有", "—", "/", "暂无"]
PHONES: list[Callable[[str], Any]] = [
    str, str, lambda p: f"{p[:3]} {p[3:7]} {p[7:]}", lambda p: f"{p[:3]}-{p[3:7]}-{p[7:]}", float, int, lambda p: f"+86 {p}",
    lambda p: p.translate(FULL), lambda p: f"'{p}",
]  # fmt: skip
SEPARATORS = ["、", ",", "，", ";", "；", "/", "\n", " ", "、 "]
SEX = [
    {"男": "男", "女": "女"},
    {"男": "M", "女": "F"},
    {"男": "male", "女": "female"},
    {"男": " 男", "女": "女　"},
    {"男": "1", "女": "2"},
]
LANGUAGES = [{}, {"汉": "汉语", "蒙汉兼通": "蒙汉双语"}, {"汉": "国家通用语言", "蒙汉兼通": "双语"}]
FOOTERS = [
    ["合计:{n}人"], ["合 计", "", "{n}"], ["填报人:", "", "审核人:", "", "联系电话:"], ["注:1.工号为6位数字。2.请于3月10日前报送。"],
    ["备注：本表一式两份"], ["单位负责人(签字)：", "", "", "填报日期：2023年3月6日"], ["小计", "{n}人"], ["以下空白"],
]  # fmt: skip
EXTRA = ["民族", "学历", "身份证号", "出生年月", "警衔", "政治面貌", "到达车次", "紧急联系人"]


@dataclass
class Messy:
    """A file and the people that stand in it."""

    name: str
    data: bytes
    people: list[Person]
    habits: str


def make(people: Sequence[Person], seed: int, kind: str) -> Messy:
    """A return of these people (of one prefecture) with habits chosen by `seed`; `kind`: xlsx, xls, ods, csv, html."""
    return _Clerk(list(people), random.Random(seed), kind).write()


class _Clerk:
    def __init__(self, people: list[Person], rng: random.Random, kind: str) -> None:
        self.people, self.rng, self.kind = people, rng, kind
        pick = rng.choice
        self.prefecture = people[0]["prefecture"]
        self.unit = pick(
            ["columns", "columns", "columns", "short", "merged", "once", "one_cell", "code", "same", "headings", "long"]
        )
        if self.unit == "merged" and kind == "csv":
            self.unit = "once"
        self.days, self.single = pick(DAYS), pick(SINGLE)
        self.wish, self.phone = pick(WISHES), pick(PHONES)
        self.sex, self.language, self.separator = pick(SEX), pick(LANGUAGES), pick(SEPARATORS)
        self.staff_no = pick(
            [str, str, lambda s: int(s), lambda s: s.translate(FULL), lambda s: f" {s} ", lambda s: s[:3] + " " + s[3:]]
        )
        if self.unit in ("merged", "once", "same", "headings"):
            self.people.sort(key=lambda person: person["county_code"])
        elif pick([True, False]):
            rng.shuffle(self.people)
        groups = len({person["county"] for person in people})
        if self.unit == "once" and len(people) - groups < max(2, len(people) // 4):
            self.unit = "columns"  # too few gaps to be sure that they mean the county above
        self.ticks = kind != "csv" and pick([True, False, False])

    def write(self) -> Messy:
        fields = self._fields()
        grid: Grid = self._before(len(fields))
        merges: list[tuple[int, int, int, int]] = []
        heads, lower = self._heads(fields, merges, len(grid))
        grid.append(heads)
        if lower:
            grid.append(lower)
        self._rows(grid, fields, heads, merges)
        self._after(grid)
        writers = {"xlsx": _xlsx, "xls": _xls, "ods": _ods, "csv": _csv, "html": _html}
        name = self.rng.choice(
            [f"{self.prefecture}.{self.kind}", f"03-{self.prefecture}回执(终稿).{self.kind}", f"附件2.{self.kind}"]
        )
        if name.startswith("附件") and not any(self.prefecture in str(cell) for row in grid[:6] for cell in row):
            grid.insert(0, [f"{self.prefecture}推荐表"])
            merges = [(top + 1, left, bottom + 1, right) for top, left, bottom, right in merges]
        data = writers[self.kind](grid, merges, self.rng)
        return Messy(name, data, self.people, f"{self.unit} {self.kind}")

    def _fields(self) -> list[str]:
        units = {
            "one_cell": ["station"], "code": ["unit_code", "station"], "headings": ["station"], "long": ["prefecture", "county", "station"],
        }.get(self.unit, ["county", "station"])  # fmt: skip
        fields = ["name", "sex", "staff_no", *units, "post", "phone", "language", "diet", "blocked", "wish", "needs", "remark"]
        if self.rng.random() < 0.4:
            self.rng.shuffle(fields)
        if self.ticks:
            fields = [field for field in fields if field != "needs"] + ["needs"]
        for extra in self.rng.sample(EXTRA, self.rng.randrange(3)):
            fields.insert(self.rng.randrange(len(fields) - 1), f"+{extra}")
        return (["seq"] if self.rng.random() < 0.8 else []) + fields

    def _before(self, width: int) -> Grid:
        grid: Grid = []
        if self.rng.random() < 0.7:
            grid.append([f"{self.prefecture}2023年度参训人员推荐表", *[""] * (width - 1)])
        if self.rng.random() < 0.3:
            grid += [["说明：请各单位于3月10日前报送，联系人见通知。"]] + [[""] for _ in range(self.rng.randrange(12))]
        if self.rng.random() < 0.4:
            grid.append([f"填报单位(盖章):{self.prefecture}", *[""] * 5, "填报日期:2023年3月6日"])
        return grid

    def _heads(self, fields: list[str], merges: list[tuple[int, int, int, int]], top: int) -> tuple[list[Any], list[Any]]:
        names = {field: [name for name in said.split() if not name.isascii()] for field, said in NAMES.items()}
        names["seq"] = ["序号", "No."]
        names["staff_no"] = ["工号", "人员编号", "工作证号", "警号"]
        names["county"] = ["旗县区", "所属旗县", "旗(县、区)", "县局"]
        names["station"] = ["单位", "工作单位(站)", "站点", "所在站"]
        names["prefecture"] = ["盟市", "所属盟市"]
        heads = [field[1:] if field[0] == "+" else self._styled(self.rng.choice(names[field])) for field in fields]
        if not self.ticks:
            return heads, []
        topics = sorted({need for person in self.people for need in person["needs"]}) or ["调查研究"]
        lower = [""] * (len(heads) - 1) + topics
        heads = heads[:-1] + ["培训需求（打√）"] + [""] * (len(topics) - 1)
        if len(topics) > 1:
            merges.append((top, len(fields) - 1, top, len(heads) - 1))
        merges += [(top, column, top + 1, column) for column in range(len(fields) - 1)]
        return heads, lower

    def _styled(self, head: str) -> str:
        styles: list[Callable[[str], str]] = [
            str, str, lambda h: "  ".join(h) if len(h) == 2 else h, lambda h: f"{h}*", lambda h: f"{h}（必填）", lambda h: f"{h}\n", lambda h: f" {h}",
        ]  # fmt: skip
        return self.rng.choice(styles)(head)

    def _rows(self, grid: Grid, fields: list[str], heads: list[Any], merges: list[tuple[int, int, int, int]]) -> None:
        topics = [str(cell) for cell in grid[-1][len(fields) - 1 :]] if self.ticks else []
        before, since = "", len(grid)
        for number, person in enumerate(self.people, 1):
            county = person["county"]
            if county != before and self.unit == "headings":
                grid.append([f"{county}（{sum(p['county'] == county for p in self.people)}人）"])
            if county != before and self.unit == "merged" and before:
                self._merge(merges, fields, since, len(grid) - 1)
                since = len(grid)
            if number > 5 and self.unit != "merged" and self.rng.random() < 0.03:
                grid.append(list(heads) if not self.ticks else [""])
            row = [self._cell(field, person, number, county == before) for field in fields]
            grid.append(row[:-1] + ["√" if topic in person["needs"] else "" for topic in topics] if self.ticks else row)
            if self.unit != "merged" and self.rng.random() < 0.05:
                grid.append([""] * len(fields))
            before = county
        if self.unit == "merged":
            self._merge(merges, fields, since, len(grid) - 1)

    def _merge(self, merges: list[tuple[int, int, int, int]], fields: list[str], first: int, last: int) -> None:
        if last > first:
            merges.append((first, fields.index("county"), last, fields.index("county")))

    def _cell(self, field: str, person: Person, number: int, again: bool) -> Any:
        if field[0] == "+":
            return {"身份证号": "150102199001011234", "学历": "本科", "民族": "汉", "紧急联系人": "王某某"}.get(field[1:], "")
        simple = {
            "seq": number,
            "unit_code": person["unit"],
            "post": person["post"],
            "diet": person["diet"] or self.rng.choice(["", "", "无"]),
        }
        if field in simple:
            return simple[field]
        return getattr(self, f"_{field}")(person, again)

    def _name(self, person: Person, _again: bool) -> str:
        name = person["name"]
        if len(name) == 2 and self.rng.random() < 0.3:
            name = self.rng.choice([" ", "　", "  "]).join(name)
        return self.rng.choice([name, name, f" {name}　", f"{name}\u200b"])

    def _sex(self, person: Person, _again: bool) -> str:
        return self.sex[person["sex"]]

    def _staff_no(self, person: Person, _again: bool) -> Any:
        return self.staff_no(person["staff_no"])

    def _prefecture(self, person: Person, _again: bool) -> str:
        return str(person["prefecture"])

    def _county(self, person: Person, again: bool) -> str:
        county = str(person["county"])
        if self.unit in ("merged", "once") and again:
            return ""
        if self.unit == "same" and again:
            return self.rng.choice(["同上", "〃"])
        if self.unit == "short":
            return county[:-1] if len(county) > 2 and not county.endswith("自治旗") else county
        return county

    def _station(self, person: Person, _again: bool) -> str:
        if self.unit == "one_cell":
            return self.rng.choice(
                ["{county}{station}", "{county} {station}", "{prefecture}{county}{station}", "{county}/{station}"]
            ).format(**person)
        return str(person["station"])

    def _phone(self, person: Person, _again: bool) -> Any:
        return self.phone(person["phone"])

    def _language(self, person: Person, _again: bool) -> str:
        return self.language.get(person["language"], person["language"])

    def _blocked(self, person: Person, _again: bool) -> Any:
        spans = [(date.fromisoformat(a), date.fromisoformat(b)) for a, b in person["blocked"]]
        if not spans:
            return self.rng.choice(NO_DAYS)
        joined = self.rng.choice([";", "；", "、", "\n", "，", " "])
        return joined.join(self.single(a) if a == b else self.days(a, b) for a, b in spans)

    def _wish(self, person: Person, _again: bool) -> Any:
        return self.wish(person["prefers"]) if person["prefers"] else self.rng.choice(NO_WISH)

    def _needs(self, person: Person, _again: bool) -> str:
        return self.separator.join(person["needs"])

    def _remark(self, person: Person, _again: bool) -> str:
        if person["attended"]:
            return self.rng.choice(["2022年已参加过", "去年已参训", "2022年参加过轮训"])
        return self.rng.choice(["", "", "", "首次参训", "未参加过"])

    def _after(self, grid: Grid) -> None:
        for _ in range(self.rng.randrange(3)):
            grid.append([""])
        for footer in self.rng.sample(FOOTERS, self.rng.randrange(4)):
            grid.append([cell.format(n=len(self.people)) for cell in footer])


def with_single_days(people: Sequence[Person], rng: random.Random) -> list[Person]:
    """The same people, some of them with other days that they cannot come."""
    changed = []
    for person in people:
        if rng.random() < 0.5:
            first = date(2023, 3, 20) + timedelta(days=rng.randrange(90))
            spans = [[first.isoformat(), (first + timedelta(days=rng.choice([0, 0, 3, 12]))).isoformat()]]
            person = person | {"blocked": spans}
        changed.append(person)
    return changed


def _xlsx(grid: Grid, merges: list[tuple[int, int, int, int]], rng: random.Random) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    decoys = rng.choice([[], [], ["2022年"], ["填表说明"], ["Sheet2", "Sheet3"]])
    for name in decoys:
        sheet = book.add_worksheet(name)
        if name == "2022年":
            for row in range(5):
                sheet.write_row(row, 0, ["姓名", "工号", "单位", "性别"] if not row else ["旧"] * 4)
        elif name == "填表说明":
            sheet.write(0, 0, "姓名、工号、单位必须填写")
    sheet = book.add_worksheet(rng.choice(["推荐表", "Sheet1", "2023年"]))
    for top, left, bottom, right in merges:
        sheet.merge_range(top, left, bottom, right, "")
    for number, row in enumerate(grid):
        for column, cell in enumerate(row):
            if cell != "":
                sheet.write_string(number, column, cell) if isinstance(cell, str) else sheet.write_number(number, column, cell)
    book.close()
    return out.getvalue()


def _xls(grid: Grid, merges: list[tuple[int, int, int, int]], _rng: random.Random) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet1")
    covered = {(top, left): (bottom, right) for top, left, bottom, right in merges}
    for number, row in enumerate(grid):
        for column, cell in enumerate(row):
            if (number, column) in covered:
                bottom, right = covered[number, column]
                sheet.write_merge(number, bottom, column, right, cell)
            elif cell != "":
                sheet.write(number, column, cell)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _ods(grid: Grid, merges: list[tuple[int, int, int, int]], _rng: random.Random) -> bytes:
    book = OpenDocumentSpreadsheet()
    table = Table(name="推荐表")
    starts = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in merges}
    inside = {(r, c) for top, left, bottom, right in merges for r in range(top, bottom + 1) for c in range(left, right + 1)}
    for number, row in enumerate(grid):
        line = TableRow()
        for column, cell in enumerate(row):
            more: dict[str, Any] = {}
            if (number, column) in starts:
                more = dict(zip(("numberrowsspanned", "numbercolumnsspanned"), starts[number, column], strict=True))
            elif (number, column) in inside:
                line.addElement(CoveredTableCell())
                continue
            if isinstance(cell, str):
                element = TableCell(valuetype="string", **more) if cell else TableCell(**more)
                for text in cell.split("\n") if cell else ():
                    element.addElement(P(text=text))
            else:
                element = TableCell(valuetype="float", value=cell, **more)
            line.addElement(element)
        table.addElement(line)
    book.spreadsheet.addElement(table)
    out = io.BytesIO()
    book.write(out)
    return out.getvalue()


def _csv(grid: Grid, _merges: list[tuple[int, int, int, int]], rng: random.Random) -> bytes:
    import csv

    out = io.StringIO()
    csv.writer(out, delimiter=rng.choice([",", ",", "\t", ";"])).writerows(grid)
    return out.getvalue().encode(rng.choice(["utf-8", "utf-8-sig", "gb18030", "utf-16"]))


def _html(grid: Grid, merges: list[tuple[int, int, int, int]], _rng: random.Random) -> bytes:
    starts = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in merges}
    inside = {(r, c) for top, left, bottom, right in merges for r in range(top, bottom + 1) for c in range(left, right + 1)}
    lines = []
    for number, row in enumerate(grid):
        cells = []
        for column, cell in enumerate(row):
            if (number, column) in starts:
                high, wide = starts[number, column]
                cells.append(f"<td rowspan={high} colspan={wide}>{cell}</td>")
            elif (number, column) not in inside:
                cells.append(f"<td>{str(cell).replace(chr(10), '<br>')}</td>")
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return f"<html><meta charset=utf-8><body><table>{''.join(lines)}</table></body></html>".encode()
