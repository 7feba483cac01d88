"""Sheets that go out, come back changed, are applied and undone."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from tests.participation.quotas.tree import Tree, build_tree
from tests.programmes.stage import Stage

from ortoo.kernel import clock
from ortoo.kernel.actor import SYSTEM
from ortoo.participation.domain import quota_sheet as verbs
from ortoo.participation.domain.candidate import (
    FillingClosed,
    QuotaFull,
    approve,
    confirm,
    propose,
    send_back,
    withdraw_candidates,
)
from ortoo.participation.domain.nomination import NominationDraft, nominate
from ortoo.participation.domain.quota import ChangedMeanwhile, Share, pass_on, set_deadlines
from ortoo.participation.models import Nomination
from ortoo.participation.quotas.models import Candidate, Quota, QuotaSheet
from ortoo.participation.quotas.sheet import NotOurSheet, OtherSheet, read_sheet, write_sheet

PROPOSED = Candidate.State.PROPOSED


@pytest.fixture
def tree(stage: Stage) -> Tree:
    return build_tree(stage)


def filled(quota: Quota, kind: str, change: Callable[[dict[str, Any]], None]) -> bytes:
    """The sheet as it went out, with a change made in it: `change` gets {first cell of a line: cell of the last column}."""
    book = openpyxl.load_workbook(io.BytesIO(write_sheet(quota, kind)))
    sheet = book.worksheets[0]
    keys = next(row for row in sheet.iter_rows() if str(row[0].value).startswith("ortoo:"))
    last = len([cell for cell in keys if cell.value])
    lines = {str(sheet.cell(row, 1).value): sheet.cell(row, last) for row in range(keys[0].row + 2, sheet.max_row + 1)}
    change(lines)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def mark(yes: str = "", no: str = "") -> Callable[[dict[str, Any]], None]:
    def change(lines: dict[str, Any]) -> None:
        for number in yes.split():
            lines[number].value = "是"
        for number in no.split():
            lines[number].value = None

    return change


def receive(quota: Quota, data: bytes) -> QuotaSheet:
    return verbs.receive_sheet(quota, "回.xlsx", read_sheet(quota, data, "回.xlsx"), by=SYSTEM)


def put(tree: Tree) -> set[str]:
    return set(Candidate.objects.values_list("person__staff_no", flat=True))


def test_only_what_was_changed_in_the_sheet_is_applied_and_undone(tree: Tree) -> None:
    propose(tree.county, tree.people[:1], standing=PROPOSED, by=SYSTEM)
    data = filled(tree.county, "candidates", mark("00092", "00090"))
    propose(tree.county, tree.people[1:2], standing=PROPOSED, by=SYSTEM)  # after the sheet went out: it says nothing of her
    sheet = receive(tree.county, data)
    assert put(tree) == {"00090", "00091"}
    verbs.apply_sheet(sheet, standing=PROPOSED, by=SYSTEM)
    assert put(tree) == {"00091", "00092"}
    with pytest.raises(verbs.SheetSettled):
        verbs.apply_sheet(sheet, standing=PROPOSED, by=SYSTEM)
    verbs.undo_sheet(sheet, standing=PROPOSED, by=SYSTEM)
    assert put(tree) == {"00090", "00091"}
    tree.county.refresh_from_db()
    assert tree.county.filled == 2


def test_undo_brings_back_what_a_return_had_said(tree: Tree) -> None:
    nominate(tree.stage.programme, [NominationDraft(tree.people[0], wish=3, needs=["写作"])], by=SYSTEM)
    propose(tree.county, tree.people[:1], standing=Candidate.State.CONFIRMED, by=SYSTEM)
    sheet = receive(tree.county, filled(tree.county, "candidates", mark(no="00090")))
    verbs.apply_sheet(sheet, standing=PROPOSED, by=SYSTEM)
    assert not Nomination.objects.exists()
    verbs.undo_sheet(sheet, standing=PROPOSED, by=SYSTEM)
    found = list(Candidate.objects.all())
    approve(found, by=SYSTEM)
    confirm(found, by=SYSTEM)
    nomination = Nomination.objects.get()
    assert (nomination.wish, nomination.needs) == (3, ["写作"])


def test_sheet_as_it_went_out_says_nothing(tree: Tree) -> None:
    propose(tree.county, tree.people[:2], standing=PROPOSED, by=SYSTEM)
    for kind in QuotaSheet.Kind.values:
        said = read_sheet(tree.county, write_sheet(tree.county, kind), "x.xlsx")
        assert (said.add, said.drop, said.shares, said.wrong) == ([], [], {}, [])


def test_too_many_marks_change_nothing(tree: Tree) -> None:
    sheet = receive(tree.county, filled(tree.county, "candidates", mark("00090 00091 00092 00093")))
    with pytest.raises(QuotaFull):
        verbs.apply_sheet(sheet, standing=PROPOSED, by=SYSTEM)
    sheet.refresh_from_db()
    assert (put(tree), sheet.state) == (set(), "read")


def test_unknown_number_is_named(tree: Tree) -> None:
    def stranger(lines: dict[str, Any]) -> None:
        lines["00090"].value = "是"
        lines["00090"].offset(column=1 - lines["00090"].column).value = "77777"

    sheet = receive(tree.county, filled(tree.county, "candidates", stranger))
    assert verbs.unknown_in(sheet) == ["77777"]
    with pytest.raises(verbs.UnknownInSheet, match="77777"):
        verbs.apply_sheet(sheet, standing=PROPOSED, by=SYSTEM)


def test_quotas_below_come_back_and_are_undone(tree: Tree) -> None:
    def more(lines: dict[str, Any]) -> None:
        lines["150101"].value = 5

    sheet = receive(tree.prefecture, filled(tree.prefecture, "shares", more))
    verbs.apply_sheet(sheet, standing=PROPOSED, by=SYSTEM)
    assert tree.quotas[2].given == 5
    pass_on(tree.prefecture, {tree.county.unit: Share(4)}, by=SYSTEM)
    with pytest.raises(ChangedMeanwhile):
        verbs.undo_sheet(sheet, standing=PROPOSED, by=SYSTEM)
    pass_on(tree.prefecture, {tree.county.unit: Share(5)}, by=SYSTEM)
    verbs.undo_sheet(sheet, standing=PROPOSED, by=SYSTEM)
    assert tree.quotas[2].given == 3


def test_lines_that_say_nothing_clear_are_listed(tree: Tree) -> None:
    def odd(lines: dict[str, Any]) -> None:
        lines["00090"].value = "也许"

    said = read_sheet(tree.county, filled(tree.county, "candidates", odd), "x.xlsx")
    assert [(text, why) for _line, text, why in said.wrong] == [("也许", "mark")]

    def half(lines: dict[str, Any]) -> None:
        lines["150101"].value = "三个"

    said = read_sheet(tree.prefecture, filled(tree.prefecture, "shares", half), "x.xlsx")
    assert [why for _line, _text, why in said.wrong] == ["count"]


def test_other_files_are_refused(tree: Tree) -> None:
    with pytest.raises(NotOurSheet):
        read_sheet(tree.county, b"not a book", "x.xlsx")
    with pytest.raises(NotOurSheet):
        read_sheet(tree.county, "工号,推荐\n1,是\n".encode(), "x.csv")
    with pytest.raises(OtherSheet):
        read_sheet(tree.county, write_sheet(tree.prefecture, "candidates"), "x.xlsx")


def again(number: str, value: object) -> Callable[[dict[str, Any]], None]:
    """The line once more at the end, with another last cell."""

    def change(lines: dict[str, Any]) -> None:
        cell = lines[number]
        sheet, row = cell.parent, cell.parent.max_row + 1
        for column in range(1, cell.column):
            sheet.cell(row, column).value = sheet.cell(cell.row, column).value
        sheet.cell(row, cell.column).value = value

    return change


def test_unit_that_stands_twice_gets_nothing(tree: Tree) -> None:
    said = read_sheet(tree.prefecture, filled(tree.prefecture, "shares", again("150101", 1)), "x.xlsx")
    assert (said.shares, [(text, why) for _line, text, why in said.wrong]) == ({}, [("150101", "twice")] * 2)


def test_person_who_stands_twice_is_not_withdrawn(tree: Tree) -> None:
    propose(tree.county, tree.people[:1], standing=PROPOSED, by=SYSTEM)
    said = read_sheet(tree.county, filled(tree.county, "candidates", again("00090", None)), "x.xlsx")
    assert (said.drop, [(text, why) for _line, text, why in said.wrong]) == ([], [("00090", "twice")] * 2)


@pytest.mark.parametrize(("name", "wrong"), [("另一人", ["name"]), ("候 选0", []), (None, [])])
def test_name_has_to_be_that_of_the_staff_number(tree: Tree, name: str | None, wrong: list[str]) -> None:
    def rename(lines: dict[str, Any]) -> None:
        lines["00090"].value = "是"
        lines["00090"].offset(column=2 - lines["00090"].column).value = name

    said = read_sheet(tree.county, filled(tree.county, "candidates", rename), "x.xlsx")
    assert ([why for _line, _text, why in said.wrong], said.add) == (wrong, [] if wrong else ["00090"])


@pytest.mark.parametrize("yes", ["00093", "00092 00093"])
def test_swap_by_sheet_is_a_substitution(tree: Tree, yes: str) -> None:
    propose(tree.county, tree.people[:2], standing=PROPOSED, by=SYSTEM)
    now = clock.now()
    set_deadlines(tree.stage.programme, now - timedelta(days=1), now + timedelta(days=3), by=SYSTEM)
    sheet = receive(tree.county, filled(tree.county, "candidates", mark(yes, "00090")))
    if " " in yes:
        with pytest.raises(FillingClosed):
            verbs.apply_sheet(sheet, standing=PROPOSED, by=SYSTEM)
        return
    verbs.apply_sheet(sheet, standing=PROPOSED, by=SYSTEM)
    assert put(tree) == {"00091", "00093"}
    verbs.undo_sheet(sheet, standing=PROPOSED, by=SYSTEM)
    assert put(tree) == {"00090", "00091"}


def test_undo_leaves_whom_somebody_put_forward_anew_since(tree: Tree) -> None:
    sheet = receive(tree.county, filled(tree.county, "candidates", mark("00091")))
    verbs.apply_sheet(sheet, standing=PROPOSED, by=SYSTEM)
    withdraw_candidates(list(Candidate.objects.all()), standing=PROPOSED, by=SYSTEM)
    propose(tree.county, tree.people[1:2], standing=PROPOSED, by=SYSTEM)
    verbs.undo_sheet(sheet, standing=PROPOSED, by=SYSTEM)
    assert put(tree) == {"00091"}


def test_undo_leaves_whom_somebody_put_forward_anew_after_they_were_sent_back(tree: Tree) -> None:
    sheet = receive(tree.county, filled(tree.county, "candidates", mark("00091 00092")))
    verbs.apply_sheet(sheet, standing=PROPOSED, by=SYSTEM)
    send_back(list(Candidate.objects.filter(person=tree.people[1])), "再想想", by=SYSTEM)
    propose(tree.county, tree.people[1:2], standing=PROPOSED, by=SYSTEM)
    verbs.undo_sheet(sheet, standing=PROPOSED, by=SYSTEM)
    assert put(tree) == {"00091"}
    tree.county.refresh_from_db()
    assert tree.county.filled == 1


def test_undo_takes_whom_was_decided_on_since_and_is_the_same_candidate(tree: Tree) -> None:
    sheet = receive(tree.county, filled(tree.county, "candidates", mark("00091 00092")))
    verbs.apply_sheet(sheet, standing=PROPOSED, by=SYSTEM)
    approve(list(Candidate.objects.filter(person=tree.people[1])), by=SYSTEM)
    send_back(list(Candidate.objects.filter(person=tree.people[2])), "再想想", by=SYSTEM)
    verbs.undo_sheet(sheet, standing=PROPOSED, by=SYSTEM)
    assert put(tree) == set()
