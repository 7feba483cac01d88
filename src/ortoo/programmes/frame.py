"""The frame of every page of a programme: the route line and the four verbs, drawn by `ui`.

An app announces its pages in `AppConfig.ready`:
`frame.register(Page("prepare", "returns", _("Returns"), "intake:returns", may_organise, order=30))`.
Its views pass `frame(request, programme, here="returns")` to a template that extends `programmes/page.html`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext

from ortoo.people.models import Account
from ortoo.programmes.models import Leg, Programme
from ortoo.programmes.queries import legs_of
from ortoo.ui import dates, navigation, route


@dataclass(frozen=True)
class Page:
    """A page of a programme: under which verb, its key, its name, the view (reversed with `key`), who may open it.

    `kind` is that of the programmes which have this page ("rotation", "tour"); empty: all.
    """

    verb: str
    key: str
    label: str | Promise
    url: str
    may: Callable[[Account, Programme], bool]
    order: int = 50
    kind: str = ""


@dataclass(frozen=True)
class Figure:
    """A number on the programme's own page that opens to the rows it counts."""

    label: str | Promise
    number: int
    href: str
    note: str = ""
    order: int = 50


Figures = Callable[[Account, Programme], Sequence[Figure]]
_pages: dict[str, Page] = {}
_figures: dict[Figures, str] = {}


def register(page: Page) -> None:
    """Announce a page; the same key again replaces it. ValueError when the verb is none of the four."""

    def shown(request: HttpRequest, programme: Programme) -> bool:
        return page.kind in ("", programme.kind) and page.may(request.user, programme)  # type: ignore[arg-type]

    navigation.register_page(navigation.Page(page.key, page.verb, page.label, page.url, page.order, shown))
    _pages[page.key] = page


def register_figures(provider: Figures, kind: str = "") -> None:
    """Announce numbers for the own page of programmes of this kind (empty: of all): `provider(account, programme)`.

    At most two queries.
    """
    _figures[provider] = kind


def frame(request: HttpRequest, programme: Programme, here: str = "") -> dict[str, Any]:
    """What `programmes/page.html` shows, as context.

    programme · here and page_key (the page's key) · verb (of that page) · legs: list[Leg], in order.
    """
    verb = _pages[here].verb if here in _pages else ""
    return {"programme": programme, "here": here, "page_key": here, "verb": verb, "legs": legs_of(programme)}


def figures(account: Account, programme: Programme) -> list[Figure]:
    """The numbers that this account sees of the programme, in order."""
    asked = [provider for provider, kind in _figures.items() if kind in ("", programme.kind)]
    found = [figure for provider in asked for figure in provider(account, programme)]
    return sorted(found, key=lambda figure: figure.order)


def stations(request: HttpRequest, programme: Programme) -> list[route.Station]:
    """The programme's legs as stations of its route line; the stop that this page is about is current."""
    here = getattr(request, "leg_here", None)
    return [_station(programme, leg, leg.pk == here) for leg in legs_of(programme)]


def at_leg(request: HttpRequest, leg: Leg) -> None:
    """Say that this request's page is about one leg, so that the route line shows where the reader stands."""
    request.leg_here = leg.pk  # type: ignore[attr-defined]


def _station(programme: Programme, leg: Leg, current: bool) -> route.Station:
    if programme.is_tour:
        href = reverse("programmes:stop", args=[programme.key, leg.pk])
    else:
        href = f"{reverse('programmes:programme', args=[programme.key])}#leg-{leg.ordinal}"
    when = dates.span(leg.starts, leg.ends) if leg.settled else gettext("no day yet")
    return route.Station(leg.name, when, href, leg.state, current)
