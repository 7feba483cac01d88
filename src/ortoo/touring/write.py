"""The folder that the command writes."""

from pathlib import Path

from ortoo.intake.reading.messages import can_do, say
from ortoo.intake.reading.problem import NOTE
from ortoo.intake.reading.problem import Problem as Doubt
from ortoo.intake.reading.tour.read import ReadTour
from ortoo.kernel.sheets.write import Table, write_tables
from ortoo.kernel.voice import Voice
from ortoo.touring.book import write_book
from ortoo.touring.gather import BadInput
from ortoo.touring.ical import write_calendar
from ortoo.touring.pdf import write_pdf
from ortoo.touring.planned import Planned
from ortoo.touring.write_json import write_json

PROBLEM_HEADS = ("file", "sheet", "row", "column", "header", "was_read", "problem", "can_do")


def folder(out: Path, voice: Voice) -> None:
    """Make it; raises BadInput."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(voice("no_write", file=out, why=error.strerror or error)) from None


def write_all(out: Path, planned: Planned, seed: int, voice: Voice) -> list[str]:
    """Write everything; the names of the files. Raises BadInput where the disk refuses."""
    try:
        write_json(out / "tour.json", planned, seed, voice)
        write_book(out / "tour.xlsx", planned, problem_tables(planned.given.tour, voice), voice)
        write_pdf(out / "itinerary.pdf", planned, voice)
        write_calendar(out / "tour.ics", planned, voice)
    except OSError as error:
        raise BadInput(voice("no_write", file=error.filename or out, why=error.strerror or error)) from None
    written = ["tour.json", "tour.xlsx", "itinerary.pdf", "tour.ics"]
    return [*written, "problems.xlsx"] if (out / "problems.xlsx").exists() else written


def write_problems(out: Path, tour: ReadTour, voice: Voice) -> None:
    """problems.xlsx where anything is doubtful; an older one is taken away where nothing is any more."""
    file = out / "problems.xlsx"
    try:
        if any(problem.severity != NOTE for problem in tour.problems):
            write_tables(file, problem_tables(tour, voice))
        else:
            file.unlink(missing_ok=True)
    except OSError as error:
        raise BadInput(voice("no_write", file=file, why=error.strerror or error)) from None


def problem_tables(tour: ReadTour, voice: Voice) -> list[Table]:
    """What somebody should look at, and what was merely noted."""
    heads = [voice(key) for key in PROBLEM_HEADS]
    doubts = [_row(problem, voice) for problem in tour.problems if problem.severity != NOTE]
    notes = [_row(problem, voice) for problem in tour.problems if problem.severity == NOTE]
    return [Table(voice("problems"), heads, doubts), Table(voice("notes"), heads, notes)]


def _row(problem: Doubt, voice: Voice) -> list[object]:
    where: list[object] = [problem.file, problem.sheet, problem.row or "", problem.column, problem.header, problem.read]
    return [*where, say(problem, voice.language), can_do(problem, voice.language)]
