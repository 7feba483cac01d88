"""Real files damaged in every way that mail, disks, programs and bad will do it; each by its seed."""

import io
import random
import re
import zipfile
from collections.abc import Callable
from functools import cache

from tests.intake.reading.messy import make
from tests.intake.reading.rosters import files, truth

Change = Callable[[bytes, random.Random], bytes]
WILD = [
    "#REF!",
    "=1+1",
    "",
    "\x00",
    "🙂",
    "x" * 40_000,
    "6月31日",
    "1e308",
    "-1",
    "NaN",
    "1899-12-30",
    "９" * 50,
    "<script>",
    "%s%(a)s{0}",
    "同上",
    "٣",
    "²",
    "㊿",
]
WILD_XML = [
    "&#0;",
    "&lol;",
    "<f>1/0</f>",
    "<v>1e999</v>",
    "<v>99999999999</v>",
    "</c>",
    "<c r='ZZZZ1'/>",
    "<row r='0'>",
    "<!--",
    "]]>",
    "\ufffe",
]


@cache
def sources() -> list[tuple[str, bytes]]:
    """The twelve returns and small files of the other formats."""
    people = [person for person in truth()["people"] if person["prefecture"] == "乌海市"][:12]
    others = [make(people, seed, kind) for seed, kind in enumerate(["ods", "ods", "html", "xls", "csv", "xlsx", "xlsx"])]
    return [*files(), *((messy.name, messy.data) for messy in others)]


def mutated(seed: int) -> tuple[str, bytes, str]:
    """File number `seed`: its name, its bytes, and what was done to it."""
    rng = random.Random(seed)
    name, data = rng.choice(sources())
    changes = BYTES + (ZIPPED * 2 if data.startswith(b"PK") else TEXTS if name.endswith(("csv", "html")) else [])
    chosen = [rng.choice(changes) for _ in range(rng.choice([1, 1, 1, 2]))]
    for change in chosen:
        data = change(data, rng)
    if rng.random() < 0.1:
        name = rng.choice(["坏.xlsx", "坏.xls", "坏.csv", "坏", "坏.ods", "../../etc/坏.xlsx", "坏" * 100])
    return name, data, "+".join(change.__name__ for change in chosen)


def cut(data: bytes, rng: random.Random) -> bytes:
    return data[: rng.randrange(len(data) + 1)]


def cut_front(data: bytes, rng: random.Random) -> bytes:
    return data[rng.randrange(len(data) + 1) :]


def flip_bits(data: bytes, rng: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.choice([1, 3, 20, 200]) if data else 0):
        changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def blank_block(data: bytes, rng: random.Random) -> bytes:
    start = rng.randrange(len(data) + 1)
    length = min(rng.choice([4, 64, 1024]), len(data) - start)
    return data[:start] + rng.choice([b"\0", b"\xff"]) * length + data[start + length :]


def insert_noise(data: bytes, rng: random.Random) -> bytes:
    start = rng.randrange(len(data) + 1)
    return data[:start] + rng.randbytes(rng.choice([1, 7, 500])) + data[start:]


def doubled(data: bytes, rng: random.Random) -> bytes:
    return data + data[: rng.randrange(len(data) + 1)]


def noise(data: bytes, rng: random.Random) -> bytes:
    return rng.randbytes(rng.choice([0, 1, 16, 3000]))


def huge_numbers(data: bytes, rng: random.Random) -> bytes:
    """Four bytes somewhere become the largest number: lengths and counts that lie."""
    start = rng.randrange(max(1, len(data) - 4))
    return data[:start] + rng.choice([b"\xff\xff\xff\x7f", b"\xff\xff\xff\xff", b"\0\0\0\x80"]) + data[start + 4 :]


BYTES: list[Change] = [
    cut,
    cut_front,
    flip_bits,
    flip_bits,
    blank_block,
    insert_noise,
    doubled,
    noise,
    huge_numbers,
    huge_numbers,
]


def wild_line(data: bytes, rng: random.Random) -> bytes:
    lines = data.split(b"\n")
    lines.insert(rng.randrange(len(lines) + 1), rng.choice(WILD).encode("utf-8") * rng.choice([1, 1, 50]))
    return b"\n".join(lines)


def open_quote(data: bytes, rng: random.Random) -> bytes:
    return data.replace(b",", b',"', rng.choice([1, 2, 9]))


def other_encoding(data: bytes, rng: random.Random) -> bytes:
    return data.decode("gb18030", "replace").encode(rng.choice(["utf-16", "utf-16-be", "big5", "shift_jis", "utf-32"]), "replace")


def many_cells(data: bytes, rng: random.Random) -> bytes:
    return data + rng.choice([b"," * 100_000, b"\r\n" * 50_000, b"<td colspan=99999>" * 500, b"<table>" * 3000])


TEXTS: list[Change] = [wild_line, open_quote, other_encoding, many_cells]


