"""What was recorded of a stop's live session: seen, fetched, kept, shown to viewers, removed."""

from collections.abc import Callable
from functools import partial

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from ortoo.kernel import audit
from ortoo.kernel.refused import NotAllowed, Refused
from ortoo.live.domain import recording as verbs
from ortoo.live.models import LiveSession, Recording
from ortoo.live.permissions import may_remove_recordings
from ortoo.live.views.fetch import account_of, fetch_session
from ortoo.live.views.pieces import in_pieces
from ortoo.live.views.screens import by_link
from ortoo.programmes.frame import frame

#: What only an organiser may do: everything else is in the hands of who runs the day.
ORGANISERS_ACTS = ("keep", "unkeep", "remove")


@require_GET
def recordings(request: HttpRequest, key: str, ordinal: int) -> HttpResponse:
    """All of them, with the room that is left."""
    session = fetch_session(request, key, ordinal)
    rows = verbs.recordings_of(session)
    programme = session.leg.programme
    context = {
        "session": session,
        "leg": session.leg,
        "rows": [(each, verbs.is_running(each)) for each in rows],
        "size": sum(each.size + each.replay_size for each in rows),
        "room": verbs.room(),
        "days": settings.RECORDING_DAYS,
        "may_remove": may_remove_recordings(account_of(request), session.leg),
    }
    return render(request, "live/recordings.html", frame(request, programme, here="live") | context)


@require_POST
def act(request: HttpRequest, key: str, ordinal: int, pk: int) -> HttpResponse:
    """Keep it, show it to viewers, take either back, or remove it."""
    session = fetch_session(request, key, ordinal)
    recording = _of(session, pk)
    acts: dict[str, Callable[..., None]] = {
        "keep": partial(verbs.keep_recording, kept=True),
        "unkeep": partial(verbs.keep_recording, kept=False),
        "show": partial(verbs.show_recording, shown=True),
        "hide": partial(verbs.show_recording, shown=False),
        "remove": verbs.remove_recording,
    }
    wanted = request.POST.get("act", "")
    if wanted not in acts:
        return HttpResponse(status=400)
    if wanted in ORGANISERS_ACTS and not may_remove_recordings(account_of(request), session.leg):
        raise NotAllowed
    try:
        acts[wanted](recording, by=account_of(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("live:recordings", key, ordinal)


@require_GET
def file(request: HttpRequest, key: str, ordinal: int, pk: int) -> HttpResponseBase:
    """The file that browsers play, once there is one, else what was sent; `?whole` to keep, which is recorded."""
    session = fetch_session(request, key, ordinal)
    recording = _of(session, pk)
    playable = recording.replay_size and "sent" not in request.GET
    place = verbs.replay_of(recording) if playable else verbs.file_of(recording)
    kind = "video/mp4" if playable else "video/mp2t"
    if "whole" not in request.GET:
        return in_pieces(request, place, kind)
    if not place.exists():
        raise Http404
    after = {"what": "recording", "leg": session.leg.name, "name": place.name}
    audit.record("download", recording, by=account_of(request), after=after, unit_path=session.leg.programme.unit.path)
    name = f"{session.leg.name} {place.name}"
    return FileResponse(place.open("rb"), content_type=kind, as_attachment=True, filename=name)


@by_link("watch")
def replay(request: HttpRequest, session: LiveSession, pk: int) -> HttpResponseBase:
    """One that is shown, for whoever has the viewers' link. It never changes, so that caches may stand in front."""
    recording = get_object_or_404(session.recordings.filter(shown=True, replay_size__gt=0), pk=pk)
    answer = in_pieces(request, verbs.replay_of(recording), "video/mp4")
    answer["Cache-Control"] = "max-age=3600"
    return answer


def _of(session: LiveSession, pk: int) -> Recording:
    """With all that the record of changes asks for."""
    rows = Recording.objects.select_related("session__leg__programme__unit", "job").filter(session=session)
    found: Recording = get_object_or_404(rows, pk=pk)
    return found
