"""On which of the tour's days a hall is free, or a speaker cannot come, as people write it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from ortoo.intake.reading.dates import DateProblem, Frame, Span, read_spans
from ortoo.intake.reading.tour.phrases import DENIED, plain
from ortoo.kernel.text.fold import as_text, fold, squeeze

EVERY = re.compile(
    r"(?:巡讲)?(?:全程|全部|全天|所有|任何|任意|每天|天天|随时|期间|不限|均|都|皆|all|any)"
    r"(?:时间|日期|日子|时段|天|期间|内|里|均|都|皆|可以|可用|可参加|能参加|可借用|可使用|使用|空闲|有空|可安排|能用|可|行)*"
)
OPEN = re.compile("随时|不限|任[何意]|[可能行空]|any")
NOTHING = re.compile(r"(?:暂?(?:无|没有?)(?:冲突|安排)?|否|none|no|n/?a)")
FULL = re.compile(
    r"(?:暂?(?:无|没有?)(?:空档|档期|可用日期?|空闲日?期?)|不可用|不能用|(?:全部?|全程|均|都|皆)?(?:均|都|皆)?(?:已?占用|不可用|不能用?|不能参加|不参加|没空))"
)
EXCEPT = re.compile(
    r"^除(?:了|去)?(?P<but>.+?)(?:以外|之外|外)?[,;]?(?:其余|其他|其它|剩余)?(?:时间|日期|日子|时段|天)?"
    r"(?:(?:均|都|皆|全部)*(?:(?P<free>可以?用?|可借用?|能参加|可参加|空闲|有空|可安排|行)|(?P<taken>不可用?|不能用?|不能参加|占用|没空)))?$"
)
LESS = re.compile(
    r"^(?P<base>\d.*?)[,;、\s]*(?:\(|(?=除))?(?:除(?:了|去)?(?P<but>[^()]+?)(?:以外|之外|外)?|(?<=\()(?P<aside>[^()]+?)除外)\)?"
    r"(?:[,;]?(?:其余|其他)?(?:均|都|皆)?(?:可以?用?|可|行))?$"
)
ONWARDS = re.compile(r"^(?:自|从)?(?P<from>[^至到\-—~]+?[日号])(?:起|开始)(?:至(?:结束|巡讲结束))?$")
PIECES = re.compile(r"[、,;\n。]+")
PIECES_OUTSIDE = re.compile(r"[、,;。](?![^()]*\))")


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


def read_days(value: Any, frame: Frame, *, free: bool = True) -> Read:
    """The days that a cell says: on which something can be, or with `free` false cannot. What cannot be read is left out and said."""
    text = squeeze(value).lower()
    if not text or NOTHING.fullmatch(text) or not text.strip("-—–/\\"):
        return NONE
    if FULL.fullmatch(text):
        return NONE if free else Read(every_day(frame))
    if EVERY.fullmatch(text):
        return Read(every_day(frame)) if free or not OPEN.search(text) else NONE
    if not isinstance(value, str):
        return _spans(value, frame)
    value, half = plain(value, frame, free)
    if free and DENIED.search(value) and not LESS.match(squeeze(value)):
        pieces = PIECES_OUTSIDE.split(value)
        taken = tuple(("date_unclear", piece) for piece in pieces if DENIED.search(piece))
        rest = _some("、".join(piece for piece in pieces if not DENIED.search(piece)), frame, free)
        return replace(rest, wrong=taken + rest.wrong, half=half)
    return replace(_some(value, frame, free), half=half)


def _some(said: str, frame: Frame, free: bool) -> Read:
    text = squeeze(said)
    if but := EXCEPT.match(text):
        left_out = _spans(but["but"], frame)
        others = every_day(frame) - left_out.days
        means_free = bool(but["free"]) or (free and not but["taken"])
        return Read(others if means_free == free else left_out.days, 0, left_out.wrong)
    if (less := LESS.match(text)) and free:
        return _less(less["base"], less["but"] or less["aside"], text, frame)
    if onwards := ONWARDS.match(text):
        first = _spans(onwards["from"], frame)
        return Read(frozenset(day for day in every_day(frame) if first.days and day >= min(first.days)), 0, first.wrong)
    return _spans(said, frame)


def _less(base: str, but: str, text: str, frame: Frame) -> Read:
    """The days of `base` without those of `but`, which may lean on its month: 6月19日至25日(21日除外)."""
    try:
        spans = read_spans(base, frame)
        days, left_out = _within(spans, frame), _within(read_spans(f"{base};{but}", frame)[len(spans) :], frame)
    except DateProblem as wrong:
        return Read(frozenset(), wrong=((wrong.kind, text),))
    return Read(days.days - left_out.days, days.outside)


def _spans(value: Any, frame: Frame) -> Read:
    """As a whole; where that fails piece by piece, so that one bad day does not take the good ones with it."""
    try:
        return _within(read_spans(value, frame), frame)
    except DateProblem as whole:
        pieces = [piece for piece in PIECES.split(fold(as_text(value))) if fold(piece)]
        if len(pieces) < 2 or any(_leans(piece) for piece in pieces) or "除" in whole.said:
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
