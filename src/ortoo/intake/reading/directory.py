"""The directory of units, and how a unit is found by what people call it."""

import difflib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from ortoo.kernel.sheets.errors import SheetError
from ortoo.kernel.sheets.workbook import open_workbook
from ortoo.kernel.text.fold import fold, squeeze

KINDS = {
    "区": "region", "自治区": "region", "省": "region", "盟市": "prefecture", "市": "prefecture", "盟": "prefecture", "地市": "prefecture",
    "旗县区": "county", "旗县": "county", "县": "county", "区县": "county", "县区": "county", "站": "station", "所": "station", "机关": "office",
    "region": "region", "prefecture": "prefecture", "county": "county", "station": "station", "office": "office",
}  # fmt: skip
HEADS = {
    "code": ("单位代码", "代码", "单位编码", "编码", "code"), "name": ("单位名称", "名称", "单位", "name"),
    "parent": ("上级代码", "上级单位代码", "上级", "上级编码", "parent"), "kind": ("类别", "类型", "级别", "kind"),
    "lon": ("经度", "lon"), "lat": ("纬度", "lat"),
}  # fmt: skip
TAIL = re.compile(r"(公安局|分局|县局|局|大队|支队)$")
ASIDE = re.compile(r"\([^()]*\)")
BETWEEN = re.compile(r"[\s/\\\-—–_>·、,.|:;]+")
LEVEL = re.compile(r"(自治县|自治旗|林区|市|区|县|旗|盟)$")


class DirectoryError(Exception):
    """A directory that cannot be taken; `row` from 1, 0 when it is the whole file."""

    def __init__(self, file: str, row: int, english: str, chinese: str) -> None:
        super().__init__(f"{file}, row {row}: {english}" if row else f"{file}: {english}")
        self.file, self.row, self.english, self.chinese = file, row, english, chinese

    def say(self, language: str) -> str:
        """The sentence in `language`, with its place."""
        if language.startswith("en"):
            return str(self)
        return f"{self.file}第{self.row}行:{self.chinese}" if self.row else f"{self.file}:{self.chinese}"


@dataclass(frozen=True)
class UnitRow:
    """A unit of the directory; `kind` is region, prefecture, county, station or office; lon, lat in degrees, WGS 84."""

    code: str
    name: str
    parent: str
    kind: str
    lon: float | None = None
    lat: float | None = None


@dataclass(frozen=True)
class Directory:
    """All units by code."""

    units: dict[str, UnitRow]

    @cached_property
    def _counties(self) -> dict[tuple[str, str], UnitRow | None]:
        """Counties found so far by what was said."""
        return {}

    @cached_property
    def _children(self) -> dict[str, list[UnitRow]]:
        children: dict[str, list[UnitRow]] = defaultdict(list)
        for unit in self.units.values():
            children[unit.parent].append(unit)
        return children

    @cached_property
    def _by_name(self) -> dict[tuple[str, str], list[UnitRow]]:
        names: dict[tuple[str, str], list[UnitRow]] = defaultdict(list)
        for unit in self.units.values():
            names[unit.kind, squeeze(unit.name)].append(unit)
        return names

    def children(self, code: str) -> list[UnitRow]:
        """The units directly below."""
        return self._children.get(code, [])

    def above(self, code: str, kind: str) -> UnitRow | None:
        """The unit itself or the one above it that is of this kind."""
        unit = self.units.get(code)
        for _step in range(10):
            if unit is None or unit.kind == kind:
                return unit
            unit = self.units.get(unit.parent)
        return None

    def prefecture(self, text: object) -> UnitRow | None:
        """The prefecture that is named, or whose name stands in the text (a title, a file's name)."""
        said = squeeze(text)
        found = self._by_name.get(("prefecture", said), [])
        if not found and said:
            every = [u for u in self.units.values() if u.kind == "prefecture"]
            found = [u for u in every if squeeze(u.name) in said]
            found = found or [u for u in every if len(short := LEVEL.sub("", squeeze(u.name))) > 1 and short in said]
        return found[0] if len(found) == 1 else None

    def county(self, text: object, prefecture: str = "") -> UnitRow | None:
        """The one county that the text can mean: its name, without its last syllable, or shortened (科右前旗)."""
        said = squeeze(text)
        if not said:
            return None
        key = (said, prefecture)
        if key not in self._counties:
            self._counties[key] = self._county(BETWEEN.sub("", said), prefecture)
        return self._counties[key]

    def _county(self, said: str, prefecture: str) -> UnitRow | None:
        near = [u for u in self.children(prefecture) if u.kind == "county"] if prefecture else []
        every = [u for u in self.units.values() if u.kind == "county"]
        exact, short, shortened = SAME_COUNTY
        # 达旗 may be meant of another prefecture's 达拉特旗: two characters have to be plain among all.
        clipped = every if len(said) == 2 else near or every
        tries = [(near, exact), (every, exact), (near or every, short), (clipped, shortened)]
        for among, same in tries:
            if found := _one_county(said, among, self, same):
                return found[0] if len(found) == 1 else None
        return None

    def station(self, text: object, county: str = "", prefecture: str = "") -> UnitRow | None:
        """The one station of this name in the county; without a county in the prefecture."""
        said = squeeze(text)
        if not said:
            return None
        whole = BETWEEN.sub("", said)
        forms = [said, whole, self._without_higher(whole, county), BETWEEN.sub("", ASIDE.sub("", said))]
        for form in dict.fromkeys([*forms, *(f"{form}站" for form in forms if form[-1:] != "站")]):
            if found := self._stations(form, county, prefecture):
                return found[0] if len(found) == 1 else None
        return None

    def alike(self, text: object, county: str = "", prefecture: str = "", most: int = 5) -> tuple[str, ...]:
        """Codes of stations whose names come nearest, best first."""
        among = [u for u in self.children(county) if u.kind == "station"] if county else []
        if not among and prefecture:
            among = [s for c in self.children(prefecture) for s in self.children(c.code)]
        said = squeeze(text)
        ranked = sorted(among, key=lambda u: (-difflib.SequenceMatcher(None, said, u.name).ratio(), u.code))
        return tuple(u.code for u in ranked[:most])

    def _stations(self, said: str, county: str, prefecture: str) -> list[UnitRow]:
        every = self._by_name.get(("station", said), [])
        if county:
            return [u for u in every if u.parent == county]
        if prefecture:
            return [u for u in every if (top := self.above(u.code, "prefecture")) and top.code == prefecture]
        return every

    def _without_higher(self, said: str, county: str) -> str:
        for kind in ("prefecture", "county"):
            unit = self.above(county, kind) if county else None
            for name in (unit.name, LEVEL.sub("", unit.name)) if unit else ():
                if said.startswith(squeeze(name)) and len(said) > len(squeeze(name)) + 1:
                    said = said[len(squeeze(name)) :]
                    break
        return said


