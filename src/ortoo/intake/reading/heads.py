"""What stands above each column, in heads of one row or of two, where the upper one spans several columns."""

import re
from typing import Any

from ortoo.intake.reading.columns import field_of
from ortoo.kernel.sheets.workbook import Sheet
from ortoo.kernel.text.fold import squeeze

Ticks = dict[int, tuple[str, str]]
CHOSEN = ("needs", "wish", "language", "sex", "diet")
LONGEST = 30
NUMBER = re.compile(r"\d{5}|^\d+$")


def heads_of(sheet: Sheet, top: int, depth: int) -> tuple[list[Any] | None, Ticks]:
    """The heads that end in row `top + depth - 1` (from 0), None when these rows are no head of that depth; and the tick columns."""
    upper = list(sheet.rows[top])
    if depth == 1:
        return (upper if any(squeeze(cell) for cell in upper) else None), {}
    if top + 1 >= len(sheet.rows):
        return None, {}
    lower = list(sheet.rows[top + 1])
    width = max(len(upper), len(lower))
    upper += [""] * (width - len(upper))
    lower += [""] * (width - len(lower))
    parents = _parents(sheet, top, upper)
    if not _divides(upper, lower, parents):
        return None, {}
    heads = [low if squeeze(low) else high for high, low in zip(upper, lower, strict=True)]
    return heads, _ticks(lower, parents, heads)


def _parents(sheet: Sheet, top: int, upper: list[Any]) -> dict[int, Any]:
    """Column → the head that spans it and its neighbours: a merged one, or one with nothing to its right."""
    parents: dict[int, Any] = {}
    for first, left, last, right in sheet.merges:
        if first == top == last and right > left and left < len(upper):
            parents |= dict.fromkeys(range(left, min(right, len(upper) - 1) + 1), upper[left])
    for column, head in enumerate(upper):
        after = column + 1
        while squeeze(head) and after < len(upper) and not squeeze(upper[after]) and after not in parents:
            parents[column] = parents[after] = head
            after += 1
    return parents


def _divides(upper: list[Any], lower: list[Any], parents: dict[int, Any]) -> bool:
    """Whether the lower row only divides heads of the upper one, and is not already the first person."""
    said = [column for column, cell in enumerate(lower) if squeeze(cell)]
    if not said or any(not isinstance(lower[c], str) or len(squeeze(lower[c])) > LONGEST for c in said):
        return False
    if any(cell not in ("", None) and (not isinstance(cell, str) or NUMBER.search(squeeze(cell))) for cell in upper):
        return False
    return all(column in parents or not squeeze(upper[column]) or field_of(lower[column]) for column in said) and any(
        column in parents for column in said
    )


def _ticks(lower: list[Any], parents: dict[int, Any], heads: list[Any]) -> Ticks:
    """Columns under 培训需求 or 希望期次 whose own heads are the things to choose."""
    ticks: Ticks = {}
    for column, parent in parents.items():
        meant = field_of(parent)
        if meant in CHOSEN and squeeze(lower[column]) and field_of(heads[column]) is None:
            ticks[column] = (meant, squeeze(lower[column]))
    return ticks
