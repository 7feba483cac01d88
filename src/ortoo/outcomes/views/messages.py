"""Messages as the organiser sees them: the desk and its link, who can be written to, what is to be read."""

import segno
from django.contrib import messages as told
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from ortoo.kernel.refused import Refused
from ortoo.outcomes.domain import desk as desks
from ortoo.outcomes.domain.moderation import decide as bring_into
from ortoo.outcomes.forms import AddresseeForm
from ortoo.outcomes.models import Addressee, MessageDesk, Moderated, SpeakerMessage
from ortoo.outcomes.queries import messages_visible_to
from ortoo.outcomes.views.fetch import account_of, fetch_to_moderate, leg_asked_for
from ortoo.people.models import Person
from ortoo.people.queries import persons_visible_to
from ortoo.programmes.frame import frame
from ortoo.programmes.models import Leg, Programme
from ortoo.programmes.queries import legs_of

PAGE = 20
MOST_AT_ONCE = 200
TURNS = {
    "open": desks.open_desk,
    "close": desks.close_desk,
    "renew": desks.renew_desk,
    "speakers": desks.name_speakers,
}


@require_GET
def messages(request: HttpRequest, key: str) -> HttpResponse:
    """The messages of a stop (`?leg=2&state=waiting`)."""
    return _page(request, fetch_to_moderate(request, key), AddresseeForm(persons_visible_to(account_of(request))))


@require_POST
def decide(request: HttpRequest, key: str) -> HttpResponse:
    """Accept the ticked messages, keep them back, or put them back to be read once more."""
    programme = fetch_to_moderate(request, key)
    found = messages_visible_to(account_of(request)).filter(leg__programme=programme, pk__in=ticked(request))
    count = bring_into(found, state_said(request), programme=programme, by=account_of(request))
    told.success(request, ngettext("%(count)s message decided.", "%(count)s messages decided.", count) % {"count": count})
    return redirect(f"{reverse('outcomes:messages', args=[key])}?{request.GET.urlencode()}")


@require_POST
def turn(request: HttpRequest, key: str) -> HttpResponse:
    """Open or close the desk of a stop, make its link anew, or let all be written to who speak there."""
    programme = fetch_to_moderate(request, key)
    leg, wish = leg_asked_for(request, programme), TURNS.get(request.POST.get("turn", ""))
    try:
        if leg and wish:
            wish(_whole(leg), by=account_of(request))
    except Refused as refusal:
        told.error(request, str(refusal))
    return _back(programme, leg)


@require_POST
def name(request: HttpRequest, key: str) -> HttpResponse:
    """Add somebody to whom one may write."""
    programme = fetch_to_moderate(request, key)
    leg = leg_asked_for(request, programme)
    form = AddresseeForm(persons_visible_to(account_of(request)), request.POST)
    if leg and form.is_valid():
        try:
            desks.name_addressee(_whole(leg), form.cleaned_data["name"], form.cleaned_data["staff_no"], by=account_of(request))
            return _back(programme, leg)
        except Refused as refusal:
            form.add_error("name", str(refusal))
    return _page(request, programme, form)


@require_POST
def remove(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Take somebody off the list."""
    programme = fetch_to_moderate(request, key)
    addressees = Addressee.objects.filter(leg__programme=programme).select_related("leg__programme__unit")
    addressee = get_object_or_404(addressees, pk=pk)
    try:
        desks.remove_addressee(addressee, by=account_of(request))
    except Refused as refusal:
        told.error(request, str(refusal))
    return _back(programme, addressee.leg)


def ticked(request: HttpRequest) -> list[int]:
    """The keys of the texts whose boxes were ticked."""
    said = request.POST.getlist("text")[:MOST_AT_ONCE]
    return [int(each) for each in said if each.isdecimal() and len(each) < 16]


def state_said(request: HttpRequest) -> str:
    """The state that the button pressed stands for; anything else puts back."""
    said = request.POST.get("state", "")
    return said if said in Moderated.State.values else Moderated.State.WAITING


def state_asked_for(request: HttpRequest) -> str:
    """The state whose texts are shown, at first those to be read."""
    said = request.GET.get("state", "")
    return said if said in Moderated.State.values else Moderated.State.WAITING


def _page(request: HttpRequest, programme: Programme, form: AddresseeForm) -> HttpResponse:
    leg, state = leg_asked_for(request, programme), state_asked_for(request)
    found = messages_visible_to(account_of(request)).filter(leg=leg, state=state).order_by("sent", "pk")
    desk = MessageDesk.objects.filter(leg=leg).first()
    link = request.build_absolute_uri(reverse("outcomes:write", args=[desk.key])) if desk else ""
    context = {
        "leg": leg,
        "desk": desk,
        "link": link,
        "qr": segno.make(link, error="m").svg_data_uri(scale=4, border=2) if link else "",
        "addressees": _addressees(request, leg) if leg else [],
        "order": leg.appearances.exists() if leg else False,
        "form": form,
        "to_read": _to_read(programme),
        "state": state,
        "states": Moderated.State.choices,
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "decide_at": reverse("outcomes:messages-decide", args=[programme.key]),
    }
    status = 400 if form.errors else 200
    return render(request, "outcomes/messages.html", frame(request, programme, here="messages") | context, status=status)


def _to_read(programme: Programme) -> list[tuple[Leg, int]]:
    """Each stop with how many messages are still to be read; one query."""
    waiting = SpeakerMessage.objects.filter(leg__programme=programme, state=Moderated.State.WAITING).order_by()
    counts = dict(waiting.values_list("leg").annotate(n=Count("id")))
    return [(leg, counts.get(leg.pk, 0)) for leg in legs_of(programme)]


def _addressees(request: HttpRequest, leg: Leg) -> list[tuple[Addressee, str]]:
    """Everybody to whom one may write there, each with the link by which they read; somebody who can sign in needs none."""
    found = list(leg.addressees.select_related("person__account"))
    return [(each, "" if each.person and _signs_in(each.person) else _reading(request, each)) for each in found]


def _signs_in(person: Person) -> bool:
    account = getattr(person, "account", None)
    return account is not None and account.is_active


def _reading(request: HttpRequest, addressee: Addressee) -> str:
    """Where somebody without an account reads."""
    return request.build_absolute_uri(reverse("outcomes:read", args=[addressee.key, desks.code_of(addressee)]))


def _whole(leg: Leg) -> Leg:
    return Leg.objects.select_related("programme__unit").get(pk=leg.pk)


def _back(programme: Programme, leg: Leg | None) -> HttpResponse:
    return redirect(f"{reverse('outcomes:messages', args=[programme.key])}?leg={leg.ordinal if leg else ''}")
