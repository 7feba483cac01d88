"""The page that explains how to subscribe, and the calendar itself."""

import hashlib

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from ortoo.participation.domain.subscription import (
    TooOften,
    code_of,
    count_read,
    find_link,
    keep_entries,
    renew_calendar,
    stop_calendar,
)
from ortoo.participation.models import CalendarLink
from ortoo.participation.subscription.days import days_of
from ortoo.participation.subscription.ical import write_calendar
from ortoo.people.request import SignedIn


@require_GET
def calendar(request: SignedIn) -> HttpResponse:
    """My calendar link, and how to use it."""
    link = CalendarLink.objects.filter(account=request.user, active=True).first()
    address = request.build_absolute_uri(reverse("participation:calendar-file", args=[link.pk, code_of(link)])) if link else ""
    subscribe = f"webcal:{address.partition(':')[2]}"  # What calendar programs answer to; they ask over https where there is it.
    return render(request, "participation/calendar.html", {"link": link, "address": address, "subscribe": subscribe})


@require_POST
def renew(request: SignedIn) -> HttpResponse:
    """A first link or a new one."""
    if renew_calendar(request.user, by=request.user).number > 1:
        messages.success(request, _("Your calendar has a new link. An old one no longer opens anything."))
    return redirect("participation:calendar")


@require_POST
def stop(request: SignedIn) -> HttpResponse:
    """No link any more."""
    stop_calendar(request.user, by=request.user)
    messages.success(request, _("The link no longer opens anything."))
    return redirect("participation:calendar")


@require_safe
def calendar_file(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """The calendar, for whoever has the link; 304 where nothing changed, 429 for who asks without end."""
    link = find_link(pk, code)
    if link is None:
        raise Http404
    try:
        count_read(link)
    except TooOften as refusal:
        return HttpResponse(str(refusal), status=429, content_type="text/plain; charset=utf-8", headers={"Retry-After": "60"})
    with translation.override(link.account.language or settings.LANGUAGE_CODE):
        entries = keep_entries(link, {day.uid: day.said for day in days_of(link.account)})
        data = write_calendar(entries)
    answer = HttpResponse(data, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="ortoo.ics"'
    answer["Cache-Control"], answer["X-Robots-Tag"] = "private, no-cache", "noindex"
    etag = f'"{hashlib.sha256(data).hexdigest()[:32]}"'
    answer["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=answer) or answer


calendar_file.open_to_all = True  # type: ignore[attr-defined]
