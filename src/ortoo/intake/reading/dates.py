"""Days that somebody cannot come, as they are written: 6月1日—6月10日, 6.1-6.10, 2023/6/1-2023/6/10, 5月上旬, several in a cell."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache

from ortoo.intake.reading.days import DateProblem, Frame, Partial, Span, span_of
from ortoo.kernel.text.fold import fold
from ortoo.kernel.text.numerals import with_digits

__all__ = ["DateProblem", "Frame", "Span", "read_pair", "read_spans"]
NOTHING = re.compile(
    r"(?:暂?(?:无|没有|没)(?:有|冲突|安排|特殊(?:情况|要求)|要求|时间冲突)?|否|[-—–_/\\~]+|(?:都|均|皆|全部|随时|任何时间)?(?:可以|可|行|能参加|可参加)"
    r"|服从安排|不限|none|no|n/?a|nil|无不能参(?:训|加)时间)"
)
EDGES = " 。.;,、" + "::的"
ASIDE = re.compile(r"\([^()\d]*\)|\[[^\[\]\d]*\]|【[^【】\d]*】")
REASON = re.compile(
    r"(?:单位|已|已经|要|需要?|有|在|因为?|计划|拟)*(?:产假|婚假|丧假|年假|年休假|公休假?|休假|病假|事假|探亲假?|请假|出差|住院|手术|陪护|学习|开会|会议|值班"
    r"|培训|考试|有事|体检|执勤|执行任务|安保任务?|外出|旅游|搬家|值守|封闭|借调|驻村|不能参加|不能参训|无法参加|无法参训|不在岗|期间|之间|共?\d+天)+"
)
LEAD = re.compile(r"(?:自|从|在|于|因|计划|拟)(?=\s*\d)")
SIGN = r"\s*(?:至|到|直到|~|〜|∼|—+|–+|―+|--?|−|─+|→)\s*"
CONNECTOR = re.compile(SIGN)
SEPARATOR = re.compile(r"[\s;,、。|+&]+|以及|还有|和|及|与|并")
SLASH = re.compile(r"\s*/(?=\s*\d)")
Y, M, D = r"(?P<y>\d{4}|\d{2})", r"(?P<m>\d{1,2})", r"(?P<d>\d{1,2})"
TIME = r"(?:\s+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
FIRST = [
    rf"{Y}\s*年\s*{M}\s*月\s*{D}(?!\d)\s*[日号]?",
    rf"(?P<y>\d{{4}})\s*([./-])\s*{M}\s*\2\s*{D}(?!\d)(?:\s*[日号])?{TIME}",
    r"(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)(?!\d)",
    rf"{M}/{D}/(?P<y>\d{{4}})(?!\d)",
    rf"(?P<y>\d\d)([./-]){M}\2{D}(?!\d|[./]\d)\s*[日号]?",
    rf"{Y}\s*年\s*{M}\s*[./]\s*{D}(?!\d)\s*[日号]?",
    rf"(?:{Y}\s*年\s*)?{M}\s*月\s*份?\s*的?(?P<third>[上中下])旬",
    rf"{M}\s*月\s*{D}(?!\d)\s*[日号]?",
    rf"(?:{Y}\s*年\s*)?{M}\s*月\s*份?(?:全月|整月|全|整)?(?![\d初底末中上下\s]*[\d初底末中上下])(?P<month>)",
    rf"{M}\s*([./])\s*{D}(?!\d)(?!\2\d)\s*[日号.]?",
    r"(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?!\d)(?!\s*[年./-]\d{1,2}[./-])",
]
DAY = rf"{D}\s*[日号]"
BARE = rf"{D}(?=\s*(?:$|[;,、。\s]))"
STARTS = [re.compile(pattern) for pattern in FIRST]
ENDS = [*STARTS, re.compile(DAY), re.compile(BARE)]
PAIR = re.compile(rf"(?<![\d./-])(\d{{1,2}})-(\d{{1,2}})({SIGN})(\d{{1,2}})-(\d{{1,2}})(?![\d-])")
LONE = re.compile(r"^(\d{1,2})-(1[3-9]|[23]\d)$")
MONTHS = re.compile(rf"(?<![\d月./-])(\d{{1,2}})(?:\s*月)?{SIGN}(\d{{1,2}})\s*月份?(?!\s*[\d初底末中上下])")
NAMED = r"(?:周|星期|礼拜)([1-7日天])"
WEEKDAYS = re.compile(rf"\s*(?P<open>\()?{NAMED}(?:\s*(?:至|到|-|—|~)\s*{NAMED})?(?(open)\)|(?![1-7日天]))")
SERIAL = re.compile(r"^\d{5}(?:\.0+)?$")
EPOCH = date(1899, 12, 30)


def read_spans(value: object, frame: Frame) -> list[Span]:
    """The spans (first day, last day) that a cell says, in the order said. Raises DateProblem; never guesses."""
    if isinstance(value, datetime | date):
        day = value.date() if isinstance(value, datetime) else value
        return [(day, day)]
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = _number(float(value), frame)
    if isinstance(value, date):
        return [(value, value)]
    return list(_said(fold(value), frame))


@lru_cache(maxsize=1 << 12)
def _said(original: str, frame: Frame) -> list[Span]:
    text = _plain(original)
    if not text or NOTHING.fullmatch(text.lower()):
        return []
    if SERIAL.match(text) and frame.near(day := EPOCH + timedelta(days=int(float(text)))):
        return [(day, day)]
    try:
        return Scanner(_hyphens(text), frame).spans()
    except DateProblem as wrong:
        raise DateProblem(wrong.kind, wrong.said if wrong.said in original else original) from None


def read_pair(first: object, last: object, frame: Frame) -> list[Span]:
    """The span between the first day and the last one, each in its own cell; nothing when both are empty. Raises DateProblem."""
    if first in ("", None) and last in ("", None):
        return []
    begins, ends = (_as_day(cell, frame) for cell in (first, last))
    if not begins and not ends:
        return []
    return read_spans(f"{begins}至{ends}", frame)


def _as_day(cell: object, frame: Frame) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return str(_number(float(cell), frame))
    text = fold(cell)
    return "" if NOTHING.fullmatch(text.lower()) else text


def _number(value: float, frame: Frame) -> object:
    """A day kept as a number: Excel counts them from 1900; 5.17 is the 17th, 5.1 could be the 1st or the 10th."""
    if 36_000 < value < 65_000:
        return EPOCH + timedelta(days=int(value))
    text = f"{value:.10g}"
    if re.fullmatch(r"\d{1,2}\.[123]", text):
        raise DateProblem("date_unclear", text)
    return text


def _plain(original: str) -> str:
    """Without what says nothing about days: reasons, brackets without a number, words around the dates."""
    text = ASIDE.sub("", with_digits(original.replace("〇", "0")))
    text = LEAD.sub("", REASON.sub(" ", text))
    return text.strip(" 。.;,、:的") or original.strip(" 。.;,、")


def _hyphens(text: str) -> str:
    """5-17至5-30 as 5.17至5.30, 4-5月 as 4月至5月: where a hyphen can only stand inside a date, or between months."""
    text = LONE.sub(r"\1.\2", text)
    text = PAIR.sub(r"\1.\2\3\4.\5", text)
    return MONTHS.sub(r"\1月至\2月", text)


@dataclass
class Scanner:
    """Walks through the text from date to date; `since` is the last date, whose month and year a bare «18日» takes.

    A slash divides spans (5.1-5.3/5.8-5.9) but not days: 5.1/5.9 could be two days or a span.
    """

    text: str
    frame: Frame
    place: int = 0
    since: Partial | None = None
    ranged: bool = False
    found: list[Span] = field(default_factory=list)

    def spans(self) -> list[Span]:
        """Every span of the text. Raises DateProblem at the first that can't be read."""
        self._skip()
        while self.place < len(self.text):
            self.found.append(self._span())
            self._skip()
        return self.found

    def _skip(self) -> None:
        if self.ranged and (slash := SLASH.match(self.text, self.place)):
            self.place = slash.end()
        while separator := SEPARATOR.match(self.text, self.place):
            self.place = separator.end()

    def _span(self) -> Span:
        start = self.place
        first = self._take(STARTS if self.since is None else ENDS)
        if first is None:
            raise DateProblem("date_unclear", self.text[start:])
        last, weekdays = None, self._weekdays()
        if link := CONNECTOR.match(self.text, self.place):
            self.place = link.end()
            self.since = first
            last = self._take(ENDS)
            said = self._weekdays()
            weekdays = said if len(said) == 2 else (weekdays[:1] or [0]) + said
            if last is None or (last.is_month and not first.is_month):
                raise DateProblem("date_unclear", self.text[start:])
        self.ranged = last is not None
        span, self.since = span_of(first, last, self.frame, self.text[start : self.place])
        if any(said and said != day.isoweekday() for said, day in zip(weekdays, span, strict=False)):
            raise DateProblem("date_unclear", self.text[start : self.place])
        return span

    def _weekdays(self) -> list[int]:
        """One weekday behind a date, or those of a span's first and last day; they have to be right. Monday is 1."""
        found = WEEKDAYS.match(self.text, self.place)
        if not found:
            return []
        self.place = found.end()
        return [int(day) if day.isdigit() else 7 for day in found.groups()[1:] if day]

    def _take(self, patterns: list[re.Pattern[str]]) -> Partial | None:
        start = self.place
        for pattern in patterns:
            if found := pattern.match(self.text, start):
                self.place = found.end()
                return Partial.of(found.groupdict(), self.since, self.frame, found[0])
        return None
