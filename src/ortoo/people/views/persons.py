"""Persons: the list, one of them, and what was changed."""

from typing import Any

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ortoo.kernel import audit
from ortoo.kernel.acts import field_said, verb_said
from ortoo.kernel.models import AuditEntry
from ortoo.kernel.refused import NotAllowed
from ortoo.people.domain.person import change_person
from ortoo.people.forms import PersonForm
from ortoo.people.models import Person
from ortoo.people.permissions import may_change_person, may_see_people
from ortoo.people.queries import persons_visible_to, units_to_staff, units_visible_to
from ortoo.people.request import SignedIn
from ortoo.ui.sheet_table import Column, SheetTable


def _href(person: Person) -> str:
    return reverse("people:person", args=[person.staff_no])


COLUMNS = [
    Column("staff_no", gettext_lazy("Staff number"), width="s"),
    Column("name", gettext_lazy("Name"), width="s", href=_href, search=["search"]),
    Column("sex", gettext_lazy("Sex"), width="xs"),
    Column("unit__parent__name", gettext_lazy("County"), width="m"),
    Column("unit__name", gettext_lazy("Unit"), width="m"),
    Column("post", gettext_lazy("Post"), width="m"),
    Column("phone", gettext_lazy("Phone"), width="m"),
]


def persons(request: SignedIn) -> HttpResponseBase:
    """Everybody whom the reader may see; a download is logged."""
    if not may_see_people(request.user):
        raise NotAllowed
    people = persons_visible_to(request.user).select_related("unit__parent")
    if under := request.GET.get("unit"):
        unit = get_object_or_404(units_visible_to(request.user), code=under)
        people = people.filter(unit__path__startswith=unit.path)
    table = SheetTable(request, COLUMNS, people, caption=_("People"))
    answer = table.answer()
    if answer and request.GET.get("as") in ("xlsx", "csv", "tsv"):
        audit.record(
            "download",
            request.user,
            by=request.user,
            after={"what": "people", "unit": under or "", "q": request.GET.get("q", "")},
        )
    return answer or render(request, "people/persons.html", {"table": table})


def person(request: SignedIn, staff_no: str) -> HttpResponseBase:
    """One person: their fields, to be changed by those who may, and what was changed before."""
    somebody = get_object_or_404(persons_visible_to(request.user).select_related("unit__parent__parent"), staff_no=staff_no)
    may = may_change_person(request.user, somebody)
    if request.method == "POST" and not may:
        raise NotAllowed
    form = PersonForm(request.POST or None, units=units_to_staff(request.user), initial=_initial(somebody))
    if request.method == "POST" and form.is_valid():
        return _change(request, somebody, form.cleaned_data)
    history = _history(somebody) if may else []
    context = {"person": somebody, "form": form, "may": may, "history": history}
    return render(request, "people/person.html", context, status=400 if form.errors else 200)


def _history(somebody: Person) -> list[dict[str, Any]]:
    """The last fifty changes: when, who, what, and each field with what it was and became."""
    entries = AuditEntry.objects.filter(noun="person", noun_id=str(somebody.pk))[:50]
    return [
        {
            "entry": entry,
            "verb": verb_said(entry.verb),
            "fields": [(field_said("person", name), entry.before.get(name, ""), value) for name, value in entry.after.items()],
        }
        for entry in entries
    ]


def _change(request: SignedIn, somebody: Person, said: dict[str, Any]) -> HttpResponseBase:
    fields = {name: value for name, value in said.items() if name != "unit"} | {"unit_id": said["unit"].pk}
    changed = change_person(somebody, fields, by=request.user)
    messages.success(request, _("Saved.") if changed else _("Nothing was different."))
    return redirect("people:person", staff_no=somebody.staff_no)


def _initial(somebody: Person) -> dict[str, Any]:
    names = ("name", "sex", "post", "phone", "language", "diet", "notes")
    return {name: getattr(somebody, name) for name in names} | {"unit": somebody.unit.code}
