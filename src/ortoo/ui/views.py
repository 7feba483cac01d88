"""The frame's own few pages: language, long work, the base map."""

from pathlib import Path

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_POST

from ortoo.kernel import jobs
from ortoo.kernel.models import Job

COUNTIES = Path(__file__).parent / "static/ui/geo/counties.geojson"
YEAR = 365 * 24 * 3600


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
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """The bar of one's own long work; once it is over the reader is taken to `next`."""
    work = _own_job(request, pk)
    if not request.headers.get("HX-Request"):
        return redirect(_next(request))
    answer = render(request, "ui/parts/progress.html", {"job": work, "next": _next(request)})
    if work.over:
        answer["HX-Redirect"] = _next(request)
    return answer


@require_POST
def stop_job(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask one's own long work to stop."""
    work = _own_job(request, pk)
    jobs.ask_stop(work)
    work.refresh_from_db()
    if not request.headers.get("HX-Request"):
        return redirect(_next(request))
    return render(request, "ui/parts/progress.html", {"job": work, "next": _next(request)})


@require_GET
@cache_control(max_age=3600, private=True)
def region_map(request: HttpRequest) -> FileResponse:
    """The base map that charts draw on: the file of the setting MAP_FILE, or the one that comes with the product."""
    file = Path(getattr(settings, "MAP_FILE", "") or COUNTIES)
    return FileResponse(file.open("rb"), content_type="application/geo+json")


def _own_job(request: HttpRequest, pk: int) -> Job:
    return get_object_or_404(Job, pk=pk, by_id=request.user.pk)


def _next(request: HttpRequest) -> str:
    """Where to go afterwards: only ever a page of this site."""
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else "/"


def _remember(request: HttpRequest, code: str) -> None:
    """An account knows its language, so that files and notices made for it are in that language too."""
    account = request.user
    if account.is_authenticated and hasattr(account, "language"):
        type(account)._default_manager.filter(pk=account.pk).update(language=code)
