"""The frame of every page of a programme: the route line and the four verbs.

An app announces its pages in `AppConfig.ready`:
`frame.register(Page("prepare", "returns", _("Returns"), "intake:returns", may_organise, order=30))`.
Its views pass `frame(request, programme, here="returns")` to a template that extends `programmes/page.html`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ortoo.people.models import Account
from ortoo.programmes.models import Leg, Programme
from ortoo.programmes.queries import legs_of

VERBS: tuple[tuple[str, Promise], ...] = (
    ("prepare", _("Prepare")),
    ("plan", _("Plan")),
    ("run", _("Run")),
    ("outcomes", _("Outcomes")),
)


@dataclass(frozen=True)
class Page:
    """A page of a programme: under which verb, its key, its name, the view (reversed with `key`), who may open it."""

    verb: str
    key: str
    label: str | Promise
    url: str
    may: Callable[[Account, Programme], bool]
    order: int = 50


@dataclass(frozen=True)
class Link:
    """A page as one account sees it on one programme."""

    key: str
    label: str | Promise
    href: str
    here: bool


@dataclass(frozen=True)
class Verb:
    """One of the four verbs with the pages that the account may open."""

    key: str
    label: str | Promise
    pages: list[Link]

    @property
    def here(self) -> bool:
        """Whether the page that is open belongs to this verb."""
        return any(page.here for page in self.pages)

    @property
    def href(self) -> str:
        """Where a click on the verb leads: its first page; empty when it has none."""
        return self.pages[0].href if self.pages else ""


@dataclass(frozen=True)
class Station:
    """A leg on the route line; `state` is `done`, `running` or `next`."""

    leg: Leg
    state: str
    href: str


_pages: dict[str, Page] = {}


def register(page: Page) -> None:
    """Announce a page; the same key again replaces it."""
    if page.verb not in dict(VERBS):
        raise LookupError(f"{page.verb!r} is none of the four verbs")
    _pages[page.key] = page


def frame(request: HttpRequest, programme: Programme, here: str = "") -> dict[str, Any]:
    """What `programmes/page.html` shows, as context.

    programme · here (the page's key) · stations: list[Station] · verbs: list[Verb] · legs: list[Leg], in order.
    """
    legs = legs_of(programme)
    return {
        "programme": programme,
        "here": here,
        "legs": legs,
        "stations": [_station(programme, leg) for leg in legs],
        "verbs": _verbs(request.user, programme, here),  # type: ignore[arg-type]
    }


def _station(programme: Programme, leg: Leg) -> Station:
    home = reverse("programmes:programme", args=[programme.key])
    return Station(leg, leg.state, f"{home}#leg-{leg.ordinal}")


def _verbs(account: Account, programme: Programme, here: str) -> list[Verb]:
    open_pages = sorted(_pages.values(), key=lambda page: page.order)
    links = [(page.verb, link) for page in open_pages if (link := _link(page, account, programme, here))]
    return [Verb(key, label, [link for verb, link in links if verb == key]) for key, label in VERBS]


def _link(page: Page, account: Account, programme: Programme, here: str) -> Link | None:
    if not page.may(account, programme):
        return None
    try:
        href = reverse(page.url, args=[programme.key])
    except NoReverseMatch:  # the app is announced before its address exists; never in a finished product
        return None
    return Link(page.key, page.label, href, page.key == here)
