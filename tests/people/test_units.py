"""The tree of units on its pages, and units by hand."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.programmes.stage import Stage

from ortoo.kernel.actor import SYSTEM
from ortoo.kernel.models import AuditEntry
from ortoo.people.domain.account import give_role
from ortoo.people.domain.unit import CodeTaken, TooDeep, UnitDraft, add_unit, change_unit, record_units
from ortoo.people.models import Account, Role, Unit
from ortoo.people.queries import units_visible_to

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Account], Client]
NEW = {"do": "add", "new-code": "150102", "new-name": "甲西区", "new-kind": "county"}


def test_add_unit_refuses_a_taken_code_and_changes_nothing(stage: Stage) -> None:
    with pytest.raises(CodeTaken):
        add_unit(stage.units["1501"], UnitDraft("1502", "别名", "county", "1501"), by=SYSTEM)
    assert Unit.objects.get(code="1502").name == "乙盟"


def test_add_unit_refuses_what_is_too_deep(stage: Stage) -> None:
    unit = stage.units["150101001"]
    with pytest.raises(TooDeep):
        for number in range(20):
            unit = add_unit(unit, UnitDraft(f"{number:020}", "层", "office", unit.code), by=SYSTEM)
    assert len(unit.path) <= 200


def test_change_unit_tells_whether_anything_differed(stage: Stage) -> None:
    unit = stage.units["1501"]
    assert change_unit(unit, "甲新市", 111.7, 40.8, by=SYSTEM)
    assert not change_unit(unit, "甲新市", 111.7, 40.8, by=SYSTEM)
    assert AuditEntry.objects.get(verb="change_unit").before == {"name": "甲市", "lon": None, "lat": None}


def test_units_are_seen_below_ones_own(stage: Stage) -> None:
    assert units_visible_to(stage.administrator).count() == 8
    assert set(units_visible_to(stage.clerk).values_list("code", flat=True)) == {"1501", "150101", "150101001", "150101002"}
    assert not units_visible_to(stage.participant).exists()


def test_page_of_a_unit_counts_only_people_one_sees(stage: Stage, signed_in: SignedIn) -> None:
    assert signed_in(stage.clerk).get("/units/1501/").context["people"] == 2
    assert signed_in(stage.host).get("/units/150201/").context["people"] is None
    assert signed_in(stage.clerk).get("/units/1502/").status_code == 404
    assert signed_in(stage.clerk).get("/units/15/").status_code == 404


def test_page_names_higher_units_one_sees_only(stage: Stage, signed_in: SignedIn) -> None:
    above = signed_in(stage.clerk).get("/units/150101/").context["above"]
    assert [unit.code for unit in above] == ["1501"]


def test_organiser_adds_a_unit_by_hand(stage: Stage, signed_in: SignedIn) -> None:
    assert signed_in(stage.organiser).post("/units/1501/", NEW).status_code == 302
    assert Unit.objects.get(code="150102").path == "/15/1501/150102/"


def test_taken_code_is_told_at_its_field(stage: Stage, signed_in: SignedIn) -> None:
    answer = signed_in(stage.organiser).post("/units/1501/", NEW | {"new-code": "1502"})
    assert answer.status_code == 400
    assert list(answer.context["new"].errors) == ["code"]


def test_organiser_does_not_change_units_of_others(stage: Stage, signed_in: SignedIn) -> None:
    Role.objects.filter(account=stage.organiser).delete()
    give_role(stage.organiser, Role.Kind.ORGANISER, stage.units["1502"], by=SYSTEM)
    give_role(stage.organiser, Role.Kind.CLERK, stage.units["1501"], by=SYSTEM)
    client = signed_in(Account.objects.get(pk=stage.organiser.pk))
    assert client.post("/units/1501/", {"name": "不行"}).status_code == 403
    assert client.post("/units/1501/", NEW).status_code == 403


def test_tree_starts_at_the_readers_own_units_and_unfolds_level_by_level(stage: Stage, signed_in: SignedIn) -> None:
    tops = signed_in(stage.clerk).get("/units/").context["tops"]
    assert [(top.code, [unit.code for unit in top.branch]) for top in tops] == [("1501", ["150101"])]
    below = signed_in(stage.clerk).get("/units/150101/below/")
    assert [unit.code for unit in below.context["units"]] == ["150101001", "150101002"]
    assert b"<html" not in below.content


def test_list_takes_as_many_queries_for_many(
    stage: Stage, signed_in: SignedIn, django_assert_num_queries, django_assert_max_num_queries
) -> None:  # type: ignore[no-untyped-def]
    client = signed_in(stage.organiser)
    with django_assert_max_num_queries(10) as few:
        client.get("/units/")
    record_units([UnitDraft(f"9{number:05}", "站", "station", "150101") for number in range(1218)], by=SYSTEM)
    with django_assert_num_queries(len(few)):
        client.get("/units/")
    with django_assert_max_num_queries(8):
        client.get("/units/150101/below/")
    with django_assert_max_num_queries(15):
        answer = client.get("/units/150101/")
    assert len(answer.context["below"]) == 500
    assert answer.context["more_below"]
