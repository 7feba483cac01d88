"""Pages of programmes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from ortoo.programmes.frame import frame
from ortoo.programmes.queries import visible_to


def programme(request: HttpRequest, key: str) -> HttpResponse:
    """Where the programme stands in one glance."""
    thing = get_object_or_404(visible_to(request.user), key=key)  # type: ignore[arg-type]
    return render(request, "programmes/programme.html", frame(request, thing, here="programme"))
