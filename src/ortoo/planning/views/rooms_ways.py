"""Where else somebody could sleep: every room of the base, what it would cost more, and why not."""

from typing import Any

from django.utils.translation import gettext as _

from ortoo.participation.dorm.queries import Floor, Taken
from ortoo.participation.models import Place
from ortoo.planning.adapters.rooms import Standing

Way = tuple[Taken | None, int, str, bool]
"""A room (None: no bed), what it costs more, why not (empty: possible), whether it is where the person is."""


def ways_of(now: Standing, floors: list[Floor], who: Place) -> list[Way]:
    """Every room for a person, the cheapest first."""
    found: list[Way] = []
    empty: int | None = None
    for one in (each for floor in floors for each in floor.rooms):
        here = any(bed.place_id == who.pk for bed in one.beds)
        why, extra = "" if here else _why_not(one, who), 0
        if not here and not why:
            # All empty rooms cost the same, and most rooms may be empty.
            extra = empty if empty is not None and not one.beds else now.extra(str(who.pk), str(one.room.pk))
            empty = empty if one.beds else extra
        found.append((one, extra, why, here))
    return sorted(found, key=lambda way: way[1])


def _why_not(one: Taken, who: Place) -> str:
    if one.elsewhere:
        return _("in use by another term")
    if one.sex and one.sex != who.person.sex:
        return _("for %(sex)s") % {"sex": _("women") if one.sex == "女" else _("men")}
    return _("full") if one.free <= 0 else ""


def choice(way: Way) -> dict[str, Any]:
    """For dragging."""
    one, extra, why, here = way
    return {"term": f"r{one.room.pk}" if one else "0", "extra": extra, "broken": why, "here": here}
