"""What happens to viewing sites."""

import dataclasses
from datetime import timedelta

import pytest
from tests.live.stage import Tour, draft

from ortoo.kernel import clock
from ortoo.kernel.actor import SYSTEM
from ortoo.kernel.models import AuditEntry
from ortoo.live.domain import door
from ortoo.live.domain import site as verbs
from ortoo.live.domain.head_count import CountDraft, count_heads
from ortoo.live.domain.site import SameStop, SiteHasFigures, SiteTwice, UnitOutside
from ortoo.live.models import ViewingSite
from ortoo.live.queries import pulse, sites_visible_to, units_for_sites
from ortoo.people.domain.unit import UnitDraft, record_units
from ortoo.people.models import Unit
from ortoo.programmes.models import Leg


def test_register_refuses_the_same_name_in_the_same_unit(tour: Tour) -> None:
    with pytest.raises(SiteTwice):
        verbs.register_site(tour.leg, draft(tour.stage), by=SYSTEM)
    verbs.register_site(tour.leg, draft(tour.stage, name="二楼"), by=SYSTEM)
    assert ViewingSite.objects.count() == 3


def test_register_refuses_a_unit_of_another_region(tour: Tour) -> None:
    record_units([UnitDraft("16", "别的区", "region")], by=SYSTEM)
    wrong = dataclasses.replace(draft(tour.stage), unit=Unit.objects.get(code="16"))
    with pytest.raises(UnitOutside):
        verbs.register_site(tour.leg, wrong, by=SYSTEM)


def test_change_writes_only_what_differs_and_keeps_the_telephone_out_of_the_record(tour: Tour) -> None:
    assert not verbs.change_site(tour.site, verbs.draft_of(tour.site), by=SYSTEM)
    changed = dataclasses.replace(verbs.draft_of(tour.site), expected=50, contact="0471-0000009")
    assert verbs.change_site(tour.site, changed, by=SYSTEM)
    entry = AuditEntry.objects.filter(verb="change_site").get()
    assert (entry.before["expected"], entry.after["expected"]) == (100, 50)
    assert not AuditEntry.objects.filter(noun="viewingsite", after__icontains="0471-0000").exists()


def test_remove_is_refused_once_heads_are_counted(tour: Tour) -> None:
    count_heads(tour.site, CountDraft("a" * 8, "during", 3), by=SYSTEM)
    with pytest.raises(SiteHasFigures):
        verbs.remove_site(tour.site, by=SYSTEM)
    verbs.remove_site(tour.other, by=SYSTEM)
    assert list(ViewingSite.objects.all()) == [tour.site]


def test_carry_writes_each_site_down_once_with_a_link_of_its_own(tour: Tour) -> None:
    target = Leg.objects.select_related("programme__unit").get(programme=tour.programme, ordinal=3)
    both = [tour.site, tour.other]
    assert len(verbs.carry_sites(tour.leg, target, both, by=SYSTEM)) == 2
    assert verbs.carry_sites(tour.leg, target, both, by=SYSTEM) == []
    carried = target.viewing_sites.get(name=tour.site.name)
    assert (carried.person_in_charge, carried.screens) == ("张三", 2)
    assert door.code_of(carried) != door.code_of(tour.site)
    with pytest.raises(SameStop):
        verbs.carry_sites(target, target, both, by=SYSTEM)


def test_renewed_link_opens_and_the_old_one_no_more(tour: Tour) -> None:
    old = door.code_of(tour.site)
    assert door.find(tour.site.key, old) == tour.site
    verbs.renew_link(tour.site, by=SYSTEM)
    assert door.find(tour.site.key, old) is None
    assert door.find(tour.site.key, door.code_of(tour.site)) == tour.site


def test_link_of_one_site_opens_no_other(tour: Tour) -> None:
    assert door.find(tour.other.key, door.code_of(tour.site)) is None


def test_door_closes_two_weeks_after_the_stop(tour: Tour) -> None:
    door.demand_open(tour.site)
    with clock.held_at(clock.now() + timedelta(days=60)), pytest.raises(door.DoorClosed):
        door.demand_open(tour.site)


def test_say_screen_is_recorded_once_and_the_note_ends_with_the_trouble(tour: Tour) -> None:
    assert verbs.say_screen(tour.site, "trouble", "没有声音", by=SYSTEM)
    assert not verbs.say_screen(tour.site, "trouble", "没有声音", by=SYSTEM)
    assert verbs.say_screen(tour.site, "on", "没有声音", by=SYSTEM)
    assert (tour.site.screen, tour.site.screen_note) == ("on", "")
    assert AuditEntry.objects.filter(verb="say_screen").count() == 2


def test_a_site_that_is_on_falls_silent_after_two_minutes(tour: Tour) -> None:
    verbs.say_screen(tour.site, "on", by=SYSTEM)
    heard = tour.site.last_heard
    assert heard is not None
    assert pulse(tour.site, heard + timedelta(seconds=119)) == "on"
    assert pulse(tour.site, heard + timedelta(seconds=121)) == "silent"
    verbs.say_screen(tour.site, "over", by=SYSTEM)
    assert pulse(tour.site, heard + timedelta(hours=1)) == "over"


def test_hear_writes_at_most_every_twenty_seconds(tour: Tour, django_assert_num_queries: object) -> None:
    verbs.hear(tour.site)
    with django_assert_num_queries(0):  # type: ignore[operator]
        verbs.hear(tour.site)
    with clock.held_at(clock.now() + timedelta(seconds=21)), django_assert_num_queries(1):  # type: ignore[operator]
        verbs.hear(tour.site)


def test_clerks_see_their_own_sites_and_organisers_all(tour: Tour) -> None:
    stage = tour.stage
    assert list(sites_visible_to(stage.clerk)) == [tour.site]
    assert list(sites_visible_to(stage.other_clerk)) == [tour.other]
    assert sites_visible_to(stage.organiser).count() == 2
    assert sites_visible_to(stage.host).count() == 2
    assert not sites_visible_to(stage.participant).exists()
    assert set(units_for_sites(stage.clerk, tour.programme).values_list("code", flat=True)) == {
        "1501",
        "150101",
        "150101001",
        "150101002",
    }
    assert units_for_sites(stage.organiser, tour.programme).count() == 8
