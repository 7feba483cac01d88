"""Units: the tree, level by level."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from ortoo.kernel.refused import NotAllowed, Refused
from ortoo.people.domain.unit import UnitDraft, add_unit, change_unit
from ortoo.people.forms import NewUnitForm, UnitForm
from ortoo.people.models import Unit
from ortoo.people.permissions import may_change_units, may_see_people, may_see_units
from ortoo.people.queries import persons_visible_to, units_visible_to
from ortoo.people.request import SignedIn
from ortoo.ui.sheet_table import Column, SheetTable

MOST_BELOW = 500
MOST_TOPS = 50
# Counted for the rows of a page only: a join would count the children of all 100,000 before it takes 200.
_COUNTED = Unit.objects.filter(parent=OuterRef("pk")).order_by().values("parent").annotate(n=Count("pk")).values("n")
_BELOW = Coalesce(Subquery(_COUNTED, output_field=IntegerField()), 0)

COLUMNS = [
    Column("code", gettext_lazy("Unit code"), width="s"),
    Column("name", pgettext_lazy("of a thing", "Name"), width="m", href=lambda unit: reverse("people:unit", args=[unit.code])),
    Column("kind", gettext_lazy("Kind"), width="s", value=lambda unit: unit.get_kind_display(), order=["kind"]),
    Column("parent__name", gettext_lazy("Higher unit"), width="m"),
    Column("below", gettext_lazy("Units below"), kind="number", width="s"),
]


def units(request: SignedIn) -> HttpResponseBase:
    """All units that the reader sees: the tree from the top, and a table of them all."""
    if not may_see_units(request.user):
        raise NotAllowed
    seen = units_visible_to(request.user).select_related("parent").annotate(below=_BELOW)
    table = SheetTable(request, COLUMNS, seen, caption=_("Units"))
    context = {"table": table, "tops": _tops(request), "may_change": may_change_units(request.user)}
    return table.answer() or render(request, "people/units.html", context)


def branch(request: SignedIn, code: str) -> HttpResponseBase:
    """The units right below one, as a part of the tree that was just unfolded."""
    place = get_object_or_404(units_visible_to(request.user), code=code)
    return render(request, "people/branch.html", {"units": _children(place), "more": _more_below(place)})


def unit(request: SignedIn, code: str) -> HttpResponseBase:
    """One unit: where it lies, what is below it, its people; changed by those who may."""
    place = get_object_or_404(units_visible_to(request.user).select_related("parent"), code=code)
    may = may_change_units(request.user, place)
    if request.method == "POST" and not may:
        raise NotAllowed
    adding = request.POST.get("do") == "add"
    form = UnitForm(None if adding else request.POST or None, initial={"name": place.name, "lon": place.lon, "lat": place.lat})
    new = NewUnitForm(request.POST if adding else None, prefix="new")
    if request.method == "POST" and (new if adding else form).is_valid():
        try:
            return _record(request, place, new.cleaned_data if adding else form.cleaned_data, adding)
        except Refused as refused:
            (new if adding else form).add_error("code" if adding else None, str(refused))
    context = {
        "unit": place,
        "above": _above(place, request),
        "below": _children(place),
        "more_below": _more_below(place),
        "people": persons_visible_to(request.user).filter(unit__path__startswith=place.path).count()
        if may_see_people(request.user)
        else None,
        "form": form,
        "new": new,
        "may": may,
    }
    return render(request, "people/unit.html", context, status=400 if form.errors or new.errors else 200)


def _tops(request: SignedIn) -> list[Unit]:
    """The reader's highest units, each with what is right below it."""
    seen = units_visible_to(request.user)
    tops: list[Unit] = list(seen.exclude(parent__in=seen.values("pk")).annotate(below=_BELOW)[:MOST_TOPS])
    for top in tops[:1]:
        top.branch = _children(top)  # type: ignore[attr-defined]
    return tops


def _children(place: Unit) -> list[Unit]:
    return list(place.children.annotate(below=_BELOW)[:MOST_BELOW])


def _more_below(place: Unit) -> bool:
    return place.children.count() > MOST_BELOW


def _record(request: SignedIn, place: Unit, said: dict[str, Any], adding: bool) -> HttpResponseBase:
    if adding:
        draft = UnitDraft(said["code"], said["name"], said["kind"], place.code, said["lon"], said["lat"])
        place = add_unit(place, draft, by=request.user)
    else:
        change_unit(place, said["name"], said["lon"], said["lat"], by=request.user)
    messages.success(request, _("Saved."))
    return redirect("people:unit", code=place.code)


def _above(place: Unit, request: SignedIn) -> list[Unit]:
    codes = place.path.strip("/").split("/")[:-1]
    return list(units_visible_to(request.user).filter(code__in=codes))
