"""The answer after too many wrong passwords."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def locked_out(request: HttpRequest, credentials: Any = None, *args: Any, **kwargs: Any) -> HttpResponse:
    """A page that says how long to wait and whom to ask."""
    return render(request, "people/locked_out.html", status=429)
