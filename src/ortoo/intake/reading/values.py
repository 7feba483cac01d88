"""One cell each: staff numbers, phones, sex, the term asked for, lists of needs, remarks."""

import re

from ortoo.kernel.text.fold import as_text, fold, squeeze
from ortoo.kernel.text.numerals import number_of

SEXES = {"男": "男", "女": "女", "m": "男", "f": "女", "male": "男", "female": "女", "男性": "男", "女性": "女", "1": "男", "2": "女",
         "man": "男", "woman": "女", "男士": "男", "女士": "女"}  # fmt: skip
NO_WISH = re.compile("^(?:无|没有|都行|均可|皆可|都可以|服从.*|不限|任意|随意|任何一期|听从.*|[-—/]+|否)$")
NOTHING = {"", "无", "没有", "暂无", "无禁忌", "无要求", "无特殊要求", "-", "—", "/", "否", "正常", "普通"}
BOTH = {
    "蒙汉",
    "汉蒙",
    "蒙汉双语",
    "双语",
    "蒙、汉",
    "汉、蒙",
    "蒙汉语",
    "蒙语汉语",
    "汉语蒙语",
    "蒙汉兼通",
    "蒙古语汉语",
    "蒙汉皆通",
}
HAN = {"汉", "汉语", "普通话", "国语", "汉文", "中文", "国家通用语言"}
SPLIT = re.compile(r"[、,,;;/|\s\n+&]+|和(?=\S{3})")
MOBILE = re.compile(r"1\d{10}$")
LANDLINE = re.compile(r"0\d{9,11}$|[2-8]\d{6,7}$")
PLUS = re.compile(r"^(?:\+?0{0,2}86)(?=1\d{10}$)")
ATTENDED = re.compile("参加过|已参加|参训过|已参训|曾参加|参加了|已轮训|培训过")
NOT_ATTENDED = re.compile("(?:未|没有?|不曾|从未)(?:曾|有)?(?:参加|参训|轮训|培训)")


def staff_no_of(value: object, width: int) -> tuple[str, bool]:
    """The staff number, its lost leading zeros restored to `width` digits; and whether any had to be."""
    text = squeeze(value).upper().lstrip("'`").removesuffix(".0")
    if text.isdigit() and text.isascii() and 0 < len(text) < width:
        return text.zfill(width), True
    return text, False


def phone_of(value: object) -> tuple[str, bool]:
    """The number without spaces and hyphens, and whether it looks like one. Two numbers in a cell stay two."""
    if isinstance(value, float):
        value = as_text(value)
    parts = [part for part in re.split(r"[、,;/\n]+", fold(value)) if part.strip()]
    numbers = [PLUS.sub("", re.sub(r"[\s\-—()+.]", "", part)) for part in parts]
    numbers = [re.sub(r"^86(?=1\d{10}$)", "", number.removesuffix("E10")) for number in numbers]
    return "、".join(numbers), all(MOBILE.match(n) or LANDLINE.match(n) for n in numbers)


def sex_of(value: object) -> str | None:
    """男 or 女; None when it can't be told."""
    return SEXES.get(squeeze(value).lower())


def wish_of(value: object, names: list[str]) -> tuple[int | None, bool]:
    """The number (from 1) of the term asked for, None for any; and whether the text could be read."""
    text = squeeze(value)
    if not text or NO_WISH.match(text):
        return None, True
    for number, name in enumerate(names, 1):
        if text == squeeze(name):
            return number, True
    core = re.sub(r"^(?:希望|拟|想)?(?:参加)?第?|(?:期|批次?|轮)?(?:参训|培训|均可|优先|最好)?$", "", text)
    found = number_of(core.removesuffix("期").removesuffix("批"))
    return (found, True) if found is not None and 1 <= found <= len(names) else (None, False)


def needs_of(value: object) -> list[str]:
    """The modules that a cell lists, in its order, each once."""
    parts = [part.strip(" .。;") for part in SPLIT.split(fold(value))]
    parts = [re.sub(r"^\(?\d+[.)、]", "", part) for part in parts]
    return list(dict.fromkeys(part for part in parts if part not in NOTHING))


def language_of(value: object) -> str:
    """汉 or 蒙汉兼通 for their many names; anything else as it stands."""
    text = squeeze(value)
    if text in HAN:
        return "汉"
    return "蒙汉兼通" if text in BOTH else text


def plain_of(value: object) -> str:
    """Text as it stands; nothing for 无 and the like."""
    text = fold(value)
    return "" if text in NOTHING else text


def attended_of(remark: str) -> bool:
    """Whether a remark says that the person has attended before."""
    return bool(ATTENDED.search(remark)) and not NOT_ATTENDED.search(remark)
