"""The moderator's desk: everything by form and keyboard; with a script the board alone is exchanged."""

from collections.abc import Callable
from functools import partial
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ortoo.kernel.ids import new_key
from ortoo.kernel.refused import NotAllowed, Refused
from ortoo.live.domain import line
from ortoo.live.domain import poll as polls
from ortoo.live.domain import session as verbs
from ortoo.live.domain.question import move_question
from ortoo.live.domain.recording import room
from ortoo.live.models import LiveSession, Question
from ortoo.live.queries import questions_of, results_of, standings_at
from ortoo.live.views.fetch import account_of, fetch_session, leg_asked_for
from ortoo.live.views.screens import allow_hub, connection, link_of
from ortoo.programmes.frame import frame
from ortoo.programmes.models import Appearance, Programme
from ortoo.programmes.permissions import may_host
from ortoo.programmes.queries import legs_signed_by, visible_to
from ortoo_hub import SCREEN
from ortoo_hub.ffmpeg import written

#: Sites on the desk, those that need somebody first; the board of sites shows all.
MOST_SITES = 30
POLL_ACTS = {"open": polls.open_poll, "close": polls.close_poll, "show": polls.show_result, "hide": polls.hide_result}


@require_GET
def desk(request: HttpRequest, key: str) -> HttpResponse:
    """The desk of one stop (`?leg=2`, else the running or next of those that the account moderates)."""
    account = account_of(request)
    programme = get_object_or_404(visible_to(account).select_related("unit", "base"), key=key)
    if not may_host(account, programme):
        raise NotAllowed
    own = set(legs_signed_by(account).filter(programme=programme).values_list("pk", flat=True))
    asked = leg_asked_for(request, programme)
    legs = [leg for leg in frame(request, programme)["legs"] if leg.pk in own]
    leg = asked if asked in legs else next((leg for leg in legs if leg.state != "done"), None)
    if "leg" in request.GET and asked and asked != leg:
        raise NotAllowed
    page = frame(request, programme, here="live") | {"own_legs": legs, "leg": leg}
    if leg is None:
        return render(request, "live/desk.html", page)
    session = verbs.session_of(leg)
    if request.htmx:  # type: ignore[attr-defined]
        now = board(request, session)
        # Nothing new: the board stays, and no button is exchanged under somebody's finger.
        same = now["digest"] == request.GET.get("seen")
        return HttpResponse(status=204) if same else render(request, "live/desk_board.html", {"programme": programme} | now)
    about = connection(request, session, f"{SCREEN}desk-{new_key()}")
    screens = {screen: link_of(request, session, screen) for screen in verbs.SCREENS}
    context = page | about | board(request, session) | {"screens": screens, "words": desk_words()}
    answer = render(request, "live/desk.html", context)
    allow_hub(request, answer)
    return answer


def board(request: HttpRequest, session: LiveSession) -> dict[str, Any]:
    """What changes by itself: the stage, questions and polls, and how the viewing sites stand, whether viewers know it; thirteen queries."""
    session = LiveSession.objects.select_related("leg__programme__unit", "on_stage").get(pk=session.pk)
    order = list(Appearance.objects.filter(leg=session.leg_id).select_related("talk", "teller__person"))
    place = next((place for place, each in enumerate(order) if each.pk == session.on_stage_id), -1)
    asked = list(session.polls.all())
    results, questions = results_of(asked), questions_of(session)
    devices, hub_status, sites = session.devices.count(), line.status(), standings_at(session.leg)
    recorded, free = session.recordings.count(), room()
    voices = [(each.pk, each.state, each.votes) for state in questions.values() for each in state]
    at_sites = [(each.site.pk, each.pulse, each.by_moment, each.site.screen_note) for each in sites]
    trouble = hub_status and hub_status["trouble"]
    seen = (
        session.change,
        session.is_open,
        results,
        voices,
        devices,
        trouble,
        len(order),
        at_sites,
        recorded,
        free.low,
        free.full,
    )
    return {
        "digest": sha256(repr(seen).encode()).hexdigest()[:16],
        "session": session,
        "leg": session.leg,
        "order": order,
        "following": order[place + 1] if place + 1 < len(order) else None,
        "questions": questions,
        "polls": [(poll, list(zip(poll.choices, results[poll.pk], strict=True)), sum(results[poll.pk])) for poll in asked],
        "devices": devices,
        "sites": sites[:MOST_SITES],
        "sites_count": len(sites),
        "site_heads": sum(each.heads or 0 for each in sites),
        "recorded": recorded,
        "room": free,
        "video_port": settings.VIDEO_PORT,
        "srt_port": settings.SRT_PORT,
        "host_name": written(urlsplit(f"//{request.get_host()}").hostname or ""),
        "picture_key": verbs.picture_key(session),
        "hub_status": hub_status,
    }


