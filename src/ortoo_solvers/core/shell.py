"""What the command lines of the solvers share: arguments, files in and out, exit codes, stopping by signal."""

import argparse
import math
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TextIO

from ortoo_solvers.core.json import Malformed
from ortoo_solvers.core.stop import Stop

SOLVED, BAD_INPUT, COLLIDE, NOTHING_FOUND = 0, 2, 3, 4


def add_common_arguments(parser: argparse.ArgumentParser) -> None:
    """--out, --seconds and --seed, the same for every solver."""
    parser.add_argument("--out", metavar="FILE", help="standard output if not given")
    parser.add_argument("--seconds", type=seconds_from_nought, help="stop then and write the best found so far")
    parser.add_argument("--seed", type=int, default=0, help="which of equally good answers")


def at_least_one(text: str) -> int:
    """A whole number from 1 on, as argparse wants to be told."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 1 on")
    return int(text)


def cores() -> int:
    """Those that this process may use, eight at most: what a search takes unless told."""
    return min(8, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)


def not_negative(text: str) -> int:
    """A whole number from 0 on, as argparse wants to be told."""
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 0 on")
    return int(text)


def seconds_from_nought(text: str) -> float:
    """Seconds that pass some time: neither negative nor endless nor no number at all."""
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not (math.isfinite(seconds) and seconds >= 0):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds from 0 on")
    return seconds


@contextmanager
def reading(path: str | None) -> Iterator[TextIO]:
    """The file, or standard input; UTF-8, with or without a mark at its beginning. Raises Malformed with the line of what is not."""
    place = sys.stdin.fileno() if path is None else path
    with open(place, encoding="utf-8-sig", closefd=path is not None) as stream:
        try:
            yield stream
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            raise Malformed(f"line {line}", f"not UTF-8: byte 0x{error.object[error.start]:02x}") from None


def demand_writable(path: str | None) -> None:
    """Raises OSError, with the file's name, before anything is reckoned that could not be written."""
    if path is None or ((there := Path(path).exists()) and not (Path(path).is_file() or Path(path).is_dir())):
        return  # Standard output, a pipe.
    Path(path).open("a").close()
    if not there:
        Path(path).unlink()


@contextmanager
def writing(path: str | None) -> Iterator[TextIO]:
    """The file, or standard output; UTF-8."""
    if path is None:
        with open(sys.stdout.fileno(), "w", encoding="utf-8", closefd=False) as stream:
            yield stream
    else:
        with Path(path).open("w", encoding="utf-8") as stream:
            yield stream


@contextmanager
def stop_on_signal() -> Iterator[Stop]:
    """A Stop that says yes once the process was asked to end (Ctrl-C, SIGTERM); asked a second time, it ends at once."""
    asked = False

    def note(number: int, frame: FrameType | None) -> None:
        nonlocal asked
        asked = True
        signal.signal(number, signal.SIG_DFL)

    before = {number: signal.signal(number, note) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda best: asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
