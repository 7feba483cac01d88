"""Published instances (`.ctt`, as on the ITC-2007 site) and timetables (`course room day period` on each line)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, replace
from typing import TextIO, TypeVar
from urllib.parse import quote, unquote

from ortoo_solvers.timetable.check import MOST, MOST_A_DAY, MOST_PERIODS, Misfit
from ortoo_solvers.timetable.problem import Course, Curriculum, Lecture, Problem, Room

HEAD = ("Name", "Courses", "Rooms", "Days", "Periods_per_day", "Curricula", "Constraints")
SECTIONS = ("COURSES", "ROOMS", "CURRICULA", "UNAVAILABILITY_CONSTRAINTS")
MOST_OF = {"Days": MOST_PERIODS, "Periods_per_day": MOST_A_DAY}


class BadFile(ValueError):
    """The file is not what it should be; ``line`` counts from 1."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(f"line {line}: {message}")
        self.line = line


Keyed = TypeVar("Keyed", Course, Room, Curriculum)


@dataclass(slots=True)
class _Lines:
    """Words of the lines that say something, with the number of the line."""

    source: Iterator[tuple[int, list[str]]]
    number: int = 0

    def next(self, wanted: str) -> list[str]:
        try:
            self.number, words = next(self.source)
        except StopIteration:
            raise BadFile(self.number + 1, f"the file ends where {wanted} should be") from None
        return words


def read_ctt(stream: Iterable[str]) -> Problem:
    """Raises BadFile with the line of whatever is missing, too many, unknown or not a number."""
    lines = _Lines((n, line.split()) for n, line in enumerate(stream, 1) if line.strip())
    head = _read_head(lines)
    _section(lines, "COURSES")
    courses = _distinct(lines, "course", (_read_course(lines) for _ in range(head["Courses"])))
    _section(lines, "ROOMS")
    rooms = _distinct(lines, "room", (_read_room(lines) for _ in range(head["Rooms"])))
    _section(lines, "CURRICULA")
    known = {course.key for course in courses}
    curricula = _distinct(lines, "curriculum", (_read_curriculum(lines, known) for _ in range(head["Curricula"])))
    _section(lines, "UNAVAILABILITY_CONSTRAINTS")
    closed: dict[str, set[int]] = defaultdict(set)
    for _ in range(head["Constraints"]):
        course, period = _read_closed(lines, head["Days"], head["Periods_per_day"])
        if course not in known:
            raise BadFile(lines.number, f"an unavailability names course {course}, which is not in the list")
        closed[course].add(period)
    _end(lines)
    try:
        return Problem(
            courses=tuple(replace(course, closed=frozenset(closed[course.key])) for course in courses),
            rooms=tuple(rooms),
            curricula=tuple(curricula),
            days=head["Days"],
            periods_per_day=head["Periods_per_day"],
            name=str(head["Name"]),
        )
    except Misfit as error:
        raise BadFile(lines.number, str(error)) from None


def _distinct(lines: _Lines, what: str, items: Iterable[Keyed]) -> list[Keyed]:
    found: dict[str, Keyed] = {}
    for item in items:
        if item.key in found:
            raise BadFile(lines.number, f"{what} {item.key} is given twice")
        found[item.key] = item
    return list(found.values())


def _read_head(lines: _Lines) -> dict[str, int]:
    head: dict[str, int] = {}
    for name in HEAD:
        words = lines.next(f"“{name}:”")
        if words[0].rstrip(":").lower() != name.lower():
            raise BadFile(lines.number, f"expected “{name}:”, got “{words[0]}”")
        rest = words[1:]
        head[name] = " ".join(rest) if name == "Name" else _whole(lines, rest, 0, name)  # type: ignore[assignment]
        if name in MOST_OF and not 1 <= head[name] <= MOST_OF[name]:
            raise BadFile(lines.number, f"{name} should be from 1 to {MOST_OF[name]:,}, not {head[name]:,}")
    return head


