"""Whatever the bytes, reading ends with people and problems, never with a traceback. ORTOO_MUTATED=10000 tries so many files."""

import os
from collections import Counter
from collections.abc import Iterator

import pytest
from tests.intake.reading.mutated import mutated
from tests.intake.reading.rosters import context

from ortoo.intake.reading.messages import say
from ortoo.intake.reading.returns import merge_returns, read_scanned, scan_return
from ortoo.kernel.sheets.annotate import Mark, annotate
from ortoo.kernel.sheets.errors import SheetError
from ortoo.kernel.sheets.guard import Guard
from ortoo.kernel.sheets.limits import Limits

MANY = int(os.environ.get("ORTOO_MUTATED", "600"))
BATCH = 100


@pytest.fixture(scope="module")
def guard() -> Iterator[Guard]:
    with Guard() as one:
        yield one


@pytest.mark.parametrize("start", range(0, MANY, BATCH))
def test_mutated_files_end_in_people_and_problems(start: int, guard: Guard) -> None:
    ends: Counter[str] = Counter()
    for seed in range(start, min(start + BATCH, MANY)):
        name, data, done = mutated(seed)
        try:
            scanned = scan_return(data, name, 2023, guard=guard)
            read = read_scanned(scanned, context())
            merged = merge_returns([read])
        except Exception as error:
            raise AssertionError(f"file {seed} ({done}) broke the reader") from error
        assert merged.nominees or merged.problems or not read.rows, f"file {seed} ({done}) came to nothing, and nothing was said"
        for problem in merged.problems:
            assert say(problem, "zh-hans") and say(problem, "en"), f"file {seed}: {problem}"
        ends["people" if merged.nominees else merged.problems[0].kind if merged.problems else "nothing"] += 1
    assert ends


@pytest.mark.parametrize("seed", range(40))
def test_mutated_files_can_be_given_back_or_are_refused(seed: int, guard: Guard) -> None:
    name, data, done = mutated(seed * 7 + 3)
    try:
        _name, back = annotate(
            data, name, [Mark("Sheet1", 5, "B", "=1+1"), Mark("推荐表", 5, "", "看这里")], limits=Limits(), guard=guard
        )
    except SheetError as error:
        assert str(error)
    else:
        assert back.startswith(b"PK"), done
