"""The frame's own few pages: language, long work, the base map."""

from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_POST

from ortoo.kernel import jobs
from ortoo.kernel.models import Job
from ortoo.ui import long_work
from ortoo.ui.waiting import waiting_for

COUNTIES = Path(__file__).parent / "static/ui/geo/counties.geojson"
YEAR = 365 * 24 * 3600
MOST_ON_HOME = 100


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Change the language of the pages: in the cookie, and in the account where one is signed in."""
    code = request.POST.get("language", "")
    answer = redirect(_next(request))
    if check_for_language(code) and code in dict(settings.LANGUAGES):
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            code,
            max_age=YEAR,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
        _remember(request, code)
    return answer


language.open_to_all = True  # type: ignore[attr-defined]


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What waits for whoever is signed in."""
    return render(request, "ui/home.html", {"things": waiting_for(request.user)[:MOST_ON_HOME]})


@require_GET
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """Long work: as a page, and as the bar that the page asks for every second until it is over.

    With `next` the reader is taken there once it is over.
    """
    work = _own_job(request, pk)
    wanted = _next(request) if "next" in request.GET else long_work.page_of(work)
    if not request.headers.get("HX-Request"):
        return render(request, "ui/job.html", {"job": work, "next": wanted, "job_title": long_work.title_of(work)})
    answer = render(request, "ui/parts/progress.html", {"job": work, "next": wanted})
    if work.over and wanted:
        answer["HX-Redirect"] = wanted
    return answer


@require_POST
def stop_job(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask one's own long work to stop."""
    work = _own_job(request, pk)
    jobs.ask_stop(work)
    work.refresh_from_db()
    wanted = _next(request) if "next" in request.POST else long_work.page_of(work)
    if not request.headers.get("HX-Request"):
        return redirect(wanted or reverse("ui:job", args=[work.pk]))
    return render(request, "ui/parts/progress.html", {"job": work, "next": wanted})


@require_GET
@cache_control(max_age=3600, private=True)
def region_map(request: HttpRequest) -> FileResponse:
    """The base map that charts draw on: the file of the setting MAP_FILE, or the one that comes with the product."""
    file = Path(settings.MAP_FILE or COUNTIES)
    return FileResponse(file.open("rb"), content_type="application/geo+json")


region_map.open_to_all = True  # type: ignore[attr-defined]


def _own_job(request: HttpRequest, pk: int) -> Job:
    """The work, for who started it and for whom its app lets see it; else 404."""
    work = get_object_or_404(Job, pk=pk)
    if work.by_id != request.user.pk and not long_work.may_see(request.user, work):
        raise Http404
    return work


def _next(request: HttpRequest) -> str:
    """Where to go afterwards: only ever a page of this site."""
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else "/"


def _remember(request: HttpRequest, code: str) -> None:
    """An account knows its language, so that files and notices made for it are in that language too."""
    if request.user.is_authenticated:
        get_user_model()._default_manager.filter(pk=request.user.pk).update(language=code)
