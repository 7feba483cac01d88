"""Turns a verb's refusal into an answer."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ortoo.kernel.refused import Refused


class RefusedMiddleware:
    """A `Refused` that no view caught becomes a page with its sentence and its status."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        return render(request, "ui/refused.html", {"sentence": str(exception)}, status=exception.status)
