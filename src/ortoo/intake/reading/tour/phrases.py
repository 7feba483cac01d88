"""What stands around the days in a cell, put into words that the reader of dates knows: clocks, English months, 可用, 06-19."""

import re

from ortoo.intake.reading.dates import Frame
from ortoo.kernel.text.fold import fold

NUMBERED = re.compile("[①-⑳⑴-⒇]")
MIDNIGHT = re.compile(r"(?<=\d)[T\s]\s*00:00(?::00(?:\.0+)?)?(?!\d)")
HOUR = r"\d{1,2}(?::\d{2}(?::\d{2})?|[时点](?:半|整|\d{1,2}分?)?)"
CLOCK = re.compile(rf"(?<![\d.])(?:{HOUR})(?:\s*[-—–~至到]\s*(?:{HOUR}))?")
HALF = re.compile("上午|下午|早上|傍晚|晚上?|夜间|中午|半天")
WHOLE = re.compile("(?<=[日号\\d)])\\s*(?:全天|整天|一整天)")
SAYS_FREE = r"(?:可用|可以用?|可借用?|可租用?|可安排|可使用|能用|空闲|空档|有空|可|行)"
LABEL = re.compile(rf"^(?:场地|会场|礼堂)?{SAYS_FREE}(?:日期|时间|时段|日)?(?:为|是)?\s*[:]?\s*(?=\d)")
FREE_AFTER = re.compile(rf"(?<=[日号\d)])\s*(?:均|都|皆|全部)?{SAYS_FREE}(?=\s*(?:$|[,;、。\n]))")
DENIED = re.compile(r"\([^()]*(?:占|订|满|会议|有会|活动|演出|租|停用|维修|不|未|除)[^()]*\)")
"""An aside that takes the day away again, where free days are said: 6月19日(已订)."""
SHORT = re.compile(r"(?<![\d./年月-])(?P<m>\d{1,2})-(?P<d>\d{1,2})(?![\d./-]|\s*[月日号])")
LAST_YEAR = re.compile(r"(?<![\d./-])(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>(?:19|20)\d\d)(?![\d.])")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTH = rf"(?P<m>{'|'.join(MONTHS)})[a-z]*\.?"
WEEKDAY = rf"(?:(?P<w>{'|'.join(WEEK)})[a-z]*\.?,?\s+)?"
NTH, TO = r"(?:st|nd|rd|th)?", r"(?:\s*(?:[-—–~]|to|until|through)\s*(?P<to>\d{1,2})(?:st|nd|rd|th)?(?!\d))?"
YEAR = r"(?:,?\s+(?P<y>(?:19|20)\d\d))?"
ENGLISH = (
    re.compile(rf"\b{WEEKDAY}(?P<d>\d{{1,2}}){NTH}{TO}\s+(?:of\s+)?{MONTH}{YEAR}", re.IGNORECASE),
    re.compile(rf"\b{WEEKDAY}{MONTH}\s+(?P<d>\d{{1,2}}){NTH}(?!\d){TO}{YEAR}", re.IGNORECASE),
)
LINK = re.compile(r"\s+(?:to|until|through)\s+", re.IGNORECASE)
AND = re.compile(r"\s+(?:and|or)\s+|或者?", re.IGNORECASE)
FROM_ON = re.compile(r"(?<=[日号])起(?=\s*[至到—-])|(?<=[日号])开始(?=\s*[至到—-])")


def plain(said: str, frame: Frame, free: bool) -> tuple[str, bool]:
    """The text as dates alone, and whether it speaks of a part of a day. `free`: the cell says when, not when not."""
    text = MIDNIGHT.sub("", _english(fold(NUMBERED.sub(" ", said.replace("\n", ";")))))
    half = bool(HALF.search(text) or CLOCK.search(text))
    text = FROM_ON.sub("", WHOLE.sub("", CLOCK.sub(" ", HALF.sub(" ", text))))
    if free:
        text = FREE_AFTER.sub("", LABEL.sub("", text))
    return _short(text, frame), half


def _english(text: str) -> str:
    """19 June 2023, Mon June 19-21, 2023-06-19 to 2023-06-21 as 2023年6月19日, 6月19日周1至21日, 2023-06-19至2023-06-21."""
    begins = {pattern: found.start() for pattern in ENGLISH if (found := pattern.search(text))}
    for pattern in sorted(begins, key=lambda pattern: begins[pattern]):
        text = pattern.sub(_in_digits, text)
    return AND.sub("、", LINK.sub("至", text))


def _in_digits(found: re.Match[str]) -> str:
    year = f"{found['y']}年" if found["y"] else ""
    day = f"{year}{MONTHS.index(found['m'].lower()) + 1}月{found['d']}日"
    week = f"周{WEEK.index(found['w'].lower()) + 1}" if found["w"] else ""
    return day + week + (f"至{found['to']}日" if found["to"] else "")


def _short(text: str, frame: Frame) -> str:
    """06-19, 7-10, 19.06.2023 as 6月19日, 7月10日, 2023年6月19日: where the tour has such a month, and nothing else can be meant."""
    length = (frame.ends.year - frame.starts.year) * 12 + frame.ends.month - frame.starts.month
    months = {(frame.starts.month - 1 + step) % 12 + 1 for step in range(length + 1)}

    def day(found: re.Match[str]) -> str:
        month, number = int(found["m"]), int(found["d"])
        led = found["m"].startswith("0") and len(found["d"]) == 2 and "y" not in found.re.groupindex
        if month not in months or not 1 <= number <= 31 or not (led or number not in months or number <= month):
            return found[0]
        return f"{found['y']}年{month}月{number}日" if "y" in found.re.groupindex else f"{month}月{number}日"

    return LAST_YEAR.sub(day, SHORT.sub(day, text))
