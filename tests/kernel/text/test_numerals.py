"""Numbers in words."""

import pytest

from ortoo.kernel.text.numerals import number_of, with_digits


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("十", 10),
        ("十七", 17),
        ("二十", 20),
        ("三十一", 31),
        ("五", 5),
        ("III", 3),
        ("iv", 4),
        ("12", 12),
        ("甲", None),
        ("十十", None),
    ],
)
def test_number_of_reads_every_writing(said, meant):
    assert number_of(said) == meant


def test_with_digits_rewrites_dates():
    assert with_digits("二〇二三年五月十七日") == "2023年5月17日"
