"""One's own page: messages to read for those who spoke, and one's reflections."""

from typing import Any

from django.contrib import messages as told
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ortoo.kernel.refused import Refused
from ortoo.outcomes.domain import reflection as verbs
from ortoo.outcomes.forms import ReflectionForm
from ortoo.outcomes.models import Reflection
from ortoo.outcomes.queries import legs_spoken_at, legs_to_reflect, messages_to, reflections_on
from ortoo.outcomes.views.fetch import account_of
from ortoo.outcomes.views.received import received
from ortoo.people.models import Person
from ortoo.programmes.models import Leg


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """What was written to me, and what I wrote."""
    return _page(request, account_of(request).person, {})


@require_POST
def write(request: HttpRequest, leg: int) -> HttpResponse:
    """Write about a stop or term that one may write about."""
    person = _person(request)
    thing = _leg(person, leg)
    form = ReflectionForm(request.POST, prefix=f"leg-{leg}")
    if form.is_valid():
        try:
            verbs.write_reflection(thing, person, form.cleaned_data["text"], form.cleaned_data["consent"], by=account_of(request))
            told.success(request, _("Thank you. The organiser reads it first."))
            return redirect("outcomes:mine")
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return _page(request, person, {leg: form}, 400)


@require_POST
def take_back(request: HttpRequest, leg: int) -> HttpResponse:
    """Remove one's own reflection altogether."""
    reflection = get_object_or_404(Reflection.objects.select_related("leg", "unit", "person"), leg=leg, person=_person(request))
    verbs.take_reflection_back(reflection, by=account_of(request))
    told.success(request, _("Your reflection is gone."))
    return redirect("outcomes:mine")


def _page(request: HttpRequest, person: Person | None, sent: dict[int, ReflectionForm], status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"rows": _rows(person, sent) if person else []}
    if person and legs_spoken_at(person).exists():
        context |= received(request, messages_to(person), reflections_on(legs_spoken_at(person)))
    return render(request, "outcomes/mine.html", context, status=status)


def _rows(person: Person, sent: dict[int, ReflectionForm]) -> list[dict[str, Any]]:
    """Each stop or term one may write about, or has written about, with the form."""
    written = {each.leg_id: each for each in person.reflections.select_related("leg__programme")}
    open_legs = legs_to_reflect(person)
    legs = [*open_legs, *(each.leg for each in written.values() if each.leg not in open_legs)]
    return [_row(leg, written.get(leg.pk), leg in open_legs, sent.get(leg.pk)) for leg in legs]


def _row(leg: Leg, known: Reflection | None, is_open: bool, sent: ReflectionForm | None) -> dict[str, Any]:
    initial = {"text": known.text, "consent": known.consent} if known else None
    form = sent or ReflectionForm(initial=initial, prefix=f"leg-{leg.pk}")
    return {"leg": leg, "reflection": known, "form": form, "is_open": is_open, "was_sent": sent is not None}


def _person(request: HttpRequest) -> Person:
    person = account_of(request).person
    if person is None:
        raise Http404
    return person


def _leg(person: Person, pk: int) -> Leg:
    """A stop or term about which the person may write, or has written: then the consent may still be changed."""
    known = Reflection.objects.filter(person=person, leg=pk).select_related("leg__programme__unit").first()
    leg = known.leg if known else next((leg for leg in legs_to_reflect(person) if leg.pk == pk), None)
    if leg is None:
        raise Http404
    return leg
