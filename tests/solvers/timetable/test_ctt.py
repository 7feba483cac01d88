import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.solvers.timetable.instances import CTT, SMALL

from ortoo_solvers.timetable import BadFile, Lecture, read_ctt, read_timetable, write_timetable


def test_read_ctt_reads_the_published_form() -> None:
    assert read_ctt(CTT.splitlines()) == SMALL


def test_read_ctt_does_not_mind_blanks_and_tabs() -> None:
    loose = "\n\n".join(line.replace(" ", "\t  ") for line in CTT.replace("END.", "").splitlines())
    assert read_ctt(loose.splitlines()).courses == SMALL.courses


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("Courses: 4", "Courses: four", 2, "whole number"),
        ("Courses: 4", "Courses: 3", 13, "ROOMS"),
        ("Rooms: 2", "", 4, "Rooms:"),
        ("law B 3 2 45", "law B 3", 11, "a course"),
        ("one 3 drill law visit", "one 3 drill law", 20, "names 2"),
        ("one 3 drill law visit", "one 3 drill law gone", 20, "there is no course gone"),
        ("law B 3 2 45", "drill B 3 2 45", 11, "course drill is given twice"),
        ("small 25", "hall 25", 17, "room hall is given twice"),
        ("two 2 talk visit", "one 2 talk visit", 21, "curriculum one is given twice"),
        ("Periods_per_day: 4", "Periods_per_day: 17", 5, "from 1 to 16"),
        ("Days: 3", "Days: 0", 4, "from 1 to"),
        ("law 0 1", "law 3 1", 25, "outside the term"),
        ("law 0 1", "gone 0 1", 25, "gone"),
        ("END.", "law 1 1", 27, "one line more"),
        ("small 25", "small -25", 17, "capacity"),
    ],
)
def test_read_ctt_says_which_line_is_wrong(old: str, new: str, line: int, says: str) -> None:
    assert old in CTT
    with pytest.raises(BadFile, match=says) as told:
        read_ctt(CTT.replace(old, new, 1).splitlines())
    assert told.value.line == line


@given(st.data())
def test_read_ctt_never_ends_in_a_traceback(data: st.DataObject) -> None:
    words = CTT.split(" ")
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(words) - 1))
        words[place] = data.draw(st.sampled_from(["", "-1", "9" * 30, "x\ny", "٣", words[place] * 2, "END.", "\x00"]))
    cut = data.draw(st.integers(0, len(CTT)))
    try:
        read_ctt(" ".join(words)[:cut].splitlines())
    except BadFile as error:
        assert 1 <= error.line <= CTT.count("\n") + 10


def test_timetable_comes_back_as_it_was_written() -> None:
    lectures = (Lecture("drill", "hall", 0, 3), Lecture("law", "small", 2, 1))
    stream = io.StringIO()
    write_timetable(lectures, stream)
    assert stream.getvalue() == "drill hall 0 3\nlaw small 2 1\n"
    assert read_timetable(stream.getvalue().splitlines()) == lectures


def test_keys_with_blanks_come_back_as_they_were_written() -> None:
    lectures = (Lecture("drill A", "yard 100%", 0, 3), Lecture("50%20", "hall", 2, 1))
    stream = io.StringIO()
    write_timetable(lectures, stream)
    assert all(len(line.split()) == 4 for line in stream.getvalue().splitlines())
    assert read_timetable(stream.getvalue().splitlines(), {"drill A", "50%20"}, {"yard 100%", "hall"}) == lectures


def test_read_timetable_says_which_line_is_wrong() -> None:
    with pytest.raises(BadFile, match="line 2"):
        read_timetable(["drill hall 0 3", "law small 2"])
