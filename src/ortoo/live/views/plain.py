"""The viewer's page for browsers without scripts: the present state, asked for anew by itself, and plain forms."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ortoo.kernel.ids import new_key
from ortoo.kernel.refused import Refused
from ortoo.live.domain import line, plain
from ortoo.live.domain import session as verbs
from ortoo.live.forms import SAYING, SayingForm
from ortoo.live.further import further
from ortoo.live.models import LiveSession
from ortoo.live.views.screens import by_link, picture_address, reactions, replays

#: Seconds after which the page asks for itself again; not while somebody writes.
AGAIN = 20
COOKIE = "ortoo_viewer"
#: How often a device may come back as itself; shorter than its token holds.
COOKIE_SECONDS = 24 * 3600


@by_link("watch")
def page(request: HttpRequest, session: LiveSession) -> HttpResponse:
    """What is on now. `?ask`: it stands still and has the form for a question; `?sent=`: what has just come."""
    token, device = known(request, session)
    if request.COOKIES.get(COOKIE) == token:
        plain.note_present(session, token, device)
    asks = "ask" in request.GET
    answer = _page(request, session, token, device, asks=asks, sent=request.GET.get("sent", ""))
    if not asks:
        # A header and not a tag, so that the word of thanks is not repeated with it.
        answer["Refresh"] = f"{AGAIN}; url={_address(session)}"
    return answer


@by_link("watch", post=True)
def say(request: HttpRequest, session: LiveSession) -> HttpResponse:
    """A question, a vote, an answer or a reaction: handed on to the hub; what could not be sent stays in its form."""
    token, device = known(request, session)
    form = (SAYING.get(request.POST.get("kind", "")) or SayingForm)(request.POST)
    refused, status = "", 400
    if form.is_valid():
        try:
            plain.hand_on(session, token, form.said(), _seen_from(request))
        except Refused as refusal:
            refused, status = str(refusal), refusal.status
        else:
            answer: HttpResponse = redirect(f"{_address(session)}?sent={form.kind}")
            _remember(request, session, answer, token)
            return answer
    refused = refused or "; ".join(str(word) for words in form.errors.values() for word in words)
    answer = _page(request, session, token, device, asks=form.kind == "question", refused=refused)
    answer.status_code = status
    return answer


def known(request: HttpRequest, session: LiveSession) -> tuple[str, str]:
    """Token and name of this browser: from its cookie, from the form where it keeps none, else a new one."""
    for token in (request.COOKIES.get(COOKIE, ""), request.POST.get("token", "")):
        if device := plain.device_of(session, token):
            return token, device
    device = f"d-{new_key(20)}"
    return line.token(session, device, line.VIEWER_SAYS), device


def _page(
    request: HttpRequest,
    session: LiveSession,
    token: str,
    device: str,
    *,
    asks: bool = False,
    sent: str = "",
    refused: str = "",
) -> HttpResponse:
    about = {"session": session, "now": plain.present_for(session, device), "reactions": reactions()}
    address = _address(session)
    typed = {name: request.POST.get(name, "")[:500] for name in ("text", "name")}
    # The same id once more: what perhaps did come is not there twice.
    fresh = {"id": request.POST.get("id", "") if refused else new_key(20), "token": token}
    said: dict[str, Any] = {"asks": asks, "sent": thanks().get(sent, ""), "refused": refused, "typed": typed}
    links: dict[str, Any] = {"address": address, "say": f"{address}say/", "picture": picture_address(session)}
    links |= {"watch": _watch(session), "again": AGAIN, "replays": replays(session), "further": further(session.leg)}
    answer = render(request, "live/plain.html", about | said | fresh | links)
    _remember(request, session, answer, token)
    return answer


def _remember(request: HttpRequest, session: LiveSession, answer: HttpResponse, token: str) -> None:
    """So that a vote stays this browser's own; without cookies everything works, and each page is another browser."""
    if request.COOKIES.get(COOKIE) != token:
        answer.set_cookie(
            COOKIE, token, COOKIE_SECONDS, path=_watch(session), secure=request.is_secure(), httponly=True, samesite="Lax"
        )


def _seen_from(request: HttpRequest) -> str:
    """The viewer's address as far as we see it, for the hub's count of each address."""
    return str(request.META.get("REMOTE_ADDR", ""))


def _watch(session: LiveSession) -> str:
    return reverse("live:watch", args=[session.key, verbs.code_of(session, "watch")])


def _address(session: LiveSession) -> str:
    return reverse("live:plain", args=[session.key, verbs.code_of(session, "watch")])


def thanks() -> dict[str, str]:
    """What is said once something has come."""
    thanked = _("Thank you, it counts.")
    asked = _("It has come. Somebody reads it before it is shown.")
    return {"question": asked, "vote": thanked, "answer": thanked, "reaction": thanked}
