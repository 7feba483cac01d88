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

from ortoo.people.models import Account
from ortoo.programmes.models import Leg, Programme
from ortoo.programmes.queries import legs_of
from ortoo.ui import dates, navigation, route


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
class Figure:
    """A number on the programme's own page that opens to the rows it counts."""

    label: str | Promise
    number: int
    href: str
    note: str = ""
    order: int = 50


Figures = Callable[[Account, Programme], Sequence[Figure]]
_pages: dict[str, Page] = {}
_figures: list[Figures] = []


def register(page: Page) -> None:
    """Announce a page; the same key again replaces it. ValueError when the verb is none of the four."""

    def shown(request: HttpRequest, programme: Programme) -> bool:
        return page.may(request.user, programme)  # type: ignore[arg-type]

    navigation.register_page(navigation.Page(page.key, page.verb, page.label, page.url, page.order, shown))
    _pages[page.key] = page


def register_figures(provider: Figures) -> None:
    """Announce numbers for the programme's own page: `provider(account, programme)`, at most two queries."""
    if provider not in _figures:
        _figures.append(provider)


def frame(request: HttpRequest, programme: Programme, here: str = "") -> dict[str, Any]:
    """What `programmes/page.html` shows, as context.

    programme · here and page_key (the page's key) · verb (of that page) · legs: list[Leg], in order.
    """
    verb = _pages[here].verb if here in _pages else ""
    return {"programme": programme, "here": here, "page_key": here, "verb": verb, "legs": legs_of(programme)}


def figures(account: Account, programme: Programme) -> list[Figure]:
    """The numbers that this account sees of the programme, in order."""
    found = [figure for provider in _figures for figure in provider(account, programme)]
    return sorted(found, key=lambda figure: figure.order)


def stations(request: HttpRequest, programme: Programme) -> list[route.Station]:
    """The programme's legs as stations of its route line."""
    return [_station(programme, leg) for leg in legs_of(programme)]


def _station(programme: Programme, leg: Leg) -> route.Station:
    href = f"{reverse('programmes:programme', args=[programme.key])}#leg-{leg.ordinal}"
    return route.Station(leg.name, dates.span(leg.starts, leg.ends), href, leg.state)
