"""People from a csv as organisers keep it: Chinese or English headings, the separators and encodings that spreadsheets write.

Columns: person (姓名), group (单位), note_taker (记录员: 是/否, yes/no, 1/0) and away (请假: evenings from 1, such as 1;3); only person is
needed. A column of running numbers (序号) is passed over.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from unicodedata import normalize

from ortoo_solvers.roundtables.problem import Misfit, Person

HEADINGS = {
    "person": ("person", "name", "姓名", "人员"),
    "group": ("group", "unit", "单位", "组别", "分组"),
    "note_taker": ("note_taker", "note-taker", "note taker", "记录员", "记录人"),
    "away": ("away", "请假", "缺席", "请假场次"),
}
NUMBERING = ("序号", "no", "no.", "#")  # Sheets number their lines; nothing is asked of it.
YES, NO = ("1", "是", "yes", "y", "true", "√", "✓"), ("", "0", "否", "no", "n", "false", "×")
_KNOWN = {word: column for column, words in HEADINGS.items() for word in words}
_BETWEEN = re.compile(r"[;；、,，\s]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")

Cells = dict[str, tuple[str, str]]  # By column: what is in the cell, and where it is.


def decoded(data: bytes) -> str:
    """UTF-8 (with a mark or without), UTF-16 with a mark, GB18030. Raises Misfit with the line that is none of them."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError as error:
            line = data[: error.start].decode("utf-16", errors="ignore").count("\n") + 1
            raise Misfit(f"line {line}: not whole UTF-16 text; save the sheet as csv in UTF-8") from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        text = "\x00"
    if _CONTROL.search(text):
        raise Misfit(f"line {line}: neither UTF-8 nor GB18030 text; save the sheet as csv in one of the two")
    return text


def read_people(lines: Iterable[str], evenings: int) -> tuple[Person, ...]:
    """From the lines of a csv, ends of lines kept or not. Raises Misfit with line, column and what to do."""
    rows = _rows([line.removesuffix("\n").removesuffix("\r") + "\n" for line in lines])
    first, heads = next(rows, (1, []))
    columns = _columns(first, heads)
    people: dict[str, Person] = {}
    seen: dict[str, int] = {}
    for line, row in rows:
        cells = _cells(line, row, heads, columns)
        person = _person(cells, evenings)
        if person.key in people:
            raise Misfit(
                f"{cells['person'][1]}: {person.key} is on line {seen[person.key]} already; take one away, or tell two of one name apart"
            )
        people[person.key], seen[person.key] = person, line
    if not people:
        raise Misfit(f"line {first + 1}: nobody below the headings")
    return tuple(people.values())


def _rows(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not blank, each with the number of its first line; the headings tell what stands between columns."""
    heading = next((line for line in lines if line.strip()), "")
    between = next((mark for mark in "\t;；，" if mark in heading and "," not in heading), ",")
    reader, line = csv.reader(lines, delimiter=between, strict=True), 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield line, [cell.strip() for cell in row]
            line = reader.line_num + 1
    except csv.Error as error:
        raise Misfit(f"line {line}: {error}; a cell that begins with a quotation mark needs one at its end") from None


def _columns(line: int, heads: list[str]) -> dict[int, str]:
    """Which column of ours each place holds."""
    columns: dict[int, str] = {}
    for place, head in enumerate(heads):
        word = normalize("NFKC", head).lower()
        column = _KNOWN.get(word)
        if column is None and word not in ("", *NUMBERING):
            raise Misfit(f"line {line}, column {place + 1}: unknown heading {head}; known are {_known()}")
        if column in columns.values():
            other = next(at for at, taken in columns.items() if taken == column)
            raise Misfit(
                f"line {line}, columns {other + 1} ({heads[other]}) and {place + 1} ({head}): the same twice; take one away"
            )
        if column is not None:
            columns[place] = column
    if "person" not in columns.values():
        raise Misfit(f"line {line}: no column person (姓名); known headings are {_known()}")
    return columns


def _known() -> str:
    return ", ".join(f"{column} ({next(word for word in words if not word.isascii())})" for column, words in HEADINGS.items())


def _cells(line: int, row: list[str], heads: list[str], columns: dict[int, str]) -> Cells:
    beyond = next((place for place, cell in enumerate(row) if cell and (place >= len(heads) or not heads[place])), None)
    if beyond is not None:
        raise Misfit(f"line {line}, column {beyond + 1}: {row[beyond]} is below no heading; put a cell with separators in quotes")
    return {
        column: (row[place] if place < len(row) else "", f"line {line}, column {place + 1} ({heads[place]})")
        for place, column in columns.items()
    }


def _person(cells: Cells, evenings: int) -> Person:
    key, where = cells["person"]
    if not key:
        raise Misfit(f"{where}: no person")
    return Person(
        key, cells.get("group", ("", ""))[0] or None, _takes_notes(*cells.get("note_taker", ("", ""))), _away(cells, evenings)
    )


def _takes_notes(said: str, where: str) -> bool:
    word = normalize("NFKC", said).lower()
    if word not in (*YES, *NO):
        raise Misfit(f"{where}: should be 是 or 否, yes or no, 1 or 0, not {said}")
    return word in YES


def _away(cells: Cells, evenings: int) -> frozenset[int]:
    said, where = cells.get("away", ("", ""))
    parts = [part for part in _BETWEEN.split(normalize("NFKC", said)) if part]
    for part in parts:
        if not part.isdecimal() or len(part) > 9 or not 1 <= int(part) <= evenings:
            raise Misfit(f"{where}: should name evenings from 1 to {evenings}, such as 1;3, not {part}")
    return frozenset(int(part) - 1 for part in parts)
