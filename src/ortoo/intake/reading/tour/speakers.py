"""The table of speakers: who tells what, when they cannot come, who stands in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from ortoo.intake.reading.dates import DateProblem, Frame, read_pair
from ortoo.intake.reading.tour.days import NONE, Read, every_day, read_days
from ortoo.intake.reading.tour.line import Line
from ortoo.intake.reading.tour.values import whole_of
from ortoo.intake.reading.values import NOTHING, language_of, staff_no_of
from ortoo.kernel.text.fold import as_text, clean_name, fold, squeeze
from ortoo.kernel.text.splitting import split_list

NOBODY = NOTHING | {"待定", "暂无", "无人", "没有", "空"}
SEVERAL = re.compile("[、,;,;/和及与]")
NUMBER = re.compile(r"[A-Za-z]{0,3}\d{3,10}")


@dataclass(frozen=True)
class ReadSpeaker:
    """A speaker and the talk of this line; `key` is the staff number, or the name where there is none.

    `understudies` are keys of other speakers, the first one first. Days are those of the tour on which the speaker cannot come.
    """

    key: str
    name: str
    staff_no: str
    county: str
    title: str
    about: str
    minutes: int | None
    blocked: frozenset[date]
    understudies: tuple[str, ...]
    language: str
    remark: str
    row: int


@dataclass
class SpeakerReader:
    """Reads line after line, then joins understudies to speakers."""

    frame: Frame
    speakers: list[ReadSpeaker] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    width: int = 0

    def read(self, line: Line) -> None:
        """One talk."""
        name = clean_name(line.value("name"))
        staff_no = staff_no_of(line.value("staff_no"), self.width)[0]
        if not name and not staff_no:
            line.problem("name_missing", "name", stops=True)
            return
        minutes = whole_of(line.value("minutes"))
        if minutes is None and line.text("minutes"):
            line.problem("minutes_odd", "minutes", said=line.text("minutes"))
        speaker = ReadSpeaker(
            staff_no or name, name or staff_no, staff_no, line.text("code") or line.text("unit"), fold(line.value("title")), fold(line.value("about")),
            minutes, self._blocked(line, name), (), language_of(line.value("language")), fold(line.value("remark")), line.row,
        )  # fmt: skip
        if not self._again(line, speaker):
            self.speakers.append(speaker)
            self.lines.append(line)

    def _again(self, line: Line, speaker: ReadSpeaker) -> bool:
        """Whether the line says a talk once more; one name with two numbers, or one number with two names, is a problem."""
        for place, known in enumerate(self.speakers):
            if (known.key, known.name, known.title) == (speaker.key, speaker.name, speaker.title):
                kind = "row_repeated" if known.blocked == speaker.blocked else "speaker_differs"
                line.problem(kind, "blocked", first_row=known.row)
                self.speakers[place] = replace(known, blocked=known.blocked | speaker.blocked)
                return True
            if known.key == speaker.key and known.name != speaker.name:
                line.problem("staff_no_taken", "staff_no", stops=True, staff_no=speaker.staff_no, first_name=known.name,
                             first_file=line.said.file, first_row=known.row, name=speaker.name)  # fmt: skip
            elif known.name == speaker.name and known.key != speaker.key and not (known.staff_no and speaker.staff_no):
                line.problem("speaker_twice", "name", stops=True, name=speaker.name, first_row=known.row)
        return False

    def _blocked(self, line: Line, name: str) -> frozenset[date]:
        """A day on which somebody may not be able to come is never guessed: it stops the planning."""
        blocked, free = self._days(line, "blocked", name) | self._pair(line, name), self._days(line, "free", name)
        days = blocked.days
        if line.all_of("free"):
            days |= every_day(self.frame) - free.days
        return days

    def _days(self, line: Line, field_name: str, name: str) -> Read:
        found = NONE
        for column, cell in line.all_of(field_name):
            read = read_days(cell, self.frame, free=field_name == "free")
            for _kind, said in read.wrong:
                line.problem("blocked_unclear", column=column, stops=True, name=name, said=said)
            if read.half:
                line.problem("half_day", column=column)
            found |= read
        return found

    def _pair(self, line: Line, name: str) -> Read:
        try:
            spans = read_pair(line.value("blocked_from"), line.value("blocked_to"), self.frame)
        except DateProblem as wrong:
            line.problem("blocked_unclear", "blocked_from", stops=True, name=name, said=wrong.said)
            return NONE
        return Read(frozenset(day for day in every_day(self.frame) if any(first <= day <= last for first, last in spans)))

    def joined(self) -> Sequence[ReadSpeaker]:
        """The speakers with their understudies."""
        return [
            replace(one, understudies=self._understudies(one, line)) for one, line in zip(self.speakers, self.lines, strict=True)
        ]

    def _understudies(self, speaker: ReadSpeaker, line: Line) -> tuple[str, ...]:
        name = "understudy_no" if line.text("understudy_no") not in NOBODY else "understudy"
        found: list[str] = []
        whole = as_text(line.value(name))
        for said in [whole] if self._keys_of(whole) and not SEVERAL.search(whole) else split_list(whole):
            if squeeze(said) in NOBODY:
                continue
            keys = self._keys_of(said)
            if keys == {speaker.key} or said == "本人":
                line.problem("understudy_self", name, name=speaker.name)
            elif not keys:
                line.problem("understudy_unknown", name, said=said)
            elif len(keys) > 1:
                line.problem("understudy_several", name, said=said)
            else:
                found += keys
        return tuple(dict.fromkeys(found))

    def _keys_of(self, said: str) -> set[str]:
        """Speakers of that name or number; a number beside a name counts before it."""
        for number in NUMBER.findall(fold(said)):
            staff_no = staff_no_of(number, self.width)[0]
            if named := {one.key for one in self.speakers if one.staff_no == staff_no}:
                return named
        name = clean_name(re.sub(r"\(.*?\)|[\dA-Za-z()]+", "", fold(said)))
        return {one.key for one in self.speakers if name and one.name == name}


def width_of(numbers: Sequence[object]) -> int:
    """How many digits staff numbers have: of those that begin with a zero, else of the longest."""
    texts = [squeeze(number).removesuffix(".0") for number in numbers]
    digits = [text for text in texts if text.isdigit()]
    led = [len(text) for text in digits if text.startswith("0")]
    return max(led or [len(text) for text in digits], default=0)
