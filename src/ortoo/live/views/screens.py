"""What viewers, halls and speakers see of a live session: no account, a secret link for each kind of screen."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

import segno
from csp.constants import SELF
from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ortoo.kernel import clock
from ortoo.kernel.ids import new_key
from ortoo.live.domain import line
from ortoo.live.domain import session as verbs
from ortoo.live.domain.recording import shown_to_viewers
from ortoo.live.further import further
from ortoo.live.models import LiveSession, Recording
from ortoo_hub import SCREEN

#: What of the folder of picture and sound may be asked for: lists and pieces, not the recording.
PIECE = re.compile(r"(?:master|video|audio)\.m3u8|run-\d+/(?:video|audio)/[\w-]+\.(?:mp4|m4s)")
Shown = Callable[..., HttpResponseBase]


def by_link(screen: str, *, post: bool = False) -> Callable[[Shown], Callable[..., HttpResponseBase]]:
    """A page for whoever holds the link of this screen: 404 for a wrong one, kept out of caches and search engines.

    One that takes forms is exempt from the CSRF cookie: the address itself is the secret, and some browsers refuse cookies.
    """

    def decorate(view: Shown) -> Callable[..., HttpResponseBase]:
        @csrf_exempt
        @require_http_methods(["POST"] if post else ["GET"])
        @wraps(view)
        def fetched(request: HttpRequest, key: str, code: str, **more: Any) -> HttpResponseBase:
            session = verbs.find(key, screen, code)
            if session is None:
                raise Http404
            answer = allow_hub(request, view(request, session, **more))
            if "Cache-Control" not in answer:
                patch_cache_control(answer, no_store=True, private=True)
            answer["X-Robots-Tag"] = "noindex"
            return answer

        fetched.open_to_all = True  # type: ignore[attr-defined]
        return fetched

    return decorate


def allow_hub(request: HttpRequest, answer: HttpResponseBase) -> HttpResponseBase:
    """Let this page's script speak to the hub, which has a port of its own, and play what it puts together itself."""
    if hub := line.address(request.scheme or "http", request.get_host()):
        cache = [settings.PICTURE_URL] if settings.PICTURE_URL else []
        reached = {"connect-src": [SELF, hub, *cache], "media-src": [SELF, "blob:", *cache]}
        answer._csp_update = reached  # type: ignore[attr-defined]
    return answer


@by_link("watch")
def watch(request: HttpRequest, session: LiveSession) -> HttpResponse:
    """For a single viewer, on a telephone."""
    device = f"d-{new_key(20)}"
    about = connection(request, session, device, line.VIEWER_SAYS)
    plain = reverse("live:plain", args=[session.key, verbs.code_of(session, "watch")])
    said = {
        "reactions": reactions(),
        "words": watch_words(),
        "plain": plain,
        "replays": replays(session),
        "further": further(session.leg),
    }
    return render(request, "live/watch.html", about | said)


def replays(session: LiveSession) -> list[tuple[Recording, str]]:
    """What of it may be watched again, and where."""
    code = verbs.code_of(session, "watch")
    return [(each, reverse("live:replay", args=[session.key, code, each.pk])) for each in shown_to_viewers(session)]


@by_link("watch")
def picture(request: HttpRequest, session: LiveSession, name: str) -> FileResponse:
    """A list or a piece of picture and sound. Pieces never change, so that caches may stand in front for many viewers."""
    if not PIECE.fullmatch(name):
        raise Http404
    try:
        file = (line.picture_folder(session) / name).open("rb")
    except OSError as error:
        raise Http404 from error
    is_list = name.endswith(".m3u8")
    kind = "application/vnd.apple.mpegurl" if is_list else "video/mp4"
    return FileResponse(file, content_type=kind, headers={"Cache-Control": "no-cache" if is_list else "max-age=3600"})


@by_link("wall")
def wall(request: HttpRequest, session: LiveSession) -> HttpResponse:
    """For the hall and for viewing sites."""
    about = connection(request, session, f"{SCREEN}wall-{new_key()}")
    context = about | link_of(request, session, "watch") | {"words": screen_words(), "with_picture": "picture" in request.GET}
    return render(request, "live/wall.html", context)


@by_link("tablet")
def tablet(request: HttpRequest, session: LiveSession) -> HttpResponse:
    """For whoever stands at the lectern."""
    about = connection(request, session, f"{SCREEN}tablet-{new_key()}")
    return render(request, "live/tablet.html", about | {"words": screen_words()})


def connection(request: HttpRequest, session: LiveSession, viewer: str, says: tuple[str, ...] = ()) -> dict[str, Any]:
    """What a page's script needs to follow the session. `now` in ms: screens whose clock is wrong count the time by ours."""
    return {
        "session": session,
        "hub": line.address(request.scheme or "http", request.get_host()),
        "viewer": viewer,
        "token": line.token(session, viewer, says),
        "now": round(clock.now().timestamp() * 1000),
        "picture": picture_address(session),
    }


def picture_address(session: LiveSession) -> str:
    """Where the list of picture and sound is: at the cache, where there is one."""
    return f"{settings.PICTURE_URL}{reverse('live:picture', args=[session.key, verbs.code_of(session, 'watch'), 'master.m3u8'])}"


def link_of(request: HttpRequest, session: LiveSession, screen: str) -> dict[str, str]:
    """The link of one of its screens and its QR code as an image that a page may hold."""
    link = request.build_absolute_uri(reverse(f"live:{screen}", args=[session.key, verbs.code_of(session, screen)]))
    return {"link": link, "qr": segno.make(link, error="m").svg_data_uri(scale=8, border=2)}


def reactions() -> dict[str, str]:
    """By the names under which they are sent and counted, what they are called."""
    return {"clap": _("Applause"), "heart": _("Heart"), "rose": _("Rose"), "thumb": _("Well done")}


def screen_words() -> dict[str, str]:
    """What every screen's script says."""
    return {
        "connecting": _("Connecting…"),
        "away": _("No line. It is tried again by itself."),
        "over": _("This link is over. Ask for the new one."),
        "closed": _("The session is not open."),
        "next": _("Next talk"),
        "nobody": _("Nobody is on stage yet."),
        "late": _("over time"),
        "question": _("Question"),
        "votes": _("{n} want this answered"),
        "answers": _("{n} answers"),
        "viewers": _("{n} watching"),
        "sites": _("{n} people at {sites} viewing sites"),
    }


def watch_words() -> dict[str, str]:
    """And those of a viewer's page."""
    return screen_words() | {
        "vote": _("I want this answered too"),
        "holding": _("No picture from the hall at the moment."),
        "voted": _("You want this answered"),
        "chosen": _("on the screen"),
        "answered": _("answered"),
        "waiting": _("No line. What you wrote is kept in this browser and goes out by itself."),
        "sent": _("It has come. Somebody reads it before it is shown."),
        "thanks": _("Thank you, it counts."),
        "refused": _("This was not taken."),
        "slow": _("A little too fast. It goes out by itself in a moment."),
        "ended": _("This poll is closed."),
    }
