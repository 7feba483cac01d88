"""The columns of the list of nominated people."""

from django.utils.translation import gettext_lazy as _

from ortoo.participation.models import Nomination
from ortoo.people.models import Unit
from ortoo.ui import dates
from ortoo.ui.sheet_table import Column


def blocked_text(nomination: Nomination) -> str:
    """Days on which somebody cannot come: 5月4日(周四)—10日(周三)、6月1日(周四)."""
    return "、".join(dates.span(first, last) for first, last in nomination.blocked_days)


def _above(nomination: Nomination, kind: str) -> str:
    unit: Unit | None = nomination.person.unit
    while unit is not None and unit.kind != kind:
        unit = unit.parent
    return unit.name if unit else ""


COLUMNS = [
    Column("person__name", _("Name"), width="s"),
    Column("person__staff_no", _("staff number"), width="s"),
    Column("person__sex", _("sex"), width="xs"),
    Column(
        "prefecture",
        _("prefecture"),
        value=lambda row: _above(row, Unit.Kind.PREFECTURE),
        order=["person__unit__path"],
        search=["person__unit__parent__parent__name"],
    ),
    Column(
        "county",
        _("county"),
        value=lambda row: _above(row, Unit.Kind.COUNTY),
        order=["person__unit__path"],
        search=["person__unit__parent__name"],
    ),
    Column("person__unit__name", _("unit")),
    Column("person__post", _("post")),
    Column("wish_name", _("asked for"), width="s"),
    Column(
        "blocked",
        _("cannot come on"),
        width="l",
        value=blocked_text,
        order=[],
    ),
    Column("needs", _("needs"), width="l", value=lambda row: "、".join(row.needs), order=[]),
    Column("attended", _("attended before"), width="s", search=[]),
    Column("place_name", _("place"), width="s"),
    Column("remark", _("remark"), width="l"),
]