def _one_county(said: str, among: list[UnitRow], directory: Directory, same: Callable[[str, str], bool]) -> list[UnitRow]:
    """Those counties that one of the text's forms names: as it is, without 公安局 and the like, without the prefecture before it."""
    forms = [said, TAIL.sub("", said)]
    for unit in {u.parent: directory.units.get(u.parent) for u in among}.values():
        for name in (unit.name, LEVEL.sub("", unit.name)) if unit else ():
            if said.startswith(name) and len(said) > len(name) + 1:
                forms += [said[len(name) :], TAIL.sub("", said[len(name) :])]
    for form in dict.fromkeys(form for form in forms if form):
        if found := [unit for unit in among if same(form, squeeze(unit.name))]:
            return found
    return []


def _inside(short: str, long: str) -> bool:
    """Whether the letters of `short` stand in `long` in this order."""
    letters = iter(long)
    return all(letter in letters for letter in short)


SAME_COUNTY: tuple[Callable[[str, str], bool], ...] = (
    lambda form, name: name == form,
    lambda form, name: LEVEL.sub("", name) == form,
    lambda form, name: len(form) > 1 and name[0] == form[0] and _inside(form, name),
)
"""A county's name as it is, without its last syllable, shortened (科右前旗): a weaker likeness counts only where no stronger does."""


def directory_of(units: Iterable[UnitRow]) -> Directory:
    """A directory of these units."""
    return Directory({unit.code: unit for unit in units})


def read_directory(data: bytes, name: str) -> Directory:
    """Read a directory of units (code, name, higher unit's code, kind, longitude, latitude). Raises DirectoryError."""
    try:
        book = open_workbook(data, name)
    except SheetError as error:
        raise DirectoryError(name, 0, str(error), str(error)) from None
    for sheet in book.sheets:
        for top, row in enumerate(sheet.rows[:30]):
            columns = {key: c for key, heads in HEADS.items() for c, cell in enumerate(row) if squeeze(cell).lower() in heads}
            if {"code", "name", "parent", "kind"} <= set(columns):
                return _directory(sheet.rows, top, columns, name)
    raise DirectoryError(
        name,
        0,
        "no table with 单位代码, 单位名称, 上级代码, 类别 was found.",
        "没有找到含单位代码、单位名称、上级代码、类别的表。",
    )


def _directory(rows: list[list[object]], top: int, columns: dict[str, int], name: str) -> Directory:
    units: dict[str, UnitRow] = {}
    for number, row in enumerate(rows[top + 1 :], top + 2):
        said = {key: fold(row[column]) if column < len(row) else "" for key, column in columns.items()}
        if not any(said.values()):
            continue
        unit = _unit(said, name, number)
        if unit.code in units:
            raise DirectoryError(name, number, f"unit code {unit.code} stands twice.", f"单位代码{unit.code}重复。")
        units[unit.code] = unit
    _check_parents(units, name)
    return Directory(units)


def _unit(said: dict[str, str], name: str, number: int) -> UnitRow:
    if not said["code"] or not said["name"]:
        raise DirectoryError(name, number, "a unit needs a code and a name.", "单位要有代码和名称。")
    kind = KINDS.get(said["kind"].lower())
    if kind is None:
        raise DirectoryError(name, number, f"“{said['kind']}” is not a kind of unit.", f"“{said['kind']}”不是单位类别。")
    try:
        lon, lat = (float(said[key]) if said.get(key) else None for key in ("lon", "lat"))
    except ValueError:
        raise DirectoryError(name, number, "longitude and latitude are numbers.", "经纬度应为数字。") from None
    return UnitRow(said["code"], said["name"], said["parent"], kind, lon, lat)


def _check_parents(units: dict[str, UnitRow], name: str) -> None:
    for unit in units.values():
        if unit.parent and unit.parent not in units:
            raise DirectoryError(name, 0, f"{unit.name} lies below {unit.parent}, which is not listed.",
                                 f"{unit.name}的上级{unit.parent}不在名录中。")  # fmt: skip
