"""csv and tsv, in the encodings in which they come: UTF-8, UTF-16, GB18030."""

import csv
import io
from typing import Any

from ortoo.kernel.sheets.errors import SheetError
from ortoo.kernel.sheets.limits import Limits

OTHER = {
    b"%PDF": "PDF", b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"GIF8": "GIF", b"Rar!": "RAR", b"7z\xbc\xaf": "7z",
    b"\x1f\x8b": "gzip", b"{\\rtf": "RTF",
}  # fmt: skip


def read(data: bytes, limits: Limits) -> list[list[Any]]:
    """Rows of texts. A row is a record: a line break inside quotation marks does not end it. Raises SheetError."""
    for mark, found in OTHER.items():
        if data.startswith(mark):
            raise SheetError("not_a_sheet", found=found)
    return _rows(decode(data), limits)


def decode(data: bytes) -> str:
    """The text: by its mark, else as UTF-16 when it looks so, else UTF-8, else GB18030."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        candidates = ["utf-16"]
    elif (nulls := data[:2000].count(0)) * 50 > len(data[:2000]):
        candidates = ["utf-16-be" if data[:2000:2].count(0) * 2 > nulls else "utf-16-le"]
    else:
        candidates = ["utf-8-sig", "gb18030"]
    for encoding in candidates:
        try:
            text = data.decode(encoding)
        except UnicodeError:
            continue
        if _plausible(text):
            return text
    raise SheetError("unreadable")


def _plausible(text: str) -> bool:
    """Binary rubbish often decodes as GB18030; then it is full of control characters."""
    sample = text[:20_000]
    odd = sum(1 for c in sample if (c < " " and c not in "\t\r\n\x1a") or c == "\x7f" or "\ue000" <= c <= "\uf8ff")
    return odd * 100 <= len(sample)


def _rows(text: str, limits: Limits) -> list[list[Any]]:
    rows: list[list[Any]] = []
    cells = 0
    csv.field_size_limit(max(1 << 20, csv.field_size_limit()))
    try:
        for row in csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=delimiter_of(text)):
            rows.append([cell[: limits.cell] for cell in row[: limits.columns]])
            cells += len(rows[-1])
            if len(rows) > limits.rows:
                raise SheetError("too_large", what="rows", limit=limits.rows)
            if cells > limits.cells:
                raise SheetError("too_large", what="cells", limit=limits.cells)
    except csv.Error as error:
        raise SheetError("quotes", row=len(rows) + 1) from error
    return rows


def delimiter_of(text: str) -> str:
    """The sign that stands most often in the first lines."""
    lines = [line for line in text[:50_000].splitlines() if line.strip()][:50]
    return max(",\t;|", key=lambda sign: sum(min(line.count(sign), 40) for line in lines))
