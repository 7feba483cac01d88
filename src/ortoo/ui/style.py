"""Every component with none, one and very many: to look at while building, and for the tests. Only with ORTOO_DEBUG=1."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ortoo.kernel import clock
from ortoo.kernel.models import Job
from ortoo.ui import charts, dates
from ortoo.ui.files_field import FilesField
from ortoo.ui.heat_table import HeatCell, HeatRow, HeatTable
from ortoo.ui.route import Station
from ortoo.ui.sheet_table import Column, SheetTable
from ortoo.ui.waiting import Waiting

HOSTILE = "<script>alert('\"&')</script>"


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label=_("Name"), max_length=60)
    days = forms.IntegerField(label=_("Days"), help_text=_("Whole days, first and last included."), min_value=1)
    first = forms.DateField(label=_("First day"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    kind = forms.ChoiceField(label=_("Kind"), choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    place = forms.ChoiceField(label=_("Place"), choices=[("a", "A"), ("b", "B")])
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    agreed = forms.BooleanField(label=_("Agreed"), required=False)


class FilesForm(forms.Form):
    """Many files at once."""

    returns = FilesField(label=_("Drop the files here"), accept=".xlsx,.xls,.ods,.csv")


@dataclass(frozen=True)
class SamplePerson:
    """A row that nobody is."""

    pk: int
    name: str
    unit: str
    seats: int
    state: str


COLUMNS = [
    Column("name", "Name", width="m", href=lambda row: f"?person={row.pk}"),
    Column("unit", "Unit", width="xl"),
    Column("seats", "Seats", kind="number", width="s"),
    Column("state", "State", kind="tag", width="m", tone=lambda row: "good" if row.seats % 2 else "current"),
]


def people(count: int) -> list[SamplePerson]:
    """Rows for the sheet, the first with a hostile name."""
    names = (HOSTILE if n == 0 else f"试例{n:06d}" for n in range(count))
    return [
        SamplePerson(n, name, f"示例市第{n % 103 + 1}单位", n * 7 % 1999, "已到" if n % 3 else "") for n, name in enumerate(names)
    ]


def stations(count: int) -> list[Station]:
    """A line with its third station running."""
    today = clock.today()
    states = ("done", "done", "running")
    return [
        Station(
            f"第{n + 1}期",
            dates.span(today + timedelta(20 * (n - 2) - 5), today + timedelta(20 * (n - 2) + 4)),
            f"?leg={n + 1}",
            states[n] if n < 3 else "next",  # type: ignore[arg-type]
            n == 3,
        )
        for n in range(count)
    ]


def heat() -> HeatTable:
    """Twelve groups of counties, five terms."""
    rows = [
        HeatRow(
            f"示例县{g}-{n}",
            [HeatCell((g * n + t * 3) % 14, f"?cell={g}-{n}-{t}", 12) for t in range(5)],
            "?row",
            f"示例市{g}",
        )
        for g in range(1, 5)
        for n in range(1, 8)
    ]
    return HeatTable(_("People of each county in each term"), _("County"), [f"第{t + 1}期" for t in range(5)], rows, top=12)


def page(request: HttpRequest) -> HttpResponseBase:
    """The style page; `?rows=100000` says how long the sheet is. What is sent to it leads back to it, as everywhere, with
    `?refuse=1` refused in words."""
    if request.method == "POST":
        if "refuse" in request.GET:
            messages.error(request, _("Write a whole number."))
        return redirect(request.get_full_path())
    rows = min(int(request.GET.get("rows", "1101")), 200_000)
    table = SheetTable(request, COLUMNS, people(rows), caption=_("People"), select="rows", form_id="decide")
    return table.answer() or render(request, "ui/style.html", {"table": table, **_context(request)})


page.open_to_all = True  # type: ignore[attr-defined]


def wall(request: HttpRequest) -> HttpResponse:
    """The dark variant for a wall screen."""
    return render(request, "ui/style_wall.html", _context(request))


wall.open_to_all = True  # type: ignore[attr-defined]


def _context(request: HttpRequest) -> dict[str, Any]:
    today = clock.today()
    curve = [[0.1 * n, 900 / (n + 1) + 100, 100 - 60 / (n + 1)] for n in range(30)]
    form = SampleForm({"days": "-1"}) if "wrong" in request.GET else SampleForm()
    empty = SheetTable(request, COLUMNS, [], caption=_("No people"), name="none", empty=_("Nobody has been added yet."))
    return {
        "empty_table": empty,
        "form": form,
        "files_form": FilesForm(),
        "hostile": HOSTILE,
        "one_station": stations(1),
        "six_stations": stations(6),
        "thirty_stations": stations(30),
        "heat": heat(),
        "running": Job(pk=1, state="running", done=431, total=1101, saying=_("Reading the third file"), curve=curve),
        "failed": Job(pk=2, state="failed", saying=_("The file cannot be opened.")),
        "curve": charts.cost_curve(curve),
        "map": charts.region_map(_("People by county"), {"150102": 12, "152921": 4, "152224": 9, "150783": 7}, _("People")),
        "things": [
            Waiting("第三期报到名单", "", today - timedelta(2), "?", "打开"),
            Waiting("十二份回执已收到", "还有 15 行需要您决定。", today, "?", "核对回执", count=15),
            Waiting("排出第二轮", "1,101 人，5 期。", today + timedelta(5), "?", "开始排期"),
            Waiting("填写住宿偏好", "", None, "?", "填写"),
        ],
        "today": today,
        "later": today + timedelta(9),
    }
