"""Many returns as one list."""

from datetime import date

import pytest
from tests.intake.reading.grids import HEADS, as_csv, as_xlsx, merged, names, only, person
from tests.intake.reading.rosters import context

from ortoo.intake.reading.problem import Decision
from ortoo.intake.reading.returns import read_returns

FIRST = ("04-赤峰市.csv", [HEADS, person()])
LATER = ("05-通辽市.csv", [HEADS, person(旗县区="科尔沁区", 站点="东街站", 手机="13800000000")])


def test_merge_keeps_the_first_row_in_the_order_of_the_files_names():
    result = merged(LATER, FIRST)
    problem = only(result)

    assert (problem.kind, problem.file, problem.row, problem.params["first_file"]) == (
        "same_person_two_files",
        "05-通辽市.csv",
        2,
        "04-赤峰市.csv",
    )
    assert [n.county for n in result.nominees] == ["红山区"]
    assert result.later[0].fields == ("unit", "phone")


def test_merge_tells_a_person_twice_in_a_file():
    result = merged(("a赤峰市.csv", [HEADS, person(), person(手机="13800000000")]))

    assert (only(result).kind, only(result).row) == ("duplicate_in_file", 3)


def test_merge_follows_what_was_decided():
    place = only(merged(FIRST, LATER)).place

    taken = merged(FIRST, LATER, decisions={place: Decision("take_later")})
    kept = merged(FIRST, LATER, decisions={place: Decision("keep_first")})

    assert ([n.county for n in taken.nominees], taken.problems) == (["科尔沁区"], ())
    assert ([n.county for n in kept.nominees], kept.problems) == (["红山区"], ())


def test_merge_tells_two_names_under_one_number():
    files = [FIRST, ("05-通辽市.csv", [HEADS, person(姓名="李四", 旗县区="科尔沁区", 站点="东街站")])]
    problem = only(merged(*files))
    mended = merged(*files, decisions={problem.place: Decision("set_value", "7900")})

    assert problem.kind == "staff_no_taken"
    assert names(merged(*files)) == ["张三"]
    assert [(n.name, n.staff_no) for n in mended.nominees] == [("张三", "007743"), ("李四", "007900")]


def test_merge_lets_the_second_row_stand_when_the_first_is_held():
    result = merged(("a赤峰市.csv", [HEADS, person(不能参训时间="6月31日"), person()]))

    assert names(result) == ["张三"]
    assert only(result).kind == "date_impossible"


def test_staff_numbers_learn_their_width_from_the_other_files():
    whole = ("01.xlsx", as_xlsx({"a": [HEADS, person(姓名="李四", 工号="00007801")]}))
    lost = ("02.xlsx", as_xlsx({"a": [HEADS, person(工号=7743)]}))

    assert [n.staff_no for read in read_returns([whole, lost], context()) for n in read.nominees] == ["00007801", "00007743"]


def test_staff_numbers_of_a_csv_that_lost_zeros_do_not_teach_a_width():
    rows = [person(姓名=f"{a}某", 工号=n) for a, n in (("甲", "7743"), ("乙", "7744"), ("丙", "17745"))]
    files = [("01.csv", as_csv([HEADS, *rows])), ("02.csv", as_csv([HEADS, person(姓名="丁某", 工号="007746")]))]

    assert [n.staff_no for read in read_returns(files, context()) for n in read.nominees] == [
        "007743",
        "007744",
        "017745",
        "007746",
    ]


def test_reading_tells_its_progress_and_stops_when_told():
    class Enough(Exception):
        pass

    said: list[tuple[int, int]] = []

    def tell(done: int, total: int) -> None:
        said.append((done, total))
        if done >= 1000:
            raise Enough

    rows = [person(工号=f"{n:06d}") for n in range(3000)]
    with pytest.raises(Enough):
        read_returns([("赤峰市.csv", as_csv([HEADS, *rows]))], context(), tell=tell)
    assert said == [(0, 3000), (500, 3000), (1000, 3000)]


def test_reading_the_same_file_twice_gives_the_same():
    files = [("赤峰市.csv", as_csv([HEADS, person(不能参训时间="6月1日"), person(姓名="")]))]
    first, second = read_returns(files, context()), read_returns(files, context())

    assert first[0].rows == second[0].rows and first[0].problems == second[0].problems
    assert first[0].nominees[0].blocked == ((date(2023, 6, 1), date(2023, 6, 1)),)
