"""What a speaker reads, on their own page or by a guest's link: messages, and reflections on the stops where they spoke."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from ortoo.outcomes.models import Reflection, SpeakerMessage

PAGE = 50


def received(request: HttpRequest, messages: QuerySet[SpeakerMessage], reflections: QuerySet[Reflection]) -> dict[str, Any]:
    """A page of one kind (`?what=reflections`), and how many there are of each; three queries."""
    what = "reflections" if request.GET.get("what") == "reflections" else "messages"
    counts = {"messages": messages.count(), "reflections": reflections.count()}
    found: QuerySet[Any] = reflections if what == "reflections" else messages
    words = {"messages": _("Messages"), "reflections": _("Reflections")}
    return {
        "what": what,
        "kinds": [(kind, words[kind], count) for kind, count in counts.items()],
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
    }
