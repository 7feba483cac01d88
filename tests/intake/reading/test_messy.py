"""Sheets made at random from known people read back as these people. ORTOO_MESSY=3000 tries so many."""

import os
import random

import pytest
from tests.intake.reading.messy import make, with_single_days
from tests.intake.reading.rosters import as_truth, context, truth

from ortoo.intake.reading.returns import merge_returns, read_returns

MANY = int(os.environ.get("ORTOO_MESSY", "150"))
BATCH = 25


def read_back(seed: int) -> tuple[list[dict], list[dict], str]:
    """The people who were written and those who were read, by staff number; needs in any order, as ticks have none."""
    rng = random.Random(seed)
    prefecture = rng.choice(sorted({person["prefecture"] for person in truth()["people"]}))
    there = [person for person in truth()["people"] if person["prefecture"] == prefecture]
    people = with_single_days(rng.sample(there, min(len(there), rng.choice([6, 15, 30]))), rng)
    messy = make(people, seed, rng.choice(["xlsx", "xlsx", "xls", "ods", "csv", "html"]))
    merged = merge_returns(read_returns([(messy.name, messy.data)], context(), known=["001008"]))
    held = [problem for problem in merged.problems if problem.severity != "note"]
    assert held == [], f"seed {seed}, {messy.habits}: {held[:2]}"

    def ordered(found):
        return sorted((person | {"needs": sorted(person["needs"])} for person in found), key=lambda person: person["staff_no"])

    return ordered(messy.people), ordered(map(as_truth, merged.nominees)), messy.habits


@pytest.mark.parametrize("start", range(0, MANY, BATCH))
def test_messy_sheets_read_back_as_the_people_in_them(start):
    for seed in range(start, min(start + BATCH, MANY)):
        written, read, habits = read_back(seed)
        assert read == written, f"seed {seed}, {habits}"
