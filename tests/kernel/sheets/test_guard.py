"""The parsing process: what it can not bear ends it, and not us."""

import struct

import pytest
from tests.kernel.sheets.test_workbook import GRID, xls, xlsx

from ortoo.kernel.sheets.errors import SheetError
from ortoo.kernel.sheets.guard import Guard
from ortoo.kernel.sheets.limits import Limits


def test_guard_reads_many_files_with_one_process():
    with Guard() as guard:
        first = guard.parse(xlsx(), Limits())
        process = guard._process
        second = guard.parse(xls(), Limits())

        assert guard._process is process
    assert [row[1] for row in first[0].rows] == [row[1] for row in second[0].rows] == [row[1] for row in GRID]


def test_guard_goes_on_after_its_process_died():
    with Guard() as guard:
        guard.parse(xlsx(), Limits())
        assert guard._process is not None
        guard._process.kill()
        guard._process.wait()

        assert guard.parse(xlsx(), Limits())[0].name == "表"


def test_guard_gives_up_a_file_that_takes_too_long():
    with Guard() as guard, pytest.raises(SheetError) as refused:
        guard.parse(xlsx(), Limits(seconds=0.0))

    assert refused.value.kind == "unreadable"


def test_guard_survives_a_file_that_fills_the_memory():
    data = bytearray(xls())
    for place in range(512, len(data) - 4, 1024):
        data[place : place + 4] = struct.pack("<I", 0x7FFFFFFF)

    with Guard() as guard:
        with pytest.raises(SheetError):
            guard.parse(bytes(data), Limits())
        assert guard.parse(xlsx(), Limits())


def test_guard_leaves_no_process_behind():
    with Guard() as guard:
        guard.parse(xlsx(), Limits())
        process = guard._process
    assert process is not None
    assert process.poll() is not None
