"""The lines of a table: which are people, which are totals, signatures and the like, and what merged cells carry down."""

import re
from collections.abc import Iterator
from typing import Any

from ortoo.intake.reading.columns import field_of
from ortoo.intake.reading.layout import Layout
from ortoo.kernel.sheets.workbook import Sheet
from ortoo.kernel.text.fold import squeeze

TOTAL = re.compile(
    r"^(?:本页|本站|全[市盟旗县区])?(?:合计|总计|小计|共计|累计|总人数|共\d+[人名]|计\d+[人名]|total)", re.IGNORECASE
)
FOOTER = re.compile(
    r"^(?:填报|填表|审核|审批|制表|经办|负责|联系|报送|复核|校对|主管|分管|单位|部门)(?:人|单位|日期|时间|领导|电话|部门|意见)?(?:员|签字|签名|签章|盖章)*"
    r"(?:\((?:签字|签名|盖章|公章|签章)\))?[:_]|^(?:领导签字|签字|盖章|签章|公章|以下空白|以下无内容|此处盖章|年月日$)"
    r"|^(?:注|备注|说明|附|附注|附件|日期|填表说明|填报说明|填写说明|温馨提示|提示|要求|联系电话)(?:\d|[:.、,]|$)"
    r"|^\d{4}年\d{1,2}月\d{1,2}日$|^[(]?(?:盖章|公章)[)]?$"
)
SAMPLE = re.compile(r"^[(【\[]?(?:示例|样例|范例|例如|填写示例|举例|样表|例\d?$|例[:)])")
SAME = {"同上", "〃", "″", "\"", "\"\"", "''", "同前", "〞", "″″", "同"}  # fmt: skip
TELLING = ("name", "staff_no", "station", "sex", "post", "phone", "unit_code")
SENTENCE = re.compile(r"[,。;:!?、(]|\d\.")


def table_rows(layout: Layout) -> Iterator[tuple[int, list[Any], str]]:
    """Each line below the head: its number from 1, its cells, and why it is no person (a key of messages.WHYS; empty: it is one)."""
    carried = carried_down(layout.sheet, layout.header_row, set(layout.columns.values()))
    width = len(layout.headers)
    blank = [""] * width
    for number, cells in enumerate(layout.sheet.rows[layout.header_row : layout.last_row or None], layout.header_row + 1):
        if not any(cells) or not any(squeeze(cell) for cell in cells):
            continue
        if len(cells) < width:
            cells = cells + blank[len(cells) :]
        why = _why_none(cells, layout)
        if not why and number in carried:
            cells = list(cells) + [""] * (max(carried[number]) + 1 - len(cells))
            for column, value in carried[number].items():
                if not squeeze(cells[column]):
                    cells[column] = value
        yield number, cells, why


def carried_down(sheet: Sheet, header_row: int, used: set[int]) -> dict[int, dict[int, Any]]:
    """Row number → {column: value} for cells of the used columns that a merge covers below its first one."""
    carried: dict[int, dict[int, Any]] = {}
    rows = sheet.rows
    for top, left, bottom, right in sheet.merges:
        if bottom <= top or bottom < header_row or left not in used or top >= len(rows) or left >= len(rows[top]):
            continue
        if right > left and len(used & set(range(left, right + 1))) > 2:
            continue
        for row in range(max(top + 1, header_row), min(bottom, len(rows) - 1) + 1):
            carried.setdefault(row + 1, {})[left] = rows[top][left]
    return carried


def _why_none(cells: list[Any], layout: Layout) -> str:
    """Most lines are people and told by a number in the staff number's column; only the others are looked at closely."""
    if _is_numbered(cells, layout):
        first = squeeze(next(cell for cell in cells if squeeze(cell)))
        return "sample" if SAMPLE.match(first) else "total" if TOTAL.match(first) else ""
    said = [squeeze(cell) for cell in cells]
    texts = [text for text in said if text]
    if any(TOTAL.match(text) for text in texts[:3]):
        return "total"
    if any(FOOTER.match(text) for text in texts[:3]):
        return "footer"
    if SAMPLE.match(texts[0]):
        return "sample"
    if sum(field_of(text) is not None for text in texts) >= max(3, len(layout.columns) // 2):
        return "header_again"
    of = {field: said[column] for field, column in layout.columns.items()}
    if len(texts) == 1 and len(texts[0]) > 4 and (len(texts[0]) > 12 or SENTENCE.search(texts[0])):
        return "footer"
    if any(of.get(name) for name in TELLING):
        return ""
    return "number_only" if of.get("seq") == texts[0] and len(texts) == 1 else "footer" if len(texts[0]) > 12 else "no_person"


def _is_numbered(cells: list[Any], layout: Layout) -> bool:
    column = layout.columns.get("staff_no")
    if column is None or column >= len(cells):
        return False
    cell = cells[column]
    return isinstance(cell, float | int) or (isinstance(cell, str) and cell.strip()[:3].isdigit() and bool(cell.strip()))
