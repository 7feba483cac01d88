"""What the parser does not tell of an ods file: its merged ranges."""

import zipfile
from collections.abc import Iterable
from xml.etree import ElementTree

from ortoo.kernel.sheets.limits import Limits

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
Range = tuple[int, int, int, int]


def merged_ranges(pack: zipfile.ZipFile, limits: Limits) -> dict[str, tuple[Range, ...]]:
    """Merged ranges by sheet name, (top, left, bottom, right) from 0. Empty when the part can't be understood."""
    found: dict[str, tuple[Range, ...]] = {}
    try:
        with pack.open("content.xml") as part:
            for _, element in ElementTree.iterparse(part):
                if element.tag == f"{_TABLE}table":
                    found[element.get(f"{_TABLE}name") or ""] = tuple(_ranges(element, limits))
                    element.clear()
    except (ElementTree.ParseError, KeyError):
        return {}
    return found


def _ranges(table: ElementTree.Element, limits: Limits) -> Iterable[Range]:
    top = 0
    for row in table.iter(f"{_TABLE}table-row"):
        left = 0
        for cell in row:
            if cell.tag not in _CELLS:
                continue
            high, wide = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
            if (high > 1 or wide > 1) and high <= limits.rows and wide <= limits.columns:
                yield (top, left, top + high - 1, left + wide - 1)
            left += _count(cell, "number-columns-repeated")
        top += _count(row, "number-rows-repeated")


def _count(element: ElementTree.Element, name: str) -> int:
    text = element.get(_TABLE + name, "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 1
