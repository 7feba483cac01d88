"""People from a csv: columns person, group, note_taker (0 or 1), away (evenings from 1, such as "1;3"); only person is needed."""

import csv
from collections.abc import Iterable

from ortoo_solvers.roundtables.problem import Misfit, Person

COLUMNS = ("person", "group", "note_taker", "away")


def read_people(stream: Iterable[str], evenings: int) -> tuple[Person, ...]:
    """Raises Misfit with the line of what cannot be read."""
    rows = csv.DictReader(stream)
    heads = [head.strip().lower() for head in rows.fieldnames or ()]
    if "person" not in heads:
        raise Misfit(f"line 1: no column person; there are {', '.join(heads) or 'none'}")
    for head in heads:
        if head not in COLUMNS:
            raise Misfit(f"line 1: unknown column {head}; known are {', '.join(COLUMNS)}")
    rows.fieldnames = heads
    return tuple(
        _person(rows.line_num, row, evenings)
        for row in rows
        if any((value or "").strip() for value in row.values() if isinstance(value, str))
    )


def _person(line: int, row: dict[str, str], evenings: int) -> Person:
    if None in row:
        raise Misfit(f"line {line}: more cells than there are columns")
    said = {head: (value or "").strip() for head, value in row.items()}
    if not said["person"]:
        raise Misfit(f"line {line}: no person")
    if said.get("note_taker", "") not in ("", "0", "1"):
        raise Misfit(f"line {line}: note_taker should be 0 or 1, not {said['note_taker']}")
    away = [part.strip() for part in said.get("away", "").split(";") if part.strip()]
    for part in away:
        if not part.isdecimal() or not 1 <= int(part) <= evenings:
            raise Misfit(f"line {line}: away should name evenings from 1 to {evenings}, not {part}")
    return Person(said["person"], said.get("group") or None, said.get("note_taker") == "1", frozenset(int(p) - 1 for p in away))
