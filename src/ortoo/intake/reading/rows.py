"""The lines of a table: which are people, which are totals, signatures and the like, and what merged cells carry down."""

import re
from collections.abc import Iterator
from typing import Any

from ortoo.intake.reading.columns import field_of
from ortoo.intake.reading.layout import Layout
from ortoo.kernel.text.fold import squeeze

TOTAL = re.compile(r"^(?:合\s*计|总\s*计|小\s*计|共\s*计|共\d+人|总人数|total)")
FOOTER = re.compile(
    r"^(?:填报人|填表人|审核人|审批人|制表人|负责人|经办人|联系人|联系电话|填报单位|填报日期|报送单位|单位(?:\(|（)盖章|盖章|领导签字|签字|注[::]|"
    r"备注[::]|说明[::]|填表说明|填报说明|以下空白|附[::]|日期[::])"
)
SAMPLE = re.compile(r"^(?:示例|样例|例|例如|例[::]|填写示例|举例)$")
SAME = {"同上", "〃", "″", "\"", "\"\"", "''", "同前", "〞"}  # fmt: skip


def table_rows(layout: Layout) -> Iterator[tuple[int, list[Any], str]]:
    """Each line below the head: its number from 1, its cells, and why it is no person (a key of messages.WHYS; empty: it is one)."""
    carried = _carried(layout)
    for number, cells in enumerate(layout.sheet.rows[layout.header_row :], layout.header_row + 1):
        said = [squeeze(cell) for cell in cells]
        if not any(said):
            continue
        why = _why_none(said, layout)
        if not why and number in carried:
            cells = list(cells) + [""] * (max(carried[number]) + 1 - len(cells))
            for column, value in carried[number].items():
                if not squeeze(cells[column]):
                    cells[column] = value
        yield number, cells, why


def _carried(layout: Layout) -> dict[int, dict[int, Any]]:
    """Row number → {column: value} for cells that a merge covers below its first one."""
    carried: dict[int, dict[int, Any]] = {}
    rows, used = layout.sheet.rows, set(layout.columns.values())
    for top, left, bottom, right in layout.sheet.merges:
        if bottom <= top or bottom < layout.header_row or left not in used or top >= len(rows) or left >= len(rows[top]):
            continue
        if right > left and len(used & set(range(left, right + 1))) > 2:
            continue
        for row in range(max(top + 1, layout.header_row), min(bottom, len(rows) - 1) + 1):
            carried.setdefault(row + 1, {})[left] = rows[top][left]
    return carried


def _why_none(said: list[str], layout: Layout) -> str:
    first = next(text for text in said if text)
    if TOTAL.match(first) or any(TOTAL.match(text) for text in said[:3] if text):
        return "total"
    if FOOTER.match(first):
        return "footer"
    if SAMPLE.match(first):
        return "sample"
    if sum(field_of(text) is not None for text in said if text) >= max(3, len(layout.columns) // 2):
        return "header_again"
    of = {field: said[column] if column < len(said) else "" for field, column in layout.columns.items()}
    telling = [f for f in ("name", "staff_no", "station", "sex", "post", "phone", "unit_code") if of.get(f)]
    if telling:
        return ""
    return (
        "number_only" if of.get("seq") == first and sum(map(bool, said)) == 1 else "footer" if len(first) > 12 else "number_only"
    )
