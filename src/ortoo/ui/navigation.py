"""What the frame links to. Apps say it in their `AppConfig.ready`; the frame asks here.

navigation.register(Item("programmes", _("Programmes"), "programmes:list", icon="route", order=20))
navigation.register_page(Page("intake", PREPARE, _("Returns"), "intake:returns", order=20))
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PREPARE, PLAN, RUN, OUTCOMES = "prepare", "plan", "run", "outcomes"
VERBS: dict[str, str | Promise] = {PREPARE: _("Prepare"), PLAN: _("Plan"), RUN: _("Run"), OUTCOMES: _("Outcomes")}


def _signed_in(request: HttpRequest) -> bool:
    return request.user.is_authenticated


def _everybody(request: HttpRequest, programme: Any) -> bool:
    return True


@dataclass(frozen=True)
class Item:
    """A link of the main navigation; `shown` decides per request and must cost no query of its own."""

    key: str
    label: str | Promise
    url_name: str
    icon: str = "circle"
    order: int = 50
    shown: Callable[[HttpRequest], bool] = _signed_in


@dataclass(frozen=True)
class Page:
    """A page of every programme, under one of the four verbs; its address takes the programme's `key`."""

    key: str
    verb: str
    label: str | Promise
    url_name: str
    order: int = 50
    shown: Callable[[HttpRequest, Any], bool] = _everybody


@dataclass(frozen=True)
class Link:
    """A link ready to be drawn."""

    key: str
    label: str
    href: str
    icon: str = ""
    current: bool = False


@dataclass(frozen=True)
class VerbLink:
    """One of the four verbs: where it leads (empty when there is nothing yet) and the pages under it."""

    verb: str
    label: str
    href: str
    current: bool
    pages: list[Link] = field(default_factory=list)


_items: dict[str, Item] = {}
_pages: dict[str, Page] = {}


def register(item: Item) -> None:
    """Put a link into the main navigation; the same key again replaces it."""
    _items[item.key] = item


def register_page(page: Page) -> None:
    """Put a page under a verb of every programme; the same key again replaces it."""
    if page.verb not in VERBS:
        raise ValueError(f"{page.verb!r} is none of the four verbs {', '.join(VERBS)}")
    _pages[page.key] = page


def items(request: HttpRequest) -> list[Link]:
    """The main navigation for this request, in order; the link under which the reader stands is current."""
    links = [
        Link(item.key, str(item.label), reverse(item.url_name), item.icon)
        for item in sorted(_items.values(), key=lambda item: item.order)
        if item.shown(request)
    ]
    here = max((link.href for link in links if _below(request.path, link.href)), key=len, default="")
    return [Link(link.key, link.label, link.href, link.icon, link.href == here) for link in links]


def _below(path: str, href: str) -> bool:
    return path == href or (href != "/" and path.startswith(href))


def verbs(request: HttpRequest, programme: Any, verb: str, page: str) -> list[VerbLink]:
    """The four verbs of a programme with the pages under each that this request may see."""
    shown = [each for each in sorted(_pages.values(), key=lambda each: each.order) if each.shown(request, programme)]
    row = []
    for key, label in VERBS.items():
        links = [
            Link(each.key, str(each.label), reverse(each.url_name, args=[programme.key]), "", each.key == page)
            for each in shown
            if each.verb == key
        ]
        row.append(VerbLink(key, str(label), links[0].href if links else "", key == verb, links))
    return row