def _section(lines: _Lines, name: str) -> None:
    words = lines.next(f"“{name}:”")
    if words[0].rstrip(":").upper() != name:
        raise BadFile(lines.number, f"expected “{name}:”, got “{words[0]}”; do the numbers at the top fit?")


def _read_course(lines: _Lines) -> Course:
    words = _words(lines, "a course: key teacher lectures min_days students", 5)
    lectures, days, students = (
        _whole(lines, words, place, name) for place, name in ((2, "lectures"), (3, "days"), (4, "students"))
    )
    return Course(words[0], words[1], lectures, days, students)


def _read_room(lines: _Lines) -> Room:
    words = _words(lines, "a room: key capacity", 2)
    return Room(words[0], _whole(lines, words, 1, "capacity"))


def _read_curriculum(lines: _Lines, known: Set[str]) -> Curriculum:
    words = _words(lines, "a curriculum: key number courses", 2)
    number = _whole(lines, words, 1, "number of courses")
    if len(words) != number + 2:
        raise BadFile(lines.number, f"curriculum {words[0]} says {number} courses and names {len(words) - 2}")
    for key in words[2:]:
        if key not in known:
            raise BadFile(lines.number, f"curriculum {words[0]}: there is no course {key}")
    return Curriculum(words[0], tuple(dict.fromkeys(words[2:])))


def _read_closed(lines: _Lines, days: int, periods: int) -> tuple[str, int]:
    words = _words(lines, "an unavailability: course day period", 3)
    day, period = _whole(lines, words, 1, "day"), _whole(lines, words, 2, "period")
    if day >= days or period >= periods:
        raise BadFile(lines.number, f"day {day}, period {period} is outside the term of {days} days with {periods} periods")
    return words[0], day * periods + period


def _end(lines: _Lines) -> None:
    for number, words in lines.source:
        if words[0] != "END.":
            raise BadFile(number, f"“{words[0]}” is one line more than the numbers at the top allow")


def _words(lines: _Lines, wanted: str, least: int) -> list[str]:
    words = lines.next(wanted)
    if len(words) < least:
        raise BadFile(lines.number, f"expected {wanted}, got “{' '.join(words)}”")
    return words


def _whole(lines: _Lines, words: list[str], place: int, name: str) -> int:
    text = words[place] if place < len(words) else ""
    if not (text.isascii() and text.isdecimal()) or len(text) > 9 or int(text) > MOST:
        raise BadFile(lines.number, f"{name} should be a whole number from 0 to {MOST:,}, not “{text}”")
    return int(text)


def write_timetable(lectures: Iterable[Lecture], stream: TextIO) -> None:
    """A line each, in the order of the lectures. Blanks in a key are written %20, so that there are four words."""
    stream.writelines(f"{_word(x.course)} {_word(x.room)} {x.day} {x.period}\n" for x in lectures)


def _word(key: str) -> str:
    blank = any(letter.isspace() for letter in key)
    return "".join(quote(letter) if letter.isspace() or letter == "%" else letter for letter in key) if blank else key


def _key(word: str, known: Set[str]) -> str:
    """The key that was written so, as far as ``known`` says."""
    return word if word in known else unquote(word)


def read_timetable(stream: Iterable[str], courses: Set[str] = frozenset(), rooms: Set[str] = frozenset()) -> tuple[Lecture, ...]:
    """Raises BadFile; whether course and room exist is for the problem to say. What is not one of ``courses`` or ``rooms`` is taken for
    a key with blanks, as write_timetable writes it."""
    lines = _Lines((n, line.split()) for n, line in enumerate(stream, 1) if line.strip())
    found = []
    for number, words in lines.source:
        lines.number = number
        if len(words) != 4:
            raise BadFile(number, f"expected course room day period, got “{' '.join(words)}”")
        found.append(
            Lecture(
                _key(words[0], courses), _key(words[1], rooms), _whole(lines, words, 2, "day"), _whole(lines, words, 3, "period")
            )
        )
    return tuple(found)