def desk_words() -> dict[str, str]:
    """What the desk's script says."""
    return {"viewers": _("{n} watching"), "away": _("no line to the hub")}


@require_POST
def turn(request: HttpRequest, key: str, ordinal: int) -> HttpResponse:
    """Open, close, or make new links."""
    session, by = fetch_session(request, key, ordinal), account_of(request)
    acts: dict[str, Callable[..., None]] = {
        "open": verbs.open_live,
        "close": verbs.close_live,
        "link": verbs.renew_live_link,
        "film": partial(verbs.turn_picture, wanted=True),
        "unfilm": partial(verbs.turn_picture, wanted=False),
    }
    act = acts.get(request.POST.get("act", ""))
    answer = _told(request, session, lambda: act(session, by=by) if act else None)
    if act is verbs.renew_live_link:
        # The links stand outside the board, so the whole page is fetched anew.
        answer = redirect_to(session)
        if request.htmx:  # type: ignore[attr-defined]
            answer = HttpResponse(headers={"HX-Refresh": "true"})
    return answer


@require_POST
def stage(request: HttpRequest, key: str, ordinal: int) -> HttpResponse:
    """Put a talk of the running order on stage (`talk`), or nobody."""
    session = fetch_session(request, key, ordinal)
    pk = request.POST.get("talk", "")
    appearance = get_object_or_404(session.leg.appearances.select_related("talk"), pk=pk) if pk.isdigit() else None
    return _told(request, session, lambda: verbs.put_on_stage(session, appearance, by=account_of(request)))


@require_POST
def say(request: HttpRequest, key: str, ordinal: int) -> HttpResponse:
    """A notice or captions, a line each."""
    session, by = fetch_session(request, key, ordinal), account_of(request)
    text = request.POST.get("text", "")[:20_000]
    verb: Callable[..., object] = verbs.say_captions if request.POST.get("what") == "caption" else verbs.post_notice
    return _told(request, session, lambda: verb(session, text, by=by))


@require_POST
def question(request: HttpRequest, key: str, ordinal: int, pk: int) -> HttpResponse:
    """Show, hide, choose, mark as answered."""
    session = fetch_session(request, key, ordinal)
    thing = get_object_or_404(session.questions.select_related("session__leg__programme__unit"), pk=pk)
    state = request.POST.get("state", "")
    if state not in set(Question.State.values) - {Question.State.WAITING}:
        return HttpResponse(status=400)
    return _told(request, session, lambda: move_question(thing, state, by=account_of(request)))


@require_POST
def poll_add(request: HttpRequest, key: str, ordinal: int) -> HttpResponse:
    """A new poll: what is asked, and the choices in lines."""
    session, said = fetch_session(request, key, ordinal), request.POST
    choices = said.get("choices", "").splitlines()
    return _told(request, session, lambda: polls.make_poll(session, said.get("text", ""), choices, by=account_of(request)))


@require_POST
def poll(request: HttpRequest, key: str, ordinal: int, pk: int) -> HttpResponse:
    """Open, close, show or hide the result."""
    session = fetch_session(request, key, ordinal)
    thing = get_object_or_404(session.polls.select_related("session__leg__programme__unit"), pk=pk)
    act = POLL_ACTS.get(request.POST.get("act", ""))
    if act is None:
        return HttpResponse(status=400)
    return _told(request, session, lambda: act(thing, by=account_of(request)))


def _told(request: HttpRequest, session: LiveSession, verb: Callable[[], object]) -> HttpResponse:
    """Do it; then the board for a script, the page for a browser without one."""
    refused = ""
    try:
        verb()
    except Refused as refusal:
        refused = str(refusal)
    if request.htmx:  # type: ignore[attr-defined]
        context = {"programme": session.leg.programme, "refused": refused} | board(request, session)
        return render(request, "live/desk_board.html", context)
    if refused:
        messages.error(request, refused)
    return redirect_to(session)


def redirect_to(session: LiveSession) -> HttpResponse:
    """Back to the desk of its stop."""
    programme: Programme = session.leg.programme
    answer = redirect("live:desk", programme.key)
    answer["Location"] += f"?leg={session.leg.ordinal}"
    return answer
