"""The public page where anybody with the link writes to the speakers of a stop, and a guest speaker's page to read."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from ortoo.kernel.ids import new_key
from ortoo.kernel.refused import Refused
from ortoo.outcomes.domain.desk import demand_open, find_addressee
from ortoo.outcomes.domain.message import send_message, sender
from ortoo.outcomes.forms import MessageForm
from ortoo.outcomes.models import MessageDesk
from ortoo.outcomes.queries import messages_for, reflections_on
from ortoo.outcomes.views.fetch import address_of
from ortoo.outcomes.views.received import received

COOKIE = "ortoo_writer"
A_DAY = 24 * 60 * 60


# Exempt from the CSRF cookie: nothing here belongs to an account, and the browsers of messengers often refuse cookies.
@csrf_exempt
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, key: str) -> HttpResponse:
    """Write a message; `?sent=1` says that it has come."""
    desk = get_object_or_404(MessageDesk.objects.select_related("leg__programme__unit"), key=key)
    demand_open(desk)
    if request.GET.get("sent"):
        return render(request, "outcomes/sent.html", {"desk": desk})
    browser = request.get_signed_cookie(COOKIE, default="", max_age=A_DAY) or ""
    addressees = list(desk.leg.addressees.all())
    form = MessageForm(addressees, request.POST or None, initial={"client_id": new_key()})
    status = 200
    if request.method == "POST":
        try:
            if form.is_valid():
                send_message(desk, form.draft(), sender(browser, address_of(request)))
                return redirect(f"{reverse('outcomes:write', args=[key])}?sent=1")
            status = 400
        except Refused as refusal:
            form.add_error(None, str(refusal))
            status = refusal.status
    answer = render(request, "outcomes/write.html", {"desk": desk, "form": form}, status=status)
    return _known(answer, browser or new_key())


@require_GET
def read(request: HttpRequest, key: str, code: str) -> HttpResponse:
    """What a guest speaker reads: messages accepted for them, by a secret link."""
    addressee = find_addressee(key, code)
    if addressee is None:
        raise Http404
    context = received(request, messages_for(addressee), reflections_on([addressee.leg_id]))
    answer = render(request, "outcomes/read.html", context | {"addressee": addressee})
    answer["Cache-Control"] = "no-store, private"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _known(answer: HttpResponse, browser: str) -> HttpResponse:
    options: dict[str, Any] = {"max_age": A_DAY, "httponly": True, "samesite": "Lax", "secure": settings.SESSION_COOKIE_SECURE}
    answer.set_signed_cookie(COOKIE, browser, **options)
    return answer


write.open_to_all = True  # type: ignore[attr-defined]
read.open_to_all = True  # type: ignore[attr-defined]
