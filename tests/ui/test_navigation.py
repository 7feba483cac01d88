"""Main navigation and the four verbs."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from ortoo.ui import navigation, route
from ortoo.ui.navigation import Item, Page

PROGRAMME = SimpleNamespace(key="abc", title="Spring")


@pytest.fixture(autouse=True)
def _own_registry(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(navigation, "_items", {})
    monkeypatch.setattr(navigation, "_pages", {})
    monkeypatch.setattr(route, "_stations_of", [])
    yield


def request(path: str = "/", signed_in: bool = True) -> HttpRequest:
    asked = RequestFactory().get(path)
    asked.user = SimpleNamespace(is_authenticated=signed_in)  # type: ignore[assignment]
    return asked


def test_items_come_in_order_and_mark_where_one_stands() -> None:
    navigation.register(Item("b", "Map", "ui:map", order=20))
    navigation.register(Item("a", "Language", "ui:language", order=10))
    assert [(link.key, link.current) for link in navigation.items(request("/language/x"))] == [("a", True), ("b", False)]


def test_items_hide_what_is_not_shown() -> None:
    navigation.register(Item("a", "Language", "ui:language"))
    assert navigation.items(request(signed_in=False)) == []


def test_verbs_lead_to_their_first_page() -> None:
    navigation.register_page(Page("later", navigation.PLAN, "Later", "programmes:programme", order=30))
    navigation.register_page(Page("board", navigation.PLAN, "Board", "programmes:programme", order=10))
    navigation.register_page(Page("mine", navigation.RUN, "Mine", "programmes:programme", shown=lambda request, programme: False))
    row = {each.verb: each for each in navigation.verbs(request(), PROGRAMME, "plan", "board")}
    assert list(row) == ["prepare", "plan", "run", "outcomes"]
    assert [link.key for link in row["plan"].pages] == ["board", "later"]
    assert row["plan"].current and row["plan"].pages[0].current and row["plan"].href == "/p/abc/"
    assert row["run"].href == ""


def test_page_refuses_an_unknown_verb() -> None:
    with pytest.raises(ValueError, match="four verbs"):
        navigation.register_page(Page("x", "dream", "x", "programmes:programme"))


def test_stations_are_none_until_somebody_says_how() -> None:
    assert route.stations(request(), PROGRAMME) == []
    route.register(lambda request, programme: [route.Station(programme.title)])
    assert route.stations(request(), PROGRAMME)[0].name == "Spring"


@pytest.mark.parametrize(
    ("sub", "pieces"),
    [("6月1日(周四)—9日(周五)", ["6月1日(周四)—", "9日(周五)"]), ("Mon 1 – Fri 9 June", ["Mon 1 – ", "Fri 9 June"]), ("", [])],
)
def test_station_breaks_after_the_dash_only(sub: str, pieces: list[str]) -> None:
    assert route.Station("x", sub).pieces == pieces
