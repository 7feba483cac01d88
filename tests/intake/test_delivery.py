"""From dropped files to people: the twelve returns through the real verbs."""

from typing import Any

import pytest
from tests.intake.conftest import RETURNS, World, apply, person, receive, receive_all, sheet, truth, upload, work

from ortoo.intake.domain import delivery as verbs
from ortoo.intake.models import AppliedChange, Delivery, Problem, ReturnedPerson
from ortoo.kernel.models import Job
from ortoo.participation.models import Nomination
from ortoo.people.models import Person
from ortoo.programmes.domain.programme import WrongState, close_programme

COMPARED = ("name", "sex", "post", "phone", "language")
NO_DIET_COLUMN = ("赤峰市", "巴彦淖尔市", "阿拉善盟")


def snapshot() -> list[Any]:
    """Every person, nomination and note of who returned whom, as they lie in the tables."""
    return [list(model.objects.order_by("pk").values()) for model in (Person, Nomination, ReturnedPerson)]


def test_twelve_returns_become_the_people_of_the_truth(world: World) -> None:
    delivery = apply(receive_all(world), world.organiser)
    assert delivery.state == Delivery.State.APPLIED
    found = {n.person.staff_no: n for n in world.programme.nominations.select_related("person__unit")}
    expected = {row["staff_no"]: row for row in truth()["people"]}
    assert found.keys() == expected.keys()
    wrong = []
    for number, row in expected.items():
        nomination, who = found[number], found[number].person
        said = {name: getattr(who, name) for name in COMPARED} | {
            "unit": who.unit.code, "blocked": nomination.blocked, "prefers": nomination.wish, "needs": nomination.needs,
            "attended": nomination.attended,
        }  # fmt: skip
        if row["prefecture"] not in NO_DIET_COLUMN:
            said["diet"] = who.diet
        wrong += [(number, name, value, row[name]) for name, value in said.items() if value != row[name]]
    assert wrong == []


def test_problems_are_exactly_those_of_the_truth(world: World) -> None:
    delivery = receive_all(world)
    found = delivery.problems.exclude(severity=Problem.Severity.NOTE).select_related("file")
    expected = {(row["file"], row["kind"], row["row"]) for row in truth()["problems"]}
    assert {(problem.file.name, problem.kind, problem.row) for problem in found} == expected
    assert delivery.counts["open"] == delivery.counts["held"] == 15


def test_preview_writes_nothing(world: World) -> None:
    delivery = receive_all(world)
    assert delivery.state == Delivery.State.READY
    assert delivery.counts["new"] == 1101
    assert (Person.objects.count(), Nomination.objects.count()) == (0, 0)


def test_same_files_again_change_nothing(world: World) -> None:
    apply(receive_all(world), world.organiser)
    before = snapshot()
    again = receive_all(world)
    assert (again.counts["new"], again.counts["changed"], again.counts["same"]) == (0, 0, 1101)
    assert all(file.known_from for file in again.files.all())
    with pytest.raises(verbs.NothingToApply):
        verbs.apply(again, by=world.organiser)
    assert snapshot() == before


def test_corrected_file_changes_only_what_was_corrected(world: World) -> None:
    apply(receive(world, sheet([person("001008"), person("001012", "袁新慧", station="大泉站")])), world.organiser)
    delivery = receive(world, sheet([person("001008", phone="13900001111"), person("001012", "袁新慧", station="大泉站")]))
    assert (delivery.counts["changed"], delivery.counts["same"]) == (1, 1)
    assert delivery.rows.get(state="changed").changes == {"phone": ["15651024219", "13900001111"]}
    apply(delivery, world.organiser)
    assert Person.objects.get(staff_no="001008").phone == "13900001111"
    assert list(delivery.journal.values_list("noun", "key", "before", "after")) == [
        ("person", "001008", {"phone": "15651024219"}, {"phone": "13900001111"})
    ]


def test_column_that_is_missing_erases_nothing(world: World) -> None:
    apply(receive(world, sheet([person("001008", diet="清真", wish="第二期")])), world.organiser)
    heads = ["姓名", "性别", "工号", "旗县区", "工作单位(站)"]
    delivery = receive(world, sheet([["白云", "女", "001008", "新城区", "乌滩站"]], heads=heads))
    assert delivery.counts["same"] == 1


