"""Rooms as they are typed or pasted from a sheet: building, floor, room, beds, for whom; one line for each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ortoo.participation.domain.dorm_room import RoomDraft
from ortoo.participation.dorm.models import MOST_BEDS

MOST_LINES = 2000
SEXES = {"女": "女", "f": "女", "women": "女", "woman": "女", "男": "男", "m": "男", "men": "男", "man": "男"}
EITHER = {"", "-", "—", "不限", "均可", "either", "any"}
_WIDE = str.maketrans("０１２３４５６７８９，；", "0123456789,;")


@dataclass(frozen=True)
class Wrong:
    """What cannot be read: line from 1, the column's name, what stands there, what is wanted."""

    line: int
    column: str
    said: str
    wanted: str


def read_typed(text: str) -> tuple[list[RoomDraft], list[Wrong]]:
    """Rooms and mistakes, in order. Columns are parted by tabs, commas or semicolons; a heading is passed over."""
    drafts, wrong, seen = [], [], set()
    for line, words in _lines(text):
        found = list(_mistakes(line, words))
        if not found:
            draft = _draft(words)
            if (draft.building, draft.number) in seen:
                found = [Wrong(line, _("room"), str(draft), _("each room once"))]
            seen.add((draft.building, draft.number))
            drafts.append(draft)
        wrong += found
    if len(drafts) > MOST_LINES:
        wrong.append(Wrong(MOST_LINES + 1, "", "", _("%(most)s rooms at most") % {"most": MOST_LINES}))
    return drafts, wrong


def typed(rooms: list[RoomDraft]) -> str:
    """The same as text, to be read again."""
    return "\n".join(f"{room.building}\t{room.floor}\t{room.number}\t{room.beds}\t{room.sex}" for room in rooms)


def generate(building: str, floors: range, rooms: int, beds: int, sex: str) -> list[RoomDraft]:
    """Rooms numbered floor and two figures (101 … 120, 201 …), or three where a floor has more than 99."""
    wide = 2 if rooms < 100 else 3
    return [RoomDraft(building, floor, f"{floor}{room:0{wide}}", beds, sex) for floor in floors for room in range(1, rooms + 1)]


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            words = [word.strip() for word in re.split(r"[\t,;]", line.translate(_WIDE))]
            if not (number == 1 and not any(word.lstrip("-").isdecimal() for word in words)):
                yield number, [*words, *[""] * (5 - len(words))]


def _mistakes(line: int, words: list[str]) -> Iterator[Wrong]:
    building, floor, number, beds, sex = words[:5]
    if len(words) > 5 and any(words[5:]):
        yield Wrong(line, _("column %(number)s") % {"number": 6}, words[5], _("five columns at most"))
    if len(building) > 20:
        yield Wrong(line, _("building"), building, _("20 characters at most"))
    if not re.fullmatch(r"-?\d{1,2}", floor):
        yield Wrong(line, _("floor"), floor, _("a whole number, such as 3"))
    if not 0 < len(number) <= 12:
        yield Wrong(line, _("room"), number, _("a room number of 12 characters at most"))
    if beds and not (beds.isdecimal() and 1 <= int(beds) <= MOST_BEDS):
        yield Wrong(line, _("beds"), beds, _("a number from 1 to 4, or nothing for 2"))
    if sex.lower() not in SEXES and sex.lower() not in EITHER:
        yield Wrong(line, _("for"), sex, _("女, 男, or nothing for either"))


def _draft(words: list[str]) -> RoomDraft:
    building, floor, number, beds, sex = words[:5]
    return RoomDraft(building, int(floor), number, int(beds or 2), SEXES.get(sex.lower(), ""))
