"""Who watches the demo's tour along: viewing sites with their tests and counts, and the ledger of the stops that are over."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from ortoo.demo.calendar import morning
from ortoo.demo.said import said
from ortoo.kernel import clock
from ortoo.kernel.actor import Actor
from ortoo.live.domain.door import AtTheDoor, code_of
from ortoo.live.domain.head_count import CountDraft, count_heads
from ortoo.live.domain.line_test import Measured, keep_test
from ortoo.live.domain.reach import ReachDraft, enter
from ortoo.live.domain.site import SiteDraft, hear, register_site, say_screen
from ortoo.live.models import ViewingSite
from ortoo.people.models import Unit
from ortoo.programmes.models import Leg

#: How full a site was before, during and after, as a share of what was expected.
FULL = {"before": 0.82, "during": 0.97, "after": 0.88}


def watch_along(leg: Leg, *, by: Actor) -> None:
    """The sites of a stop: over and counted where it is done; today one in trouble and one still to come; next registered only."""
    begun = morning(leg.starts) - timedelta(days=12)
    with clock.held_at(min(begun, clock.now())):
        sites = [register_site(leg, draft, by=by) for draft in _drafts(leg)]
    if leg.state == "done":
        for site in sites:
            _held(site)
        _enter_figures(leg, by)
    if leg.state == "running":
        for place, site in enumerate(sites):
            _held_now(site, place)


def beats() -> list[str]:
    """The paths at which today's sites that are on say that they are there."""
    on = ViewingSite.objects.filter(screen=ViewingSite.Screen.ON, leg__starts__lte=clock.today(), leg__ends__gte=clock.today())
    return [f"/site/{site.key}/{code_of(site)}/beat/" for site in on[:20]]


def _drafts(leg: Leg) -> Iterator[SiteDraft]:
    """Service halls and stations of the counties around, the stop's own first."""
    assert leg.base is not None
    around = Unit.objects.filter(parent=leg.base.parent, kind=leg.base.kind).exclude(pk=leg.base.pk).order_by("code")
    for unit, told in zip([leg.base, *around], said()["site"], strict=False):
        about: dict[str, Any] = {name: told[name] for name in ("name", "place", "screens", "expected", "audience")}
        yield SiteDraft(unit=unit, person_in_charge="值守员(演示)", contact="0470-0000000", **about)


def _held(site: ViewingSite) -> None:
    """Tested the day before, on screen, counted three times, over."""
    day = morning(site.leg.starts)
    with clock.held_at(day - timedelta(hours=18)):
        _test(site, 3200 + 700 * (site.pk % 4))
    for hours, moment in enumerate(FULL):
        with clock.held_at(day + timedelta(hours=hours)):
            _count(site, moment)
    with clock.held_at(day + timedelta(hours=3)):
        say_screen(site, "over", by=AtTheDoor(site))


def _held_now(site: ViewingSite, place: int) -> None:
    """Of today's: the second has no sound, the third has not reported yet, the others are on."""
    if place == 2:
        return
    with clock.held_at(clock.now() - timedelta(hours=3)):
        _test(site, 1400 if place == 1 else 4100)
    with clock.held_at(clock.now() - timedelta(minutes=25)):
        _count(site, "before")
    say_screen(site, "trouble" if place == 1 else "on", said()["trouble"]["note"], by=AtTheDoor(site))
    if place != 1:
        _count(site, "during")
    hear(site)


def _test(site: ViewingSite, kbit_s: int) -> None:
    keep_test(site, "demo-line-test", Measured(60, 0, 12, kbit_s), by=AtTheDoor(site))


def _count(site: ViewingSite, moment: str) -> None:
    heads = round(site.expected * FULL[moment]) - site.pk % 5
    count_heads(site, CountDraft(f"demo-{moment}", moment, heads), by=AtTheDoor(site))


def _enter_figures(leg: Leg, by: Actor) -> None:
    """What did not come from sites: the doors, single viewers, and a square where nobody counted."""
    with clock.held_at(morning(leg.starts) + timedelta(hours=8)):
        for told in said()["figure"]:
            if told["stop"] == leg.name:
                enter(leg, ReachDraft(told["known"], told["number"], told["source"], told["audience"], _where(leg, told)), by=by)


def _where(leg: Leg, told: dict[str, Any]) -> Unit | None:
    return leg.base if told["known"] == "estimated" else None
