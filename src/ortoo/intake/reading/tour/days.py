"""On which of the tour's days a hall is free, or a speaker cannot come, as people write it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ortoo.intake.reading.dates import DateProblem, Frame, Span, read_spans
from ortoo.kernel.text.fold import as_text, fold, squeeze

EVERY = re.compile(
    r"(?:巡讲)?(?:全程|全部|全天|所有|任何|任意|每天|天天|随时|期间|不限|均|都|皆|all|any)"
    r"(?:时间|日期|日子|时段|天|期间|内|里|均|都|皆|可以|可用|可借用|可使用|使用|空闲|有空|可安排|能用|可|行)*"
)
NEVER = re.compile(r"(?:暂?(?:无|没有?)(?:空档|档期|可用日期?|空闲日?期?)?|不可用|不能用|全部?占用|均?已?占用|否|none|no|n/?a)")
EXCEPT = re.compile(
    r"^除(?:了|去)?(.+?)(?:以外|之外|外|不可用?|占用)?[,;,;]?(?:其余|其他|其它|剩余)?(?:时间|日期|日子|时段|天)?(?:均|都|皆|全部)?(?:可以?用?|可借用?|空闲|有空|可安排|行)$"
)
HALF = re.compile("上午|下午|晚上?|夜间|中午|半天")
PIECES = re.compile(r"[、,;,;\n。]+")


@dataclass(frozen=True)
class Read:
    """`days` within the tour; `outside`: how many more; `wrong`: (kind, what was said) of what could not be read; `half`: parts of days."""

    days: frozenset[date]
    outside: int = 0
    wrong: tuple[tuple[str, str], ...] = ()
    half: bool = False

    def __or__(self, other: "Read") -> "Read":
        return Read(self.days | other.days, self.outside + other.outside, self.wrong + other.wrong, self.half or other.half)


NONE = Read(frozenset())


def every_day(frame: Frame) -> frozenset[date]:
    """All days of the tour."""
    return frozenset(_between((frame.starts, frame.ends)))


def read_days(value: Any, frame: Frame) -> Read:
    """The days that a cell says. What cannot be read is left out and said; nothing is guessed."""
    text = squeeze(value).lower()
    if not text or NEVER.fullmatch(text) or not text.strip("-—–/\\"):
        return NONE
    if EVERY.fullmatch(text):
        return Read(every_day(frame))
    half = isinstance(value, str) and bool(HALF.search(value))
    if isinstance(value, str):
        value = HALF.sub(" ", value)
    if isinstance(value, str) and (but := EXCEPT.match(squeeze(value))):
        without = _spans(but[1], frame)
        return Read(every_day(frame) - without.days, 0, without.wrong, half)
    found = _spans(value, frame)
    return Read(found.days, found.outside, found.wrong, half)


def _spans(value: Any, frame: Frame) -> Read:
    """As a whole; where that fails piece by piece, so that one bad day does not take the good ones with it."""
    try:
        return _within(read_spans(value, frame), frame)
    except DateProblem as whole:
        pieces = [piece for piece in PIECES.split(as_text(value)) if fold(piece)]
        if len(pieces) < 2 or any(_leans(piece) for piece in pieces):
            return Read(frozenset(), wrong=((whole.kind, whole.said),))
        read = NONE
        for piece in pieces:
            try:
                read |= _within(read_spans(piece, frame), frame)
            except DateProblem as wrong:
                read |= Read(frozenset(), wrong=((wrong.kind, wrong.said),))
        return read


def _leans(piece: str) -> bool:
    """Whether a piece takes its month from the one before: then they cannot be read apart."""
    return bool(re.fullmatch(r"\d{1,2}[日号]?(?:\s*[-—–至到~]+\s*\d{1,2}[日号]?)?", fold(piece)))


def _within(spans: list[Span], frame: Frame) -> Read:
    outside = 0
    days: set[date] = set()
    for first, last in spans:
        kept = (max(first, frame.starts), min(last, frame.ends))
        inside = set(_between(kept))
        outside += (last - first).days + 1 - len(inside)
        days |= inside
    return Read(frozenset(days), outside)


def _between(span: Span) -> Iterator[date]:
    for number in range((span[1] - span[0]).days + 1):
        yield span[0] + timedelta(days=number)
