"""A tour's plan as a workbook: organisers only."""

from typing import Any

from tests.factories.cast import Cast
from tests.rights.matrix import Row, key

from ortoo.intake.domain.tour_file import receive
from ortoo.kernel.actor import SYSTEM


def tour(cast: Cast) -> dict[str, Any]:
    """The tour."""
    return {"key": cast.tour.programme.key}


def plan(cast: Cast) -> dict[str, Any]:
    """A file of which nothing can be read."""
    file = cast.tour.programme.tour_files.first() or receive(cast.tour.programme, "x.xlsx", b"nothing", by=SYSTEM)
    return tour(cast) | {"number": file.number}


ROWS = [
    Row("intake:tour-files", "302 200 404 403 403 403 403 403", tour),
    Row("intake:tour-files", "302 404 404 404 404 404 404 404", key),
    Row("intake:tour-files", "302 200 404 403 403 403 403 403", tour, "post"),
    Row("intake:tour-file", "302 200 404 403 403 403 403 403", plan),
    Row("intake:tour-file-apply", "302 302 404 403 403 403 403 403", plan, "post"),
    Row("intake:tour-file-undo", "302 302 404 403 403 403 403 403", plan, "post"),
]
