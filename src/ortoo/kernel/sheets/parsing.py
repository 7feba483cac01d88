"""The second process: parses one workbook after another, within its own limits, and knows nothing else.

Run as a script by `guard`. A request is a length and the bytes of the file; the answer is a length and a pickle of
("ok", [(name, visible, rows, merged), …]) or (kind of error, params). Alone in its process because a parser that
runs out of memory ends the process it runs in, and that must not be the server's.
"""

import io
import pickle
import struct
import sys
from contextlib import suppress
from typing import Any, BinaryIO, NamedTuple

HEADER = struct.Struct("<7Q")
WIDEST = 16_384


class Allowed(NamedTuple):
    """How many sheets, rows, columns, cells of all sheets and characters of a cell are taken."""

    sheets: int
    rows: int
    columns: int
    cells: int
    cell: int


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer until the requests end."""
    while len(head := requests.read(HEADER.size)) == HEADER.size:
        size, sheets, rows, columns, cells, cell, memory = HEADER.unpack(head)
        _hold_memory(memory)
        data = requests.read(size)
        answer = pickle.dumps(parse(data, Allowed(sheets, rows, columns, cells, cell)), protocol=5)
        del data
        answers.write(struct.pack("<Q", len(answer)))
        answers.write(answer)
        answers.flush()
        del answer


def parse(data: bytes, allowed: Allowed) -> tuple[str, Any]:
    """The cells of every sheet, or the kind of error with what it needs to be said."""
    import python_calamine as calamine

    try:
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            return _sheets_of(book, allowed)
    except calamine.PasswordError:
        return "encrypted", {}
    except MemoryError:
        return "unreadable", {}
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic of the parser is no Exception
        if "assword" in str(error) or "ncrypted" in str(error):
            return "encrypted", {}
        return "unreadable", {}


def _sheets_of(book: Any, allowed: Allowed) -> tuple[str, Any]:
    tables = [meta for meta in book.sheets_metadata if str(meta.typ).endswith(".WorkSheet")]
    if len(tables) > allowed.sheets:
        return "too_large", {"what": "sheets", "limit": allowed.sheets}
    found, cells = [], 0
    for meta in tables:
        sheet = book.get_sheet_by_name(meta.name)
        height, width = (sheet.end[0] + 1, sheet.end[1] + 1) if sheet.end else (0, 0)
        cells += height * min(width, allowed.columns)
        if height > allowed.rows:
            return "too_large", {"what": "rows", "limit": allowed.rows}
        if cells > allowed.cells or width > WIDEST:
            return "too_large", {"what": "cells", "limit": allowed.cells}
        rows = _rows(sheet, allowed) if sheet.end else []
        merges = tuple((*start, *end) for start, end in (sheet.merged_cell_ranges or ()))
        found.append((meta.name, str(meta.visible).endswith(".Visible"), rows, merges))
    return "ok", found


def _rows(sheet: Any, allowed: Allowed) -> list[list[Any]]:
    """From A1 on, without columns beyond the allowed ones; an overlong text is cut; equal texts are one object."""
    # The parser gives rows from row 1 on, but columns from the first one that holds anything.
    left = sheet.start[1]
    before = [""] * min(left, allowed.columns)
    texts: dict[str, str] = {}
    rows: list[list[Any]] = []
    for row in sheet.iter_rows():
        cells = (before + row)[: allowed.columns]
        for column, cell in enumerate(cells):
            if type(cell) is str and cell:
                cells[column] = texts.setdefault(cell, cell) if len(cell) <= allowed.cell else cell[: allowed.cell]
        rows.append(cells)
    return rows


def _hold_memory(limit: int) -> None:
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (limit, resource.getrlimit(resource.RLIMIT_AS)[1]))


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
