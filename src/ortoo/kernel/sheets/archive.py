"""Look into a zipped workbook before anybody parses it: bombs, macros, formulas, what the parser does not tell."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree

from ortoo.kernel.sheets import opendocument
from ortoo.kernel.sheets.errors import SheetError
from ortoo.kernel.sheets.limits import Limits

_PIECE = 1 << 20
_SMALL = 4 << 20
_MANY_FORMULAS = 200_000
_FORMULA = re.compile(rb"<(?:\w+:)?c\b([^>]*)>\s*<(?:\w+:)?f\b")
_PLACE = re.compile(rb"""\br=["']([A-Z]{1,3})(\d{1,7})["']""")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_FAULTS = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError)
Range = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Facts:
    """What the archive tells besides the cells; formulas and merged ranges by sheet name, counted from 0."""

    kind: str = ""
    macros: bool = False
    formulas: dict[str, frozenset[tuple[int, int]]] = field(default_factory=dict)
    merges: dict[str, tuple[Range, ...]] = field(default_factory=dict)


def inspect(data: bytes, limits: Limits) -> Facts:
    """Unpack every XML part once, counting real bytes. Raises SheetError for a bomb or what is no workbook."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as pack:
            kind = _kind(pack)
            _check_sizes(pack, len(data), limits)
            return _facts(pack, kind, limits)
    except _FAULTS as error:
        raise SheetError("unreadable") from error


def _kind(pack: zipfile.ZipFile) -> str:
    names = {one.replace("\\", "/").lstrip("/").lower() for one in pack.namelist()}
    if "xl/workbook.bin" in names:
        return "xlsb"
    if "xl/workbook.xml" in names:
        return "xlsm" if "xl/vbaproject.bin" in names else "xlsx"
    if "content.xml" in names and b"spreadsheet" in _first(pack, "mimetype"):
        return "ods"
    if "encryptedpackage" in names:
        raise SheetError("encrypted")
    found = "docx" if any(one.startswith("word/") for one in names) else "zip"
    raise SheetError("not_a_sheet", found=found)


def _first(pack: zipfile.ZipFile, member: str) -> bytes:
    try:
        with pack.open(member) as part:
            return part.read(200)
    except KeyError:
        return b""


def _check_sizes(pack: zipfile.ZipFile, packed: int, limits: Limits) -> None:
    """By the directory alone: a bomb that tells its size is refused before a byte is unpacked."""
    infos = pack.infolist()
    total = sum(info.file_size for info in infos)
    ratio_kept = total <= max(packed * limits.ratio, 20 * 2**20)
    if total > limits.unpacked or len(infos) > limits.members or not ratio_kept:
        raise SheetError("too_large", what="MB", limit=limits.unpacked // 2**20)
    if any(info.flag_bits & 1 for info in infos):
        raise SheetError("encrypted")


def _facts(pack: zipfile.ZipFile, kind: str, limits: Limits) -> Facts:
    names_of = _sheet_parts(pack) if kind in ("xlsx", "xlsm") else {}
    left = limits.unpacked
    formulas: dict[str, frozenset[tuple[int, int]]] = {}
    for info in pack.infolist():
        if not info.filename.lower().endswith((".xml", ".rels", ".bin")):
            continue
        found: set[tuple[int, int]] = set()
        for piece in _complete_cells(pack, info):
            left -= len(piece)
            if left < 0:
                raise SheetError("too_large", what="MB", limit=limits.unpacked // 2**20)
            if info.filename in names_of and len(found) < _MANY_FORMULAS:
                found |= _formulas_in(piece)
        if found:
            formulas[names_of[info.filename]] = frozenset(found)
    merges = opendocument.merged_ranges(pack, limits) if kind == "ods" else {}
    return Facts(kind, kind == "xlsm", formulas, merges)


def _complete_cells(pack: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """The part in pieces that are cut behind a cell, so that no cell is torn."""
    rest = b""
    with pack.open(info) as part:
        while piece := part.read(_PIECE):
            whole = rest + piece
            cut = whole.rfind(b"c>") + 2
            if cut < 2 or len(whole) - cut > 4 * _PIECE:
                cut = len(whole)
            yield whole[:cut]
            rest = whole[cut:]
    yield rest


def _formulas_in(piece: bytes) -> set[tuple[int, int]]:
    if b"<f" not in piece and b":f" not in piece:
        return set()
    places = (_PLACE.search(match.group(1)) for match in _FORMULA.finditer(piece))
    return {(int(place.group(2)) - 1, _column(place.group(1))) for place in places if place}


def _sheet_parts(pack: zipfile.ZipFile) -> dict[str, str]:
    """Sheet names by the path of their part; empty when the workbook does not tell."""
    try:
        book = ElementTree.fromstring(_small(pack, "xl/workbook.xml"))
        relations = ElementTree.fromstring(_small(pack, "xl/_rels/workbook.xml.rels"))
    except (ElementTree.ParseError, KeyError):
        return {}
    paths = {one.get("Id"): (one.get("Target") or "").lstrip("/") for one in relations}
    named = {one.get(_RELATION): one.get("name") or "" for one in book.iter() if one.tag.endswith("}sheet")}
    return {
        path if path.startswith("xl/") else f"xl/{path}": named[key]
        for key, path in paths.items()
        if key is not None and key in named
    }


def _column(text: bytes) -> int:
    number = 0
    for letter in text:
        number = number * 26 + letter - 64
    return number - 1


def _small(pack: zipfile.ZipFile, member: str) -> bytes:
    with pack.open(member) as part:
        return part.read(_SMALL)
