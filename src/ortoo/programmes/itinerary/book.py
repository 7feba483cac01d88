"""The itinerary as a workbook: the overview, a sheet for each stop and each speaker."""

from collections.abc import Sequence
from typing import IO, Any

from django.utils.translation import gettext as _

from ortoo.kernel.sheets.write import Table, write_tables
from ortoo.programmes.itinerary.plan import Itinerary
from ortoo.programmes.itinerary.said import of_speaker, of_stop, overview


def write_itinerary(file: IO[bytes], plan: Itinerary) -> None:
    """Write it; sheets are numbered in the order of the way."""
    pages = [*(of_stop(plan, stop) for stop in plan.stops), *(of_speaker(plan, speaker) for speaker in plan.speakers)]
    tables = [_table(0, _("Overview"), [], overview(plan))]
    tables += [_table(number, said["title"], said["lines"], said) for number, said in enumerate(pages, 1)]
    write_tables(file, tables)


def _table(number: int, name: str, lines: Sequence[str], said: dict[str, Any]) -> Table:
    return Table(f"{number} {name}", said["heads"], said["rows"], notes=lines)
