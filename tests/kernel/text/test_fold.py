"""Widths, spaces and names."""

from datetime import date, datetime

import pytest

from ortoo.kernel.text.fold import as_text, clean_name, fold, half_width, squeeze


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("１３８　０１", "138 01"),
        (" 旗（县、区） ", "旗(县、区)"),
        ("a\u200bb\ufeff", "ab"),
        ("x\n\ty", "x y"),
        (7.0, "7"),
        (None, ""),
        (True, "TRUE"),
    ],
)
def test_fold_gives_one_form(said, meant):
    assert fold(said) == meant


def test_squeeze_leaves_no_space():
    assert squeeze(" 姓　 名 ") == "姓名"


def test_as_text_shows_what_a_person_sees():
    assert as_text(13742105511.0) == "13742105511"
    assert as_text(datetime.fromisoformat("2023-05-17")) == "2023-05-17"
    assert as_text(date(2023, 5, 17)) == "2023-05-17"
    assert as_text(datetime.fromisoformat("2023-05-17T08:30")) == "2023-05-17 08:30:00"


def test_half_width_leaves_numbers_in_circles():
    assert half_width("①（ａ）") == "①(a)"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("张 三", "张三"), (" 叶琳哲\u3000", "叶琳哲"), ("阿里木・买买提", "阿里木·买买提"), ("阿里木.买买提", "阿里木·买买提"),
        ("䶮𬱖", "䶮𬱖"), ("\uf967", "\uf967"), ("John   Smith", "John Smith"), ("萨仁\u200b", "萨仁"),
    ],
)  # fmt: skip
def test_clean_name_keeps_the_name_and_drops_the_typing(said, meant):
    assert clean_name(said) == meant
