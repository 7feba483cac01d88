"""What a delivery is read against: the directory, the terms, what was corrected and decided, what a unit's heads meant."""

from collections.abc import Iterable, Sequence
from typing import Any

from ortoo.intake.models import Delivery, ReturnFile, UnitMapping
from ortoo.intake.reading.directory import Directory, UnitRow, directory_of
from ortoo.intake.reading.layout import Given, Layout
from ortoo.intake.reading.nominee import Term
from ortoo.intake.reading.person import Context
from ortoo.intake.reading.problem import Decision, Decisions
from ortoo.people.models import Person, Unit

KNOWN_NUMBERS = 2000


def context_of(delivery: Delivery, units: Iterable[Unit]) -> Context:
    """The directory, the programme's terms, and below which unit everybody has to belong. One query."""
    assert delivery.programme is not None
    legs = delivery.programme.legs.order_by("ordinal")
    terms = tuple(Term(leg.name, leg.starts, leg.ends) for leg in legs)
    return Context(directory_from(units), terms, own=(delivery.unit.code,) if delivery.unit else ())


def directory_from(units: Iterable[Unit]) -> Directory:
    """The units as the reader takes them."""
    every = list(units)
    codes = {unit.pk: unit.code for unit in every}
    return directory_of(
        UnitRow(unit.code, unit.name, codes.get(unit.parent_id or 0, ""), unit.kind, unit.lon, unit.lat) for unit in every
    )


def known_numbers() -> list[str]:
    """Some staff numbers that are known, from which their width is learnt."""
    return list(Person.objects.order_by("pk").values_list("staff_no", flat=True)[:KNOWN_NUMBERS])


def decisions_of(delivery: Delivery) -> Decisions:
    """What was decided, by place."""
    rows = delivery.decisions.values_list("place", "choice", "value")
    return {place: Decision(choice, value) for place, choice, value in rows}


def given_of(file: ReturnFile) -> Given | None:
    """What somebody corrected about how to read this file."""
    said: dict[str, Any] = file.given
    if not said:
        return None
    return Given(said.get("sheet", ""), said.get("header_row", 0), said.get("columns", {}))


def remembered(layouts: Sequence[Layout], mapping: UnitMapping) -> Given | None:
    """The columns that a unit's heads meant last time; None when the reader found the same by itself."""
    for layout in layouts:
        said = {field: place for place, head in enumerate(layout.headers) if (field := mapping.columns.get(head))}
        dropped = {field for field, place in layout.columns.items() if mapping.columns.get(layout.headers[place]) == ""}
        columns = {f: c for f, c in layout.columns.items() if f not in dropped and c not in said.values()} | said
        if columns != layout.columns:
            return Given(layout.sheet.name, layout.header_row, columns)
    return None
