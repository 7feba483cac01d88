"""Everything that the command is given, read and checked before anything is planned."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ortoo.intake.reading.days import Frame
from ortoo.intake.reading.directory import Directory, DirectoryError, read_directory
from ortoo.intake.reading.messages import can_do, say
from ortoo.intake.reading.problem import NOTE
from ortoo.intake.reading.problem import Problem as Doubt
from ortoo.intake.reading.tour.read import ReadTour, read_tour
from ortoo.intake.reading.tour.speakers import ReadSpeaker
from ortoo.intake.reading.tour.stops import ReadHall, ReadStop
from ortoo.kernel.voice import Voice
from ortoo_solvers.route import Hall, Problem, Speaker, Stop, Talk
from ortoo_solvers.route.check import MOST_STOPS
from ortoo_solvers.route.distance import UNIT, road_length

REST_BEYOND_KM = 300
MOST_DAYS = 366
MOST_SUGGESTED = 8


class BadInput(Exception):
    """Something given cannot be used; the text says what and where, in the reader's language."""


@dataclass(frozen=True)
class Given:
    """What was read, and the problem it makes. `halls`, `talks`: the solver's keys to what was read."""

    directory: Directory
    frame: Frame
    tour: ReadTour
    problem: Problem
    halls: dict[tuple[str, str], ReadHall]
    talks: dict[str, ReadSpeaker]

    @property
    def doubts(self) -> list[Doubt]:
        """Problems that somebody should look at."""
        return [problem for problem in self.tour.problems if problem.severity != NOTE]


def gather(units: Path, plan: Path, frame: Frame, voice: Voice) -> tuple[Directory, ReadTour]:
    """Read both files; raises BadInput for what cannot be read at all."""
    if frame.ends < frame.starts:
        raise BadInput(voice("reversed"))
    days = (frame.ends - frame.starts).days + 1
    if days > MOST_DAYS:
        raise BadInput(voice("too_long", days=days, most=MOST_DAYS))
    try:
        directory = read_directory(_bytes(units, voice), units.name)
    except DirectoryError as error:
        raise BadInput(error.say(voice.language)) from None
    return directory, read_tour(_bytes(plan, voice), plan.name, directory, frame)


def given_of(directory: Directory, tour: ReadTour, frame: Frame, voice: Voice) -> Given:
    """The problem that the plan makes; raises BadInput with every point that has to be answered first."""
    if tour.stopping:
        # Where no day of a stop could be read, the cells are what has to be mended.
        first = [doubt for doubt in tour.problems if doubt in tour.stopping or doubt.kind.startswith("date_")]
        raise BadInput("\n".join([voice("stopping"), *listed(first, directory, voice)]))
    if len(tour.stops) > MOST_STOPS:
        raise BadInput(voice("too_many", stops=len(tour.stops), most=MOST_STOPS))
    halls = {(stop.name, key): hall for stop in tour.stops for key, hall in _hall_keys(stop).items()}
    talks = dict(zip(_talk_keys(tour), tour.speakers, strict=True))
    return Given(directory, frame, tour, _problem(directory, tour, frame, halls, talks), halls, talks)


def listed(doubts: Iterable[Doubt], directory: Directory, voice: Voice) -> list[str]:
    """A line for each: where it is, what is wrong, what was read, what can be done, and which counties may be meant."""
    return [f"  {_place(doubt, voice)}{say(doubt, voice.language)}{_read_and_mend(doubt, directory, voice)}" for doubt in doubts]


def _place(doubt: Doubt, voice: Voice) -> str:
    return voice(
        "where", file=doubt.file, sheet=voice("where_sheet", sheet=doubt.sheet) if doubt.sheet else "",
        row=voice("where_row", row=doubt.row) if doubt.row else "",
        column=voice("where_column", column=doubt.column, header=doubt.header) if doubt.column else "",
    )  # fmt: skip


def _read_and_mend(doubt: Doubt, directory: Directory, voice: Voice) -> str:
    parts = [voice("where_read", read=doubt.read)] if doubt.read else []
    if mend := can_do(doubt, voice.language):
        parts.append(voice("where_mend", mend=mend))
    units = [directory.units[code] for code in doubt.suggestions[:MOST_SUGGESTED] if code in directory.units]
    if units:
        parts.append(
            voice("where_units", units=("、" if voice.language == "zh" else ", ").join(f"{u.code} {u.name}" for u in units))
        )
    return "".join(parts)


def _bytes(path: Path, voice: Voice) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadInput(voice("no_file", file=path, why=error.strerror or error)) from None


def _hall_keys(stop: ReadStop) -> dict[str, ReadHall]:
    """Halls by name; where two of a stop share one, with their county."""
    names = [hall.name for hall in stop.halls]
    return {hall.name if names.count(hall.name) == 1 else f"{hall.name} {hall.county}": hall for hall in stop.halls}


def _talk_keys(tour: ReadTour) -> list[str]:
    """The speaker's key; a further talk of the same speaker has its row."""
    keys: list[str] = []
    for speaker in tour.speakers:
        keys.append(speaker.key if speaker.key not in keys else f"{speaker.key} {speaker.row}")
    return keys


def _problem(
    directory: Directory, tour: ReadTour, frame: Frame, halls: dict[tuple[str, str], ReadHall], talks: dict[str, ReadSpeaker]
) -> Problem:
    places = tuple(dict.fromkeys(hall.county for hall in halls.values()))
    seats = {code: _seat(directory, code) for code in places}
    people = {speaker.key: speaker.name for speaker in tour.speakers}
    return Problem(
        stops=tuple(
            Stop(stop.name, tuple(
                Hall(key, hall.county, _numbers(hall.days), hall.seats or 0) for (name, key), hall in halls.items() if name == stop.name
            )) for stop in tour.stops
        ),
        places=places,
        lengths=tuple(tuple(road_length(seats[here], seats[there]) for there in places) for here in places),
        starts=frame.starts.toordinal(), ends=frame.ends.toordinal(), rest_beyond=REST_BEYOND_KM * UNIT,
        first=next((stop.name for stop in tour.stops if stop.first), None),
        last=next((stop.name for stop in tour.stops if stop.last), None),
        speakers=tuple(Speaker(key, _numbers(_blocked(tour, key)), name) for key, name in people.items()),
        talks=tuple(Talk(key, one.key, one.understudies, one.title) for key, one in talks.items()),
    )  # fmt: skip


def _blocked(tour: ReadTour, key: str) -> frozenset[date]:
    """Of all the lines of a speaker together."""
    return frozenset(day for speaker in tour.speakers if speaker.key == key for day in speaker.blocked)


def _seat(directory: Directory, code: str) -> tuple[float, float]:
    unit = directory.units[code]
    assert unit.lon is not None and unit.lat is not None
    return unit.lon, unit.lat


def _numbers(days: frozenset[date]) -> frozenset[int]:
    return frozenset(day.toordinal() for day in days)
