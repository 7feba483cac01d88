"""Nobody gets further than the sign-in page without an account, nor past a first password that has to be changed."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

WITHOUT_NEW_PASSWORD = ("people:sign-in", "people:sign-out", "people:password", "ui:language")


class SignedInMiddleware:
    """Sends anonymous visitors to the sign-in page; a view marked `open_to_all` lets them in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        args: tuple[object],
        kwargs: dict[str, object],
    ) -> HttpResponse | None:
        if getattr(view, "open_to_all", False):
            return None
        if not request.user.is_authenticated and request.headers.get("HX-Request"):
            return HttpResponse(status=401)  # A part of a page that is still open: page.js says so, and nothing typed there goes.
        if not request.user.is_authenticated:
            return redirect(f"{reverse(settings.LOGIN_URL)}?{_back_to(request)}".rstrip("?"))
        if request.user.must_change_password and request.resolver_match.view_name not in WITHOUT_NEW_PASSWORD:  # type: ignore[union-attr]
            return redirect("people:password")
        return None


def _back_to(request: HttpRequest) -> str:
    """Where to go after signing in: the page that was asked for, if it was only to be read."""
    return urlencode({"next": request.get_full_path()}) if request.method in ("GET", "HEAD") else ""
