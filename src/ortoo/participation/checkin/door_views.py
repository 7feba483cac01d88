"""What a door's telephone fetches and sends: its page, the signed list, the worker that keeps both, the lines."""

import hashlib
import json
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from csp.constants import SELF
from csp.decorators import csp_update
from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from ortoo.kernel import clock
from ortoo.kernel.refused import Refused
from ortoo.participation.checkin.doorlist import public_key, signed_list
from ortoo.participation.checkin.forms import MOST_BYTES, BatchTooLarge, read_batch
from ortoo.participation.checkin.queries import admitted_count, lines_since
from ortoo.participation.domain import door as doors
from ortoo.participation.domain.scan import keep_scans
from ortoo.participation.models import Door, Scan

#: A page asks every few seconds, and sends a long evening in a few batches; more is no telephone.
MOST_A_MINUTE = 240
MOST_TOLD = 5000
SCRIPTS = ["sha256.js", "store.js", "list.js", "scan.js", "answer.js", "door.js"]
ASSETS = [
    "ui/css/tokens.css",
    "ui/css/base.css",
    "ui/css/components.css",
    "ui/css/sheet.css",
    "ui/css/print.css",
    "ui/img/mark.svg",
    "ui/vendor/zxing/zxing.js",
    "ui/vendor/zxing/zxing_reader.wasm",
    "participation/checkin.css",
    *(f"participation/checkin/{name}" for name in SCRIPTS),
]
View = Callable[..., HttpResponse]


class TooOften(Refused):
    sentence = _("This door asks too often. It goes on by itself in a minute.")
    status = 429


def open_to_link(view: Callable[[HttpRequest, Door], HttpResponse]) -> View:
    """A page for whoever holds the link: 404 for a wrong one, JSON with the reason when the door takes nothing.

    Exempt from the CSRF cookie: the address itself is the secret, and without it nothing can be sent.
    """

    @csrf_exempt
    def fetched(request: HttpRequest, key: str, code: str) -> HttpResponse:
        door = doors.find(key, code)
        if door is None:
            raise Http404
        answer = _answered(view, request, door)
        patch_cache_control(answer, no_store=True, private=True)
        answer["X-Robots-Tag"] = "noindex"
        return answer

    fetched.open_to_all = True  # type: ignore[attr-defined]
    return fetched


def _answered(view: Callable[[HttpRequest, Door], HttpResponse], request: HttpRequest, door: Door) -> HttpResponse:
    try:
        _demand_pace(door)
        doors.demand_open(door)
        return view(request, door)
    except Refused as refusal:
        if "text/html" in request.headers.get("Accept", ""):
            raise
        return _json({"said": str(refusal)}, refusal.status)


@csp_update({"script-src": [SELF, "'wasm-unsafe-eval'"]})
@open_to_link
@require_GET
def door(request: HttpRequest, door: Door) -> HttpResponse:
    """The page itself; it goes on working without a line."""
    doors.hear(door)
    return render(request, "participation/door.html", {"door": door, "code": doors.code_of(door), "public_key": public_key()})


@open_to_link
@require_GET
def doorlist(request: HttpRequest, door: Door) -> HttpResponse:
    """The signed list of the stop."""
    return _json(signed_list(door))


@open_to_link
@require_POST
def scans(request: HttpRequest, door: Door) -> HttpResponse:
    """Lines of the door, some of which may have come before; the answer names what is kept, and what other doors wrote."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        raise BatchTooLarge
    sent, since, drafts = read_batch(request.body)
    kept = keep_scans(door, sent, drafts, by=doors.AtTheDoor(door)) if drafts else []
    doors.hear(door)
    lines = lines_since(door.leg, since, MOST_TOLD)
    until = lines[-1].received if len(lines) == MOST_TOLD else clock.now()
    told = [_told(line) for line in lines if line.door_id != door.pk]
    return _json({"kept": kept, "until": _ms(until), "lines": told, "in": admitted_count(door.leg)})


@open_to_link
@require_GET
def worker(request: HttpRequest, door: Door) -> HttpResponse:
    """The service worker; its scope is this door's page and nothing else."""
    files = [static(name) for name in ASSETS]
    head = f"const FILES = {json.dumps(files)};\nconst VERSION = {json.dumps(f'{door.key}-{_version()}')};\n"
    return HttpResponse(head + _file("participation/checkin/worker.js").read_text(), content_type="text/javascript")


@lru_cache(maxsize=1)
def _version() -> str:
    """Another one whenever a file of the page is another."""
    digest = hashlib.sha256()
    for name in [*ASSETS, "participation/checkin/worker.js"]:
        digest.update(_file(name).read_bytes())
    return digest.hexdigest()[:16]


def _file(name: str) -> Path:
    found = finders.find(name)
    assert isinstance(found, str), name
    return Path(found)


def _told(line: Scan) -> list[object]:
    return [line.door.key, line.client_id, line.ticket, line.undoes, _ms(line.happened), line.door.name]


def _ms(moment: object) -> int:
    return int(moment.timestamp() * 1000)  # type: ignore[attr-defined]


def _demand_pace(door: Door) -> None:
    """TooOften beyond `MOST_A_MINUTE` in this process."""
    key = f"door-{door.pk}-{int(clock.now().timestamp()) // 60}"
    cache.add(key, 0, 120)
    if cache.incr(key) > MOST_A_MINUTE:
        raise TooOften


def _json(said: dict[str, object] | dict[str, str], status: int = 200) -> JsonResponse:
    return JsonResponse(said, status=status, json_dumps_params={"ensure_ascii": False})
