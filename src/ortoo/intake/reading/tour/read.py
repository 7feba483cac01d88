"""A tour's plan as a whole: its tables found, read and held against each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from ortoo.intake.reading.dates import Frame
from ortoo.intake.reading.directory import Directory
from ortoo.intake.reading.problem import Problem
from ortoo.intake.reading.tour.delegations import DelegationReader, ReadDelegation
from ortoo.intake.reading.tour.line import Line, Said, lines_of
from ortoo.intake.reading.tour.speakers import ReadSpeaker, SpeakerReader, width_of
from ortoo.intake.reading.tour.stops import ReadStop, StopReader, ends_of
from ortoo.intake.reading.tour.tables import Near, Table, find_tables, nearest
from ortoo.intake.reading.tour.unread import check_unread
from ortoo.kernel.sheets.errors import SheetError
from ortoo.kernel.sheets.workbook import Sheet, open_workbook
from ortoo.kernel.text.fold import squeeze


@dataclass(frozen=True)
class ReadTour:
    """What a plan says. `stopping`: problems that have to be answered before anything can be planned; all are in `problems`."""

    stops: Sequence[ReadStop]
    speakers: Sequence[ReadSpeaker]
    delegations: Sequence[ReadDelegation]
    problems: Sequence[Problem]
    stopping: Sequence[Problem]


def read_tour(data: bytes, name: str, directory: Directory, frame: Frame) -> ReadTour:
    """Read the plan of a tour that lies within `frame`. Never raises for what the file holds."""
    said = Said(name)
    try:
        book = open_workbook(data, name)
    except SheetError as error:
        said.add(Problem("file_unreadable", name, params={"error": error.kind, **error.params, "why": str(error)}), stops=True)
        return ReadTour([], [], [], said.problems, said.stopping)
    tables, ignored = find_tables(book.sheets, frame)
    for sheet, why in ignored:
        said.add(Problem("sheet_ignored", name, sheet, params={"why": why}))
    lines = {kind: _lines(tables, kind, said, book.sheets, frame) for kind in ("stops", "speakers", "delegations")}
    stops = _stops(lines["stops"], directory, frame, said)
    speakers = _speakers(lines["speakers"], frame)
    delegations = DelegationReader()
    for line in lines["delegations"]:
        delegations.read(line)
    return ReadTour(stops, speakers, delegations.served(), said.problems, said.stopping)


def _lines(tables: Sequence[Table], kind: str, said: Said, sheets: Sequence[Sheet], frame: Frame) -> list[Line]:
    lines: list[Line] = []
    for table in (table for table in tables if table.kind == kind):
        of_table = list(lines_of(table, said))
        check_unread(table, of_table, frame, said)
        lines += of_table
    if not lines and kind == "delegations":
        said.add(Problem("no_delegations", said.file))
    elif not lines:
        said.add(_not_found(kind, said.file, nearest(sheets, kind, frame, [t for t in tables if t.kind != kind])), stops=True)
    return lines


def _not_found(kind: str, file: str, near: Near | None) -> Problem:
    """No such table; where a row comes near to its head, which one, and what it lacks."""
    params: dict[str, Any] = {"table": kind, "needed": kind}
    if near is None:
        return Problem("table_not_found", file, params=params)
    if not near.missing:
        return Problem(
            "table_left_alone" if near.why else "table_empty", file, near.sheet, near.row, params=params | {"why": near.why}
        )
    params |= {"lacks": near.missing, "known": "、".join(near.known), "strange": "、".join(near.unknown) or "—"}
    return Problem("table_incomplete", file, near.sheet, near.row, params=params)


def _speakers(lines: Sequence[Line], frame: Frame) -> Sequence[ReadSpeaker]:
    reader = SpeakerReader(frame, width=width_of([line.value("staff_no") for line in lines]))
    for line in lines:
        reader.read(line)
    return reader.joined()


def _stops(lines: Sequence[Line], directory: Directory, frame: Frame, said: Said) -> Sequence[ReadStop]:
    reader = StopReader(frame, directory)
    for line in lines:
        reader.read(line)
    for line in reader.bare.values():
        line.problem("stop_bare", "stop", stops=True, stop=line.text("stop"))
    stops = list(reader.stops.values())
    for stop in stops:
        _check_stop(stop, said)
    for here, there in combinations(stops, 2):
        _check_alike(here, there, said)
    if stops:
        _check_ends(stops, said)
    return stops


def _check_stop(stop: ReadStop, said: Said) -> None:
    if stop.halls and stop.doubtful and not any(hall.days for hall in stop.halls):
        said.add(_at(stop, "no_days", said.file), stops=True)
    if len({hall.county for hall in stop.halls}) > 1:
        said.add(_at(stop, "county_differs", said.file))


def _check_alike(here: ReadStop, there: ReadStop, said: Said) -> None:
    short, long = sorted((squeeze(here.name), squeeze(there.name)), key=len)
    if short in long and {hall.county for hall in here.halls} & {hall.county for hall in there.halls}:
        said.add(_at(there, "stop_alike", said.file, other=here.name))


def _check_ends(stops: Sequence[ReadStop], said: Said) -> None:
    """At most one first and one last stop, not the same."""
    for mark, marked in ends_of(stops).items():
        if not marked and len(stops) > 1:
            said.add(Problem("not_marked", said.file, params={"mark": mark}))
        for other in marked[1:]:
            said.add(_at(other, "marked_twice", said.file, other=marked[0].name, mark=mark), stops=True)
    for stop in stops:
        if stop.first and stop.last and len(stops) > 1:
            said.add(_at(stop, "marked_both", said.file), stops=True)


def _at(stop: ReadStop, kind: str, file: str, **params: str) -> Problem:
    """A problem at the first row of the stop."""
    hall = stop.halls[0] if stop.halls else None
    column, head = stop.marked if kind.startswith("marked") else ("", "")
    return Problem(
        kind, file, hall.sheet if hall else "", hall.row if hall else 0, column, head, stop.name, {"stop": stop.name, **params}
    )