def test_undo_leaves_the_tables_as_they_were(world: World) -> None:
    apply(receive(world, sheet([person("001008", phone="13911112222"), person("009999", "云白")])), world.organiser)
    before = snapshot()
    delivery = apply(receive_all(world), world.organiser)
    assert snapshot() != before
    verbs.undo(delivery, by=world.organiser)
    work()
    delivery.refresh_from_db()
    assert delivery.state == Delivery.State.UNDONE
    assert snapshot() == before


def test_undo_keeps_what_was_changed_since(world: World) -> None:
    delivery = apply(receive(world, sheet([person("001008"), person("001012", "袁新慧", station="大泉站")])), world.organiser)
    Person.objects.filter(staff_no="001008").update(phone="13700000000")
    with pytest.raises(verbs.ChangedSince) as refusal:
        verbs.undo(delivery, by=world.organiser)
    kept = refusal.value.undoing.kept
    assert [(each.staff_no, each.field, each.now) for each in kept] == [("001008", "phone", "13700000000")]
    verbs.undo(delivery, by=world.organiser, rest=True)
    work()
    assert list(Person.objects.values_list("staff_no", flat=True)) == ["001008"]
    assert Nomination.objects.count() == 0


def test_undo_leaves_people_whom_others_name(world: World) -> None:
    delivery = apply(receive(world, sheet([person("001008")])), world.organiser)
    world.clerk.person = Person.objects.get(staff_no="001008")
    world.clerk.save()
    with pytest.raises(verbs.ChangedSince):
        verbs.undo(delivery, by=world.organiser)
    verbs.undo(delivery, by=world.organiser, rest=True)
    work()
    assert Person.objects.filter(staff_no="001008").exists()


def test_apply_is_refused_when_something_changed_since_the_preview(world: World) -> None:
    delivery = receive(world, sheet([person("001008")]))
    apply(receive(world, sheet([person("001008", phone="13700000000")], name="again.xlsx")), world.organiser)
    apply(delivery, world.organiser)
    assert delivery.state == Delivery.State.READY
    assert delivery.word
    assert delivery.rows.get().changes == {"phone": ["13700000000", "15651024219"]}
    assert Person.objects.get().phone == "13700000000"


def test_missing_people_are_named_and_stay(world: World) -> None:
    apply(receive(world, sheet([person("001008"), person("001012", "袁新慧", station="大泉站")])), world.organiser)
    delivery = receive(world, sheet([person("001008", wish="第二期")]))
    gone = delivery.problems.get(kind="not_returned")
    assert (gone.staff_no, gone.severity) == ("001012", "note")
    apply(delivery, world.organiser)
    assert world.programme.nominations.count() == 2


def test_same_person_from_another_units_later_delivery_is_offered(world: World) -> None:
    apply(receive(world, sheet([person("001008")])), world.organiser)
    red = person("001008", county="红山区", station="北街站", phone="13900002222")
    fill = [person(f"0078{n:02}", f"云{chr(0x4E00 + n)}", county="红山区", station="北街站") for n in range(10)]
    delivery = receive(world, sheet([red, *fill], name="赤峰市.xlsx"))
    problem = delivery.problems.get(kind="same_person_two_files")
    assert (problem.row, problem.choices) == (2, ["keep_first", "take_later"])
    apply(delivery, world.organiser)
    assert Person.objects.get(staff_no="001008").phone == "15651024219"


def test_returns_need_an_open_programme(world: World) -> None:
    close_programme(world.programme, by=world.organiser)
    with pytest.raises(WrongState):
        receive(world, upload(RETURNS[0]))


def test_files_of_one_name_and_of_one_content_are_told_apart(world: World) -> None:
    one, two = sheet([person("001008")], "a.xlsx"), sheet([person("001012", station="大泉站")], "a.xlsx")
    delivery = receive(world, one, two, sheet([person("001008")], "b.xlsx"))
    assert delivery.counts["new"] == 2
    assert len({file.name for file in delivery.files.all()}) == 3


def test_reading_twice_gives_the_same(world: World) -> None:
    delivery = receive_all(world)
    before = list(delivery.problems.values_list("pk", "place"))
    verbs.start_reading(delivery, by=world.organiser)
    work()
    assert list(delivery.problems.values_list("pk", "place")) == before
    assert delivery.rows.count() == delivery.counts["rows"]


def test_apply_again_after_a_crash_changes_nothing(world: World) -> None:
    delivery = apply(receive(world, sheet([person("001008")])), world.organiser)
    Job.objects.filter(pk=delivery.job_id).update(state=Job.State.WAITING)
    work()
    assert Person.objects.count() == 1
    assert AppliedChange.objects.count() == 3
