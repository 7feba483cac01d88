"""Where the table is: which sheets are read, which row is the head, which column means what."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ortoo.intake.reading.columns import FIELDS, field_of, match_columns
from ortoo.kernel.sheets.workbook import Sheet
from ortoo.kernel.text.fold import as_text, fold, squeeze

KEY_FIELDS = {"name", "staff_no"}
LOOK = 60
YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
TITLE_YEAR = re.compile(r"(20\d\d)\s*年度?[^年月]{0,12}(?:推荐|报名|参训|回执|名单|轮训)")
OLD = re.compile("上年|去年|往年|旧表|历史|作废")
FORM = re.compile("填表说明|填写说明|说明|字典|选项|下拉|数据源|参数")
SAMPLE = re.compile("样表|样例|示例|模板")


@dataclass(frozen=True)
class Given:
    """What somebody corrected, or a form says of itself: the sheet, the head's row (from 1), field → column (from 0)."""

    sheet: str = ""
    header_row: int = 0
    columns: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Layout:
    """A table found on a sheet: its head ends in row `header_row` (from 1), field → column (from 0), what stands above each."""

    sheet: Sheet
    header_row: int
    columns: dict[str, int]
    headers: list[str]

    def unused(self) -> list[tuple[int, str]]:
        """Columns with a head that no field uses."""
        used = set(self.columns.values())
        return [(c, h) for c, h in enumerate(self.headers) if h and c not in used and field_of(h) != "seq"]


@dataclass(frozen=True)
class Ignored:
    """A sheet that was not read, and why (a key of messages.WHYS)."""

    sheet: str
    why: str


def find_layouts(sheets: tuple[Sheet, ...], year: int, given: Given | None = None) -> tuple[list[Layout], list[Ignored]]:
    """The tables to read, one a sheet, and the sheets left alone with the reason."""
    if given and given.sheet:
        chosen = next((sheet for sheet in sheets if sheet.name == given.sheet), None)
        layout = _given_layout(chosen, given) if chosen else None
        if layout:
            return [layout], [Ignored(s.name, "form") for s in sheets if s is not chosen]
    layouts: list[Layout] = []
    ignored: list[Ignored] = []
    for sheet in sheets:
        why = _why_not(sheet, year)
        layout = find_layout(sheet) if not why else None
        if layout is None:
            ignored.append(Ignored(sheet.name, why or "no_table"))
        else:
            layouts.append(_with_given(layout, given))
    if not layouts and (late := [s for s in sheets if s.visible and find_layout(s) and not _other_year(s, year)]):
        # A list on a sheet that is merely called 模板 is still a list when there is no other.
        layouts = [_with_given(find_layout(late[0]), given)]  # type: ignore[arg-type]
        ignored = [entry for entry in ignored if entry.sheet != late[0].name]
    return layouts, ignored


def find_layout(sheet: Sheet) -> Layout | None:
    """The table's head: the row (or pair of rows) among the first that names most fields, a name and two more at least."""
    best: tuple[int, Layout] | None = None
    for top in range(min(LOOK, len(sheet.rows))):
        for depth in (1, 2):
            headers = _headers(sheet, top, depth)
            if headers is None:
                continue
            columns = match_columns(headers)
            score = len(set(columns) - {"seq", "remark"})
            if len(columns) >= 3 and KEY_FIELDS & set(columns) and (best is None or score > best[0]):
                named = [as_text(h).strip() for h in headers]
                best = (score, Layout(sheet, top + depth, columns, named))
    return best[1] if best else None


def _headers(sheet: Sheet, top: int, depth: int) -> list[Any] | None:
    """The heads of one row, or of two rows read as one where the lower one only divides the upper."""
    upper = list(sheet.rows[top])
    if depth == 1:
        return [*upper] if any(squeeze(cell) for cell in upper) else None
    if top + 1 >= len(sheet.rows):
        return None
    lower = sheet.rows[top + 1]
    said = [cell for cell in lower if squeeze(cell)]
    if not said or not all(field_of(cell) for cell in said) or len(said) == len([c for c in upper if squeeze(c)]):
        return None
    width = max(len(upper), len(lower))
    cells = [(upper[c] if c < len(upper) else "", lower[c] if c < len(lower) else "") for c in range(width)]
    return [low if squeeze(low) else high for high, low in cells]


def _why_not(sheet: Sheet, year: int) -> str:
    if not sheet.visible:
        return "hidden"
    if not any(squeeze(cell) for row in sheet.rows[:200] for cell in row):
        return "empty"
    if _other_year(sheet, year):
        return "last_year"
    name = squeeze(sheet.name)
    if SAMPLE.search(name):
        return "sample"
    return "form" if FORM.search(name) else ""


def _other_year(sheet: Sheet, year: int) -> bool:
    years = {int(found) for found in YEAR.findall(fold(sheet.name))}
    if years:
        return year not in years
    if OLD.search(sheet.name):
        return True
    titles = {int(y) for row in sheet.rows[:3] for cell in row for y in TITLE_YEAR.findall(fold(cell))}
    return bool(titles) and year not in titles and max(titles) < year


def _given_layout(sheet: Sheet, given: Given) -> Layout | None:
    if given.header_row:
        headers = (
            [as_text(cell).strip() for cell in sheet.rows[given.header_row - 1]] if given.header_row <= len(sheet.rows) else []
        )
        columns = {f: c for f, c in given.columns.items() if f in FIELDS} or match_columns(list(headers))
        return Layout(sheet, given.header_row, dict(columns), headers) if KEY_FIELDS & set(columns) else None
    found = find_layout(sheet)
    return _with_given(found, given) if found else None


def _with_given(layout: Layout, given: Given | None) -> Layout:
    if not given or not given.columns or given.sheet not in ("", layout.sheet.name):
        return layout
    columns = {f: c for f, c in given.columns.items() if f in FIELDS}
    return Layout(layout.sheet, layout.header_row, columns, layout.headers)
