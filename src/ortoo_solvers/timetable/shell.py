"""The timetable on the command line: a published instance or our JSON in, `course room day period` lines and JSON out."""

import argparse
import io
import json
import sys
from time import perf_counter

from ortoo_solvers.core.json import Malformed, read, to_data
from ortoo_solvers.core.shell import (
    BAD_INPUT,
    COLLIDE,
    NOTHING_FOUND,
    SOLVED,
    add_common_arguments,
    at_least_one,
    cores,
    reading,
    stop_on_signal,
    writing,
)
from ortoo_solvers.core.stop import Stop
from ortoo_solvers.timetable.blocked import in_the_way, reasons
from ortoo_solvers.timetable.ctt import BadFile, read_ctt, read_timetable, write_timetable
from ortoo_solvers.timetable.problem import Lecture, Problem, Solution
from ortoo_solvers.timetable.solve import NothingFound, solve
from ortoo_solvers.timetable.warm import warm_up

SECONDS = 60.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("problem", nargs="?", metavar="INSTANCE.ctt", help="or PROBLEM.json; standard input if not given")
    add_common_arguments(parser)
    parser.add_argument("--iterations", type=int, help="so many proposals instead of seconds: the same answer on any machine")
    parser.add_argument("--target", type=int, help="stop at this cost")
    parser.add_argument("--start", metavar="OLD.sol", help="a timetable to begin from")
    parser.add_argument(
        "--workers", type=at_least_one, default=cores(), help="cores; the same answer for the same iterations by however many"
    )


def run(options: argparse.Namespace) -> int:
    """Reads, solves, writes; returns the exit code. Raises Malformed."""
    try:
        with reading(options.problem) as stream:
            problem = _read(stream.read())
        start = _start(problem, options.start)
    except BadFile as error:
        print(f"{options.problem or 'stdin'}: {error}", file=sys.stderr)
        return BAD_INPUT
    if blocked := reasons(problem):
        print("\n".join(blocked), file=sys.stderr)
        return COLLIDE
    return _solve(options, problem, start)


def _read(text: str) -> Problem:
    if text.lstrip().startswith("{"):
        return read(Problem, io.StringIO(text))
    return read_ctt(text.splitlines())


def _start(problem: Problem, path: str | None) -> tuple[Lecture, ...]:
    if path is None:
        return ()
    courses, rooms = {course.key for course in problem.courses}, {room.key for room in problem.rooms}
    with reading(path) as stream:
        lectures = read_timetable(stream.read().splitlines(), courses, rooms)
    for lecture in lectures:
        if lecture.course not in courses or lecture.room not in rooms:
            raise Malformed(path, f"{lecture.course} in {lecture.room} is not of this problem")
        if lecture.day >= problem.days or lecture.period >= problem.periods_per_day:
            raise Malformed(path, f"day {lecture.day}, period {lecture.period} is outside the term")
    return lectures


def _solve(options: argparse.Namespace, problem: Problem, start: tuple[Lecture, ...]) -> int:
    warm_up()
    began = perf_counter()
    with stop_on_signal() as asked:
        seconds = None if options.iterations is not None else SECONDS if options.seconds is None else options.seconds
        try:
            solution = _search(options, problem, start, asked, seconds)
        except NothingFound as error:
            print("\n".join([str(error), *in_the_way(problem, error.lectures)]), file=sys.stderr)
            return NOTHING_FOUND
    _write(options, problem, solution, perf_counter() - began)
    return SOLVED


def _search(
    options: argparse.Namespace, problem: Problem, start: tuple[Lecture, ...], asked: Stop, seconds: float | None
) -> Solution:
    def stop(best: float | None) -> bool:
        return asked(best) or (best is not None and options.target is not None and best <= options.target)

    return solve(problem, stop, options.seed, start, seconds=seconds, iterations=options.iterations, workers=options.workers)


def _write(options: argparse.Namespace, problem: Problem, solution: Solution, seconds: float) -> None:
    """The timetable to --out, what is to be said about it to standard output as one JSON object."""
    said = to_data(solution)
    lectures = said.pop("lectures")
    said["seconds"] = seconds
    said["gap"] = solution.cost - solution.bound
    said["instance"], said["seed"], said["workers"] = problem.name, options.seed, options.workers
    if options.out is None:
        said["lectures"] = lectures
    else:
        with writing(options.out) as stream:
            write_timetable(solution.lectures, stream)
    print(json.dumps(said, ensure_ascii=False))
