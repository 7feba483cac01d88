"""Text files as tables: the encoding found by what decodes, the separator by what the first lines agree on."""

import csv
import io
from collections.abc import Iterator

from ortoo.kernel.sheets.errors import SheetError

BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def read_csv(data: bytes) -> Iterator[list[str]]:
    """The rows of a csv, tsv or semicolon file."""
    text = decode(data)
    if "\0" in text or sum(letter.isprintable() or letter in "\r\n\t" for letter in text[:2000]) < 0.95 * len(text[:2000]):
        raise SheetError("unreadable", why="not text")
    csv.field_size_limit(1 << 20)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    except csv.Error as error:
        raise SheetError("unreadable", why=str(error)[:120]) from None


def decode(data: bytes) -> str:
    """Bytes as text: by their mark, else UTF-8, else GB18030."""
    for mark, name in BOMS.items():
        if data.startswith(mark):
            return _decode(data, name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode(data, "gb18030")


def _decode(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        raise SheetError("unreadable", why="not UTF-8, UTF-16 or GB18030") from None


def _delimiter(text: str) -> str:
    lines = [line for line in text.splitlines()[:30] if line.strip()]
    return max(",\t;", key=lambda mark: sum(line.count(mark) for line in lines))
