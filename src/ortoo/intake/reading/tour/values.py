"""One cell each of a tour's tables: whole numbers, first and last stop, priority."""

import re

from ortoo.kernel.text.fold import squeeze
from ortoo.kernel.text.numerals import number_of

NUMBER = re.compile(r"(?:共|约?计|可?容纳)?(\d{1,6})(?:\.0+)?(?:个|张)?(?:座位|席位|人次|座|席|人|位|名|分钟|分|min|票)?")
FIRST = re.compile("首站|首场|第一站|起点站?|起始站|始发站?|出发站|首发站?|开幕|启动(?:站|仪式)?|first|起站")
LAST = re.compile("末站|末场|终点站?|终站|最后一站|收官(?:站|之战)?|收尾站?|闭幕|压轴|尾站|last")
NOT = re.compile("[不非未勿]|别|避免")
AROUND = re.compile(r"^[首末尾站是为的必须作、,;。.:()\[\]【】/—+和√-]+|[首末尾站是为的必须作、,;。.:()\[\]【】/—+和√-]+$")
ASIDE_MARK = re.compile(r"[(\[【（〔]([^()\[\]【】（）〔〕]*)[)\]】）〕]")
RANKS = {"最高": 1, "高": 1, "优先": 1, "特级": 1, "中": 2, "一般": 2, "低": 3}


def whole_of(value: object) -> int | None:
    """The whole number that a cell says, with or without its unit (60人); None when it says none."""
    text = squeeze(value).replace(",", "").lower()
    found = NUMBER.fullmatch(text)
    if found:
        return int(found[1])
    return number_of(text) if text and not text.isascii() else None


def priority_of(value: object) -> int | None:
    """1 for 1, 一级, 第一优先; None when it cannot be told."""
    text = re.sub(r"^第|级别?$|等$|优先级?$|类$|档$|批$", "", squeeze(value).removesuffix(".0"))
    text = re.sub(r"级别?$|等$|优先级?$", "", text)
    return number_of(text) if text else None


def marks_of(text: str) -> tuple[bool, bool]:
    """Whether a text says first stop, last stop. 非首站 says neither."""
    if NOT.search(text):
        return False, False
    bare = squeeze(text).lower()
    return bool(FIRST.search(bare)) or bare == "首", bool(LAST.search(bare)) or bare in ("末", "尾")


def beside_marks(text: str) -> str:
    """What a requirement says besides first or last stop: 首站,须在6月25日前 → 须在6月25日前."""
    return AROUND.sub("", LAST.sub("", FIRST.sub("", squeeze(text).lower())))


def name_and_mark(text: str) -> tuple[str, str]:
    """A stop's name without a bracket that marks it, and the mark: 警官学院(首站)."""
    for found in ASIDE_MARK.finditer(text):
        if any(marks_of(found[1])):
            return (text[: found.start()] + text[found.end() :]).strip(), found[1]
    return text, ""
