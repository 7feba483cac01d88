"""``python -m ortoo_solvers SOLVER …``: one front door for all solvers; each brings its own ``shell``."""

import argparse
import importlib
import sys
from collections.abc import Sequence

from ortoo_solvers.core.json import Malformed
from ortoo_solvers.core.shell import BAD_INPUT, demand_writable

# Each has a module ``shell`` with ``add_arguments(parser)`` and ``run(options) -> exit code``; loaded only when asked for.
SOLVERS = {
    "rotation": "who goes on which term",
    "timetable": "module, group, instructor, room and slot",
    "roundtables": "who sits with whom on which evening",
    "route": "which day, which hall, which way a tour goes",
    "seats": "seats for delegations that ask for more than there are, and their blocks in the hall",
    "rooms": "who shares which room of the base",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code: 0 solved, 2 bad input, 3 the rules collide, 4 stopped before anything was found."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    options = _parser(arguments).parse_args(arguments)
    try:
        demand_writable(options.out)
        code: int = options.run(options)
    except OSError as error:
        print(f"{error.filename or getattr(options, 'problem', None) or 'stdin'}: {error.strerror or error}", file=sys.stderr)
        return BAD_INPUT
    except Malformed as error:
        print(f"{getattr(options, 'problem', None) or 'stdin'}: {error}", file=sys.stderr)
        return BAD_INPUT
    return code


def _parser(arguments: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m ortoo_solvers", description=__doc__)
    solvers = parser.add_subparsers(dest="solver", required=True, metavar="SOLVER")
    for name, what in SOLVERS.items():
        solver = solvers.add_parser(name, help=what)
        if name in arguments:
            shell = importlib.import_module(f"ortoo_solvers.{name}.shell")
            shell.add_arguments(solver)
            solver.set_defaults(run=shell.run)
    return parser


if __name__ == "__main__":
    sys.exit(main())
