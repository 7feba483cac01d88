"""Round tables on the command line: numbers or a csv of people in, JSON out."""

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from pathlib import Path

from ortoo_solvers.core.json import to_data
from ortoo_solvers.core.shell import (
    BAD_INPUT,
    SOLVED,
    add_common_arguments,
    at_least_one,
    cores,
    not_negative,
    stop_on_signal,
    writing,
)
from ortoo_solvers.roundtables.blocked import warnings
from ortoo_solvers.roundtables.people import decoded, read_people
from ortoo_solvers.roundtables.portfolio import solve_in_parallel
from ortoo_solvers.roundtables.problem import Misfit, Person, Problem
from ortoo_solvers.roundtables.solve import solve

SECONDS = 10.0
WORTH_SHARING = 8.0  # Seconds; to begin a process and load what is compiled takes one or two of its own.
MOST_SHARED = 2_000  # People for whom several searches at once are begun unless told.


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--groups", type=int, required=True, help="tables on each evening")
    parser.add_argument("--size", type=int, required=True, help="seats at a table")
    parser.add_argument("--evenings", type=int, required=True)
    parser.add_argument(
        "--people",
        metavar="FILE.csv",
        help="person/姓名, group/单位, note_taker/记录员, away/请假; without it groups × size people",
    )
    add_common_arguments(parser)
    parser.add_argument(
        "--iterations", type=not_negative, help="so many proposals instead of seconds: the same answer on any machine"
    )
    parser.add_argument(
        "--workers",
        type=at_least_one,
        help="processes, each with a search of its own; unless told the cores there are, with --iterations one",
    )


def run(options: argparse.Namespace) -> int:
    """Reads, solves, writes; returns the exit code."""
    try:
        problem = _problem(options)
    except Misfit as error:
        print(f"{options.people or 'round tables'}: {error}", file=sys.stderr)
        return BAD_INPUT
    for warning in warnings(problem):
        print(warning, file=sys.stderr)
    seconds = None if options.iterations is not None else SECONDS if options.seconds is None else options.seconds
    workers = options.workers or _workers(problem, seconds)
    with stop_on_signal() as asked:
        if workers > 1 and seconds != 0:
            found = solve_in_parallel(
                problem, asked, options.seed, workers=workers, seconds=seconds, iterations=options.iterations
            )
        else:
            found = solve(problem, asked, options.seed, seconds=seconds, iterations=options.iterations)
    named: Callable[[str], str | int] = str if options.people else int  # Without names people are numbers.
    evenings = [[[named(key) for key in table] for table in evening] for evening in found.evenings]
    said = to_data(replace(found, evenings=())) | {"evenings": evenings, "seed": options.seed}
    with writing(options.out) as stream:
        stream.write(
            "{\n" + ",\n".join(f"{json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in said.items()) + "\n}\n"
        )
    return SOLVED


def _workers(problem: Problem, seconds: float | None) -> int:
    """One where the answer must not hang on the machine, where as many searches as cores would fill the memory, and where beginning them
    would take a good part of the seconds."""
    return 1 if seconds is None or seconds < WORTH_SHARING or len(problem.people) > MOST_SHARED else cores()


def _problem(options: argparse.Namespace) -> Problem:
    if min(options.groups, options.size, options.evenings) < 1:
        raise Misfit("groups, size and evenings should be 1 or more")
    if options.people is None:
        people = tuple(Person(str(number)) for number in range(options.groups * options.size))
    else:
        people = read_people(StringIO(decoded(Path(options.people).read_bytes()), newline=None), options.evenings)
    return Problem(people, options.size, options.evenings, tables=options.groups)