def _members(data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as pack:
            return {name: pack.read(name) for name in pack.namelist() if pack.getinfo(name).file_size < 5_000_000}
    except Exception:
        return {}


def _zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in members.items():
            pack.writestr(name, content)
    return out.getvalue()


def _in_members(change: Callable[[dict[str, bytes], random.Random], None]) -> Change:
    def changed(data: bytes, rng: random.Random) -> bytes:
        members = _members(data)
        if not members:
            return data
        change(members, rng)
        return _zipped(members)

    changed.__name__ = change.__name__
    return changed


def _sheet_of(members: dict[str, bytes], rng: random.Random) -> str:
    sheets = [
        name
        for name in members
        if "worksheets/sheet" in name or name in ("content.xml", "xl/sharedStrings.xml", "xl/workbook.xml")
    ]
    return rng.choice(sheets or list(members))


@_in_members
def swap_members(members: dict[str, bytes], rng: random.Random) -> None:
    one, other = rng.choice(list(members)), rng.choice(list(members))
    members[one], members[other] = members[other], members[one]


@_in_members
def drop_member(members: dict[str, bytes], rng: random.Random) -> None:
    del members[rng.choice(list(members))]


@_in_members
def bomb(members: dict[str, bytes], rng: random.Random) -> None:
    members[rng.choice(["xl/media/bomb.bin", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "content.xml"])] = (
        b"0" * rng.choice([10**6, 30 * 10**6])
    )


@_in_members
def entities(members: dict[str, bytes], rng: random.Random) -> None:
    bombs = b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>" + b"".join(
        f"<!ENTITY {chr(98 + i)} '{f'&{chr(97 + i)};' * 10}'>".encode() for i in range(9)
    ) + b"]>"  # fmt: skip
    name = _sheet_of(members, rng)
    members[name] = members[name].replace(b"?>", b"?>" + bombs, 1).replace(b"</v>", b"&j;</v>", 1).replace(b"</t>", b"&j;</t>", 1)


@_in_members
def macros(members: dict[str, bytes], rng: random.Random) -> None:
    members["xl/vbaProject.bin"] = rng.randbytes(2000)


@_in_members
def formulas(members: dict[str, bytes], rng: random.Random) -> None:
    name = _sheet_of(members, rng)
    members[name] = re.sub(
        rb"<v>", lambda found: b"<f>SUM(A1)</f>" + (b"<v>" if rng.random() < 0.5 else b"<v/><v>"), members[name], count=20
    )


@_in_members
def wrong_types(members: dict[str, bytes], rng: random.Random) -> None:
    name = _sheet_of(members, rng)
    kinds = [b't="s"', b't="n"', b't="b"', b't="e"', b't="d"', b't="str"', b't="inlineStr"', b't="zz"', b""]
    members[name] = re.sub(rb't="\w+"', lambda found: rng.choice(kinds) if rng.random() < 0.1 else found[0], members[name])


@_in_members
def far_cells(members: dict[str, bytes], rng: random.Random) -> None:
    name = _sheet_of(members, rng)
    far = rng.choice([b"XFD1048576", b"A1048576", b"XFD1", b"ZZZZZ99999999999", b"A0", b"1A", b""])
    members[name] = re.sub(rb'(<c [^>]*?r=")[A-Z]+\d+', rb"\g<1>" + far, members[name], count=rng.choice([1, 5]))


@_in_members
def repeats(members: dict[str, bytes], rng: random.Random) -> None:
    name = _sheet_of(members, rng)
    many = rng.choice([b"1000000000", b"16384", b"-1", b"99999999999999999999"])
    tag = rng.choice([b"table:table-cell", b"table:table-row"])
    kind = b"columns" if tag.endswith(b"cell") else b"rows"
    members[name] = members[name].replace(
        b"<" + tag, b"<" + tag + b" table:number-" + kind + b'-repeated="' + many + b'"', rng.choice([1, 3])
    )


@_in_members
def merges(members: dict[str, bytes], rng: random.Random) -> None:
    name = _sheet_of(members, rng)
    area = rng.choice([b"A1:XFD1048576", b"C3:A1", b"E5:E90", b"B2:B2", b"A:A", b"", b"D4:H40"])
    members[name] = members[name].replace(
        b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="' + area + b'"/></mergeCells>', 1
    )


@_in_members
def wild_texts(members: dict[str, bytes], rng: random.Random) -> None:
    """Values that nobody expects, in good order."""
    name = "xl/sharedStrings.xml" if "xl/sharedStrings.xml" in members else _sheet_of(members, rng)

    def wild(found: re.Match[bytes]) -> bytes:
        if rng.random() > 0.05:
            return found[0]
        text = rng.choice(WILD).replace("&", "&amp;").replace("<", "&lt;").replace("\x00", "")
        return b">" + text.encode() + found[1]

    members[name] = re.sub(rb">[^<>]*(</(?:t|v|text:p)>)", wild, members[name])


@_in_members
def wild_xml(members: dict[str, bytes], rng: random.Random) -> None:
    name = _sheet_of(members, rng)
    content = members[name]
    for _ in range(rng.choice([1, 3])):
        place = rng.randrange(len(content) + 1)
        content = content[:place] + rng.choice(WILD_XML).encode("utf-8", "replace") + content[place:]
    members[name] = content


@_in_members
def flip_inside(members: dict[str, bytes], rng: random.Random) -> None:
    name = rng.choice(list(members))
    members[name] = flip_bits(members[name], rng)


@_in_members
def numbers_inside(members: dict[str, bytes], rng: random.Random) -> None:
    name = _sheet_of(members, rng)
    wild = [b"-1", b"1e308", b"45063", b"0.1", b"99999999999999999999", b"5.1", b"NaN"]
    members[name] = re.sub(
        rb"<v>[^<]*</v>", lambda found: b"<v>" + rng.choice(wild) + b"</v>" if rng.random() < 0.05 else found[0], members[name]
    )


ZIPPED: list[Change] = [
    swap_members, drop_member, bomb, entities, macros, formulas, wrong_types, far_cells, repeats, merges, wild_texts, wild_texts, wild_xml,
    flip_inside, numbers_inside, numbers_inside,
]  # fmt: skip
