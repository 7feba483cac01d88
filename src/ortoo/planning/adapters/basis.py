"""A plan's basis: the problem that it answers, packed into a row and unpacked again."""

import io
import zlib

from ortoo_solvers.core.json import read, write
from ortoo_solvers.rotation import Problem


def pack(problem: Problem) -> bytes:
    """As JSON, compressed: about 30 bytes a person."""
    text = io.StringIO()
    write(problem, text)
    return zlib.compress(text.getvalue().encode())


def unpack(data: bytes) -> Problem:
    """The problem that was packed."""
    return read(Problem, io.StringIO(zlib.decompress(data).decode()))
