"""The form that a unit fills in and sends back: its own stations to choose from, checks while typing, a hidden key."""

from django.utils.translation import gettext as _

from ortoo.intake.reading.columns import TITLES
from ortoo.kernel.sheets.form import Form, FormColumn, write_form
from ortoo.people.models import Person, Unit
from ortoo.programmes.models import Programme
from ortoo.programmes.queries import legs_of

VERSION = "1"
LINES = 60
MOST_PEOPLE = 5000
LANGUAGES = ("汉", "蒙汉兼通")
DIETS = ("清真", "素食")


def blank_form(programme: Programme, unit: Unit, *, known: bool = False) -> tuple[str, bytes]:
    """The form's name and bytes; with `known` the unit's people as they stand in Ortoo are filled in already."""
    stations = list(Unit.objects.filter(path__startswith=unit.path, kind=Unit.Kind.STATION).select_related("parent"))
    rows = _rows(unit) if known else []
    title = _("%(unit)s: nominations for %(programme)s") % {"unit": unit.name, "programme": programme.title}
    notes = [_("One line a person. Do not change the heads; days such as 6月1日—6月10日, several parted by a semicolon.")]
    key = {"programme": programme.key, "unit": unit.code, "version": VERSION}
    form = Form("推荐表", title, _columns(programme, stations), notes, rows, LINES, key, _("Please choose from the list."))
    return f"{unit.code}-{unit.name}-{programme.title}.xlsx", write_form(form)


def _columns(programme: Programme, stations: list[Unit]) -> list[FormColumn]:
    counties = sorted({station.parent.name for station in stations if station.parent})
    terms = [leg.name for leg in legs_of(programme)]
    names = sorted({station.name for station in stations})
    return [
        FormColumn("staff_no", TITLES["staff_no"], 11, must=True, hint=_("With its leading zeros.")),
        FormColumn("name", TITLES["name"], 12, must=True),
        FormColumn("sex", TITLES["sex"], 6, choices=("男", "女"), strict=True, must=True),
        FormColumn("county", TITLES["county"], 16, choices=counties, strict=True, must=True),
        FormColumn("station", TITLES["station"], 16, choices=names, strict=True, must=True),
        FormColumn("post", TITLES["post"], 18),
        FormColumn("phone", TITLES["phone"], 14, check="digits", length=11),
        FormColumn("language", TITLES["language"], 10, choices=LANGUAGES),
        FormColumn("diet", TITLES["diet"], 8, choices=DIETS),
        FormColumn("blocked", TITLES["blocked"], 26, hint=_("Such as 6月1日—6月10日; empty if there are none.")),
        FormColumn("wish", TITLES["wish"], 10, choices=terms, strict=True),
        FormColumn("needs", TITLES["needs"], 26, hint=_("Several parted by 、")),
        FormColumn("remark", TITLES["remark"], 20),
    ]


def _rows(unit: Unit) -> list[list[object]]:
    people = (
        Person.objects.filter(unit__path__startswith=unit.path).select_related("unit__parent").order_by("unit__path", "staff_no")
    )
    return [
        [p.staff_no, p.name, p.sex, p.unit.parent.name if p.unit.parent else "", p.unit.name, p.post, p.phone, p.language, p.diet]
        for p in people[:MOST_PEOPLE]
    ]
