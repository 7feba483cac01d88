"""Decisions: each kind of problem, one row or many, taken back, wrong values."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.intake.conftest import World, apply, person, receive, sheet, work

from ortoo.intake.domain import delivery as verbs
from ortoo.intake.domain.decision import NotAChoice, NotDecidable, UnitNotFound, ValueNeeded, decide
from ortoo.intake.domain.reading import settle
from ortoo.intake.models import Delivery, Problem
from ortoo.kernel import jobs
from ortoo.people.models import Person

HERE = {"county": "新城区", "station": "乌滩站"}


def take(world: World, delivery: Delivery, kind: str, choice: str, value: str = "") -> Delivery:
    """Decide about all problems of a kind, as the page does."""
    decide(delivery, list(delivery.problems.filter(kind=kind)), choice, value, by=world.organiser)
    return settle(delivery, by=world.organiser)


@pytest.mark.parametrize(
    ("row", "kind", "choice", "value", "state", "said"),
    [
        (person("001008", name=""), "name_missing", "set_value", "白云", "new", {"name": "白云"}),
        (person("001008", name=""), "name_missing", "skip_row", "", "left", {}),
        (person(""), "staff_no_missing", "set_value", "001008", "new", {"name": "白云"}),
        (person("001008", station="无名站"), "unit_unknown", "set_unit", "150102001", "new", {}),
        (person("001008", station="无名站"), "unit_unknown", "skip_row", "", "left", {}),
        (person("001008", blocked="2月30日"), "date_impossible", "set_value", "5月2日", "new", {"blocked": [["2023-05-02"] * 2]}),
        (person("001008", blocked="2月30日"), "date_impossible", "ignore_value", "", "new", {"blocked": []}),
        (person("001008", blocked="2月30日"), "date_impossible", "skip_row", "", "left", {}),
        (person("001008", sex="不详"), "sex_unknown", "set_value", "女", "new", {"sex": "女"}),
        (person("001008", remark="长" * 500), "too_long", "shorten", "", "new", {"remark": "长" * 400}),
        (person("001008", remark="长" * 500), "too_long", "skip_row", "", "left", {}),
        (person("001008", wish="第九期"), "preference_unknown", "set_value", "第二期", "new", {"wish": 2}),
    ],
)
def test_decision_settles_the_row(
    world: World, row: list[Any], kind: str, choice: str, value: str, state: str, said: dict[str, Any]
) -> None:
    delivery = receive(world, sheet([row]))
    assert [problem.kind for problem in delivery.problems.exclude(severity="note")] == [kind]
    delivery = take(world, delivery, kind, choice, value)
    kept = delivery.rows.get()
    assert (kept.state, {name: kept.said.get(name) for name in said}) == (state, said)
    assert delivery.problems.get(kind=kind).choice == choice
    assert delivery.counts["open"] == 0


@pytest.mark.parametrize(("choice", "phone"), [("keep_first", "13911110000"), ("take_later", "13922220000")])
def test_row_that_stands_twice_is_decided(world: World, choice: str, phone: str) -> None:
    rows = [person("001008", phone="13911110000"), person("001008", phone="13922220000")]
    delivery = take(world, receive(world, sheet(rows)), "duplicate_in_file", choice)
    assert delivery.counts["held"] == 0
    apply(delivery, world.organiser)
    assert Person.objects.get().phone == phone


@pytest.mark.parametrize(("choice", "unit"), [("keep_first", "乌滩站"), ("take_later", "北街站")])
def test_person_of_an_earlier_delivery_is_decided(world: World, choice: str, unit: str) -> None:
    apply(receive(world, sheet([person("001008")])), world.organiser)
    rows = [person(f"0078{n:02}", county="红山区", station="北街站") for n in range(10)]
    delivery = receive(world, sheet([person("001008", county="红山区", station="北街站"), *rows], name="赤峰市.xlsx"))
    apply(take(world, delivery, "same_person_two_files", choice), world.organiser)
    assert Person.objects.get(staff_no="001008").unit.name == unit


def test_missing_person_is_withdrawn_only_when_decided_and_comes_back_by_undo(world: World) -> None:
    apply(receive(world, sheet([person("001008"), person("001012", station="大泉站", wish="第二期")])), world.organiser)
    delivery = take(world, receive(world, sheet([person("001008")])), "not_returned", "withdraw")
    assert delivery.counts["withdraw"] == 1
    apply(delivery, world.organiser)
    assert list(world.programme.nominations.values_list("person__staff_no", flat=True)) == ["001008"]
    verbs.undo(delivery, by=world.organiser)
    work()
    again = world.programme.nominations.get(person__staff_no="001012")
    assert (again.wish, again.source) == (2, "delivery:1")


def test_decision_for_many_rows_is_taken_back(world: World) -> None:
    rows = [person(f"0010{n:02}", blocked="2月30日") for n in range(5)]
    delivery = take(world, receive(world, sheet(rows)), "date_impossible", "ignore_value")
    assert delivery.counts["new"] == 5
    delivery = take(world, delivery, "date_impossible", "")
    assert (delivery.counts["new"], delivery.counts["held"], delivery.counts["open"]) == (0, 5, 5)


def test_value_that_cannot_be_read_leaves_the_question(world: World) -> None:
    delivery = receive(world, sheet([person("001008", blocked="2月30日")]))
    delivery = take(world, delivery, "date_impossible", "set_value", "2月31日")
    problem = delivery.problems.get(kind="date_impossible")
    assert (problem.choice, problem.value) == ("", "2月31日")
    assert delivery.counts["held"] == 1


def test_decision_holds_for_the_same_file_again(world: World) -> None:
    rows = [person("001008", phone="13911110000"), person("001008", phone="13922220000")]
    data = sheet(rows).read()
    first = receive(world, SimpleUploadedFile("呼和浩特市.xlsx", data))
    apply(take(world, first, "duplicate_in_file", "take_later"), world.organiser)
    again = receive(world, SimpleUploadedFile("again.xlsx", data))
    assert (again.counts["same"], again.counts["changed"], again.counts["open"]) == (1, 0, 0)


def test_wrong_decisions_are_refused(world: World) -> None:
    delivery = receive(world, sheet([person("001008", station="无名站")]))
    with pytest.raises(NotAChoice):
        take(world, delivery, "unit_unknown", "accept")
    with pytest.raises(ValueNeeded):
        take(world, delivery, "unit_unknown", "set_unit", " ")
    with pytest.raises(UnitNotFound):
        take(world, delivery, "unit_unknown", "set_unit", "没有这个站")
    problems = list(Problem.objects.all())
    apply(receive(world, sheet([person("001012", station="大泉站")], "b.xlsx")), world.organiser)
    Delivery.objects.filter(pk=delivery.pk).update(state=Delivery.State.APPLIED)
    with pytest.raises(NotDecidable):
        decide(delivery, problems, "skip_row", by=world.organiser)


def test_apply_that_is_stopped_while_it_waits_can_be_pressed_again(world: World) -> None:
    delivery = receive(world, sheet([person("001008")]))
    started = verbs.apply(delivery, by=world.organiser)
    assert started.job is not None
    jobs.ask_stop(started.job)
    delivery.refresh_from_db()
    assert delivery.state == Delivery.State.READY
    apply(delivery, world.organiser)
    assert Person.objects.count() == 1
