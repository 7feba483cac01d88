"""What all solvers share: when to stop, how to tell progress, chance from a seed, JSON in and out."""

from ortoo_solvers.core.json import Malformed, from_data, read, to_data, write
from ortoo_solvers.core.progress import Curve, Point, Watch
from ortoo_solvers.core.random import stream
from ortoo_solvers.core.stop import Stop, after_checks, after_seconds, first_of, never

__all__ = [
    "Curve",
    "Malformed",
    "Point",
    "Stop",
    "Watch",
    "after_checks",
    "after_seconds",
    "first_of",
    "from_data",
    "never",
    "read",
    "stream",
    "to_data",
    "write",
]
