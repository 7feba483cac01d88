"""Lists in one cell."""

import pytest

from ortoo.kernel.text.splitting import split_list


@pytest.mark.parametrize(
    "said", ["甲课、乙课", "甲课,乙课", "甲课，乙课", "甲课;乙课", "甲课；乙课", "甲课/乙课", "甲课\n乙课", "甲课 乙课", "甲课　乙课", "1.甲课 2.乙课", "1、甲课；2、乙课",
             "①甲课②乙课", "一、甲课 二、乙课", "甲课、乙课、甲课", "、甲课，、乙课。"],
)  # fmt: skip
def test_split_list_finds_the_items_in_order(said):
    assert split_list(said) == ("甲课", "乙课")


def test_split_list_of_nothing_is_empty():
    assert split_list(" 、 ") == ()
