"""What happens to the ledger of reach."""

import pytest
from tests.live.stage import Tour

from ortoo.kernel.actor import SYSTEM
from ortoo.live.domain import reach as verbs
from ortoo.live.domain import site as sites
from ortoo.live.domain.head_count import CountDraft, count_heads, let_count_stand, strike_count
from ortoo.live.domain.reach import (
    EntryStands,
    EntryTakenBack,
    NewerStands,
    OutsideProgramme,
    ReachDraft,
    SourceMissing,
    enter,
    feed,
)
from ortoo.live.ledger import total_of
from ortoo.live.models import ReachEntry
from ortoo.people.domain.unit import UnitDraft, record_units
from ortoo.people.models import Unit


def standing() -> list[tuple[str, int]]:
    return list(ReachEntry.objects.filter(taken_back=None).order_by("pk").values_list("provenance", "number"))


def test_a_figure_needs_a_source(tour: Tour) -> None:
    with pytest.raises(SourceMissing):
        enter(tour.leg, ReachDraft("estimated", 5, "  "), by=SYSTEM)
    record_units([UnitDraft("16", "别的区", "region")], by=SYSTEM)
    with pytest.raises(OutsideProgramme):
        enter(tour.leg, ReachDraft("estimated", 5, "广场", unit=Unit.objects.get(code="16")), by=SYSTEM)
    assert standing() == []


def test_taken_back_and_restored(tour: Tour) -> None:
    entry = enter(tour.leg, ReachDraft("scanned", 1180, "东门扫码"), by=SYSTEM)
    verbs.take_back(entry, "重复", by=SYSTEM)
    assert standing() == []
    with pytest.raises(EntryTakenBack):
        verbs.take_back(entry, "重复", by=SYSTEM)
    verbs.restore(entry, by=SYSTEM)
    assert standing() == [("scanned", 1180)]
    with pytest.raises(EntryStands):
        verbs.restore(entry, by=SYSTEM)


def test_fed_figure_replaces_the_one_before_and_keeps_it(tour: Tour) -> None:
    old = feed(tour.leg, "hub:1", ReachDraft("devices", 200, "峰值"), by=SYSTEM)
    new = feed(tour.leg, "hub:1", ReachDraft("devices", 310, "峰值"), by=SYSTEM)
    assert feed(tour.leg, "hub:1", ReachDraft("devices", 310, "峰值"), by=SYSTEM) == new
    assert standing() == [("devices", 310)]
    assert old is not None
    old.refresh_from_db()
    assert (old.number, old.replaced_by) == (200, new)
    with pytest.raises(NewerStands):
        verbs.restore(old, by=SYSTEM)


def test_a_sites_figure_follows_its_counts(tour: Tour) -> None:
    count_heads(tour.site, CountDraft("aaaaaaaa", "before", 40), by=SYSTEM)
    wrong = count_heads(tour.site, CountDraft("bbbbbbbb", "during", 950), by=SYSTEM)
    assert standing() == [("reported", 950)]
    strike_count(wrong, "手误", by=SYSTEM)
    assert standing() == [("reported", 40)]
    let_count_stand(wrong, by=SYSTEM)
    assert standing() == [("reported", 950)]
    for count in tour.site.head_counts.all():
        strike_count(count, "重来", by=SYSTEM)
    assert standing() == []


def test_a_sites_figure_follows_its_group(tour: Tour) -> None:
    count_heads(tour.site, CountDraft("aaaaaaaa", "during", 40), by=SYSTEM)
    draft = sites.draft_of(tour.site)
    sites.change_site(tour.site, sites.SiteDraft(**draft.__dict__ | {"audience": "cadet"}), by=SYSTEM)
    assert ReachEntry.objects.get(taken_back=None).audience == "cadet"


def test_no_number_for_unlike_things_without_its_sentence(tour: Tour) -> None:
    enter(tour.leg, ReachDraft("scanned", 1180, "东门扫码"), by=SYSTEM)
    alone = total_of(ReachEntry.objects.all())
    assert alone.together is not None
    assert alone.together.number == 1180
    enter(tour.leg, ReachDraft("devices", 300, "峰值"), by=SYSTEM)
    mixed = total_of(ReachEntry.objects.all())
    assert [(each.provenance, each.number) for each in mixed.addends] == [("scanned", 1180), ("devices", 300)]
    assert mixed.together is not None
    assert "1,180" in mixed.together.sentence
    assert "300" in mixed.together.sentence
    assert len(mixed.together.sentence) > len(alone.together.sentence)
