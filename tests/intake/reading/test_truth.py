"""The twelve synthetic returns give exactly what a careful person reads out of them."""

from tests.intake.reading.rosters import NO_DIET_COLUMN, as_truth, context, files, truth

from ortoo.intake.reading.problem import HOLD
from ortoo.intake.reading.returns import merge_returns, read_returns


def test_returns_give_every_person_of_the_truth_field_by_field():
    merged = merge_returns(read_returns(files(), context()))
    without_diet = {row.nominee.staff_no for row in merged.rows if row.nominee and row.file in NO_DIET_COLUMN}
    expected = {p["staff_no"]: p | ({"diet": ""} if p["staff_no"] in without_diet else {}) for p in truth()["people"]}

    assert {n.staff_no: as_truth(n) for n in merged.nominees} == expected
    assert len(merged.nominees) == len(truth()["people"]) == 1101


def test_returns_give_exactly_the_problem_rows_of_the_truth():
    merged = merge_returns(read_returns(files(), context()))
    held = [(p.file, p.row, p.kind) for p in merged.problems if p.severity == HOLD]
    warned = [p for p in merged.problems if p.severity == "warn"]

    assert sorted(held) == sorted((p["file"], p["row"], p["kind"]) for p in truth()["problems"])
    assert warned == []


def test_later_rows_about_a_person_are_offered_with_what_differs():
    merged = merge_returns(read_returns(files(), context()))
    twice = [p for p in truth()["problems"] if p["staff_no"]]

    assert {(offer.row.file, offer.row.row) for offer in merged.later} == {(p["file"], p["row"]) for p in twice}
    assert all(offer.fields for offer in merged.later)


def test_every_valid_row_of_a_file_is_kept():
    returns = {read.file: read for read in read_returns(files(), context())}
    merged = merge_returns(list(returns.values()))
    stands = {name: sum(row.file == name for row in merged.rows) for name in returns}

    assert stands == {entry["file"]: entry["valid_people"] for entry in truth()["files"]}
