"""Columns whose heads nobody knows, told by what stands in them: only where all but a few cells say so, and only one column does."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from ortoo.intake.reading.values import SEXES
from ortoo.kernel.text.fold import clean_name, squeeze

ENOUGH, LEAST, MOST = 0.9, 3, 400
PHONE = re.compile(r"(?:\+?86)?-?1[3-9]\d{9}(?:\.0+)?")
NUMBER = re.compile(r"[A-Z]{0,3}\d{3,10}")
STATION = re.compile(r".{1,30}(?:站|所)")
COUNTY = re.compile(r".{1,14}[旗县区市]")
NAME = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff·]{2,12}")
NO_NAME = re.compile(r"[旗县区市站所员长]$|^(?:男|女|汉|蒙)")


def told_by_content(rows: Sequence[Sequence[Any]], columns: Mapping[str, int], free: Sequence[int]) -> dict[str, int]:
    """Field → column (from 0) for fields without a head, among the `free` columns."""
    found: dict[str, int] = {}
    cells = {c: [text for row in rows[:MOST] if c < len(row) and (text := squeeze(row[c]))] for c in free}
    for field, fits in TESTS.items():
        if field in columns:
            continue
        fitting = [c for c, said in cells.items() if c not in found.values() and len(said) >= LEAST and fits(said)]
        if len(fitting) == 1:
            found[field] = fitting[0]
    return found


def _mostly(pattern: re.Pattern[str], said: Sequence[str]) -> bool:
    return sum(bool(pattern.fullmatch(text.replace("-", ""))) for text in said) >= ENOUGH * len(said)


def _different(said: Sequence[str], share: float) -> bool:
    return len(set(said)) >= share * len(said)


def _sex(said: Sequence[str]) -> bool:
    return {text.lower() for text in said} <= {"男", "女", "男性", "女性", "m", "f"} & set(SEXES) and len(set(said)) > 1


def _staff_no(said: Sequence[str]) -> bool:
    running = [text for text in said if text.isdigit() and int(text) <= len(said) + 5]
    return _mostly(NUMBER, said) and _different(said, 0.95) and len(running) < 0.5 * len(said)


def _name(said: Sequence[str]) -> bool:
    names = [clean_name(text) for text in said]
    return (
        _mostly(NAME, names) and _different(names, 0.6) and sum(bool(NO_NAME.search(name)) for name in names) < 0.1 * len(names)
    )


TESTS = {
    "phone": lambda said: _mostly(PHONE, said),
    "sex": _sex,
    "staff_no": _staff_no,
    "station": lambda said: _mostly(STATION, said) and _different(said, 0.3),
    "county": lambda said: _mostly(COUNTY, said),
    "name": _name,
}
