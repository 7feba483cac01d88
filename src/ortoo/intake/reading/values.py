"""One cell each: staff numbers, phones, sex, the term asked for, lists of needs, remarks."""

import re

from ortoo.kernel.text.fold import as_text, fold, squeeze
from ortoo.kernel.text.numerals import number_of
from ortoo.kernel.text.splitting import split_list

SEXES = {"男": "男", "女": "女", "m": "男", "f": "女", "male": "男", "female": "女", "男性": "男", "女性": "女", "1": "男", "2": "女",
         "man": "男", "woman": "女", "男士": "男", "女士": "女"}  # fmt: skip
NO_WISH = re.compile(
    "(?:暂?无(?:所谓|要求|意向|特殊要求|偏好|意见)?|没有(?:要求|意向)?|都行|都可以|都可|哪期都(?:行|可以|可)|任何一期(?:均可|都行|都可以)?"
    "|均可|皆可|可以|随意|随便|任意|任何|不限|不定|服从.*|听从.*|听.*安排|按.*安排|由.*安排|组织安排|统一安排|等.*安排|全部(?:可以|均可)?|各期均可|每期均可"
    "|所有|[-—–_/\\\\]+|否|none|any|n/?a)"
)
NOTHING = {
    "", "无", "没有", "暂无", "无禁忌", "无要求", "无特殊要求", "无特殊", "-", "--", "—", "——", "/", "\\", "否", "正常", "普通", "不限", "无忌口",
    "一般", "常规", "普食", "都行", "均可", "无需求", "N/A", "n/a", "none", "None", "无饮食禁忌", "没有禁忌", "没有要求", "普通餐",
}  # fmt: skip
BOTH = {
    "蒙汉", "汉蒙", "蒙汉双语", "汉蒙双语", "双语", "蒙、汉", "汉、蒙", "蒙,汉", "汉,蒙", "蒙/汉", "汉/蒙", "蒙汉语", "汉蒙语", "蒙语汉语",
    "汉语蒙语", "汉语、蒙语", "蒙语、汉语", "汉语,蒙语", "蒙语,汉语", "汉语和蒙语", "蒙语和汉语", "蒙汉兼通", "汉蒙兼通", "蒙汉语兼通", "蒙古语汉语",
    "蒙汉皆通", "兼通", "蒙汉双通", "蒙汉均可", "蒙汉皆可", "汉语蒙古语", "汉语、蒙古语", "蒙古语、汉语", "蒙汉兼用", "兼通蒙汉", "蒙汉文兼通",
}  # fmt: skip
HAN = {"汉", "汉语", "普通话", "国语", "汉文", "中文", "国家通用语言", "汉话", "仅汉语", "汉语普通话", "国家通用语言文字"}
MONGOLIAN = {"蒙", "蒙语", "蒙古语", "蒙文", "蒙古文", "仅蒙语"}
HALAL = {"清真", "清真餐", "回民餐", "回餐", "回民", "清真饮食", "清真食品", "需清真", "需清真餐", "要清真", "吃清真", "穆斯林"}
MEATLESS = {"素食", "素", "吃素", "素餐", "全素", "素食者", "需素食", "素食主义"}
YES = {
    "是",
    "有",
    "√",
    "✓",
    "✔",
    "参加过",
    "已参加",
    "已参训",
    "参训过",
    "1",
    "y",
    "yes",
    "true",
    "对",
    "曾参加",
    "☑",
    "■",
    "●",
    "○",
    "v",
    "x",
    "√√",
    "已参加过",
}
NO = {
    "",
    "否",
    "无",
    "没有",
    "未",
    "未参加",
    "未参加过",
    "没参加过",
    "没有参加过",
    "0",
    "n",
    "no",
    "false",
    "×",
    "□",
    "☐",
    "-",
    "—",
    "/",
    "不",
    "未参训",
}
MISSING = re.compile(
    "(?:暂?无|空|空缺|暂缺|暂未?定|未定|待定|待补|待补充|待办|补办中?|人选待定|工号待补|待报|待确定|另报|后补|缺|没有|不详|不知道?|[-—–/_\\\\?？*xX]+)"
)
MOBILE = re.compile(r"1\d{10}$")
LANDLINE = re.compile(r"0\d{9,11}$|[2-8]\d{6,7}$")
PLUS = re.compile(r"^(?:\+?0{0,2}86)(?=1\d{10}$)")
ATTENDED = re.compile(
    r"参加过|已参加|参训过|已参训|曾参加|参加了|已轮训|已训|培训过|20\d\d年度?(?:曾|已)?(?:参加|参训|轮训|受训)"
)
NOT_ATTENDED = re.compile("(?:未|没有?|不曾|从未)(?:曾|有)?(?:参加|参训|轮训|培训)")


LABEL = re.compile(r"^(?:工号|警号|编号|NO\.?|№|:|#)+(?=[\dA-Z])")


def staff_no_of(value: object, width: int) -> tuple[str, bool]:
    """The staff number, its lost leading zeros restored to `width` digits; and whether any had to be. Empty for 待补 and the like."""
    text = LABEL.sub("", squeeze(value).upper().lstrip("'`‘’").removesuffix(".0"))
    if MISSING.fullmatch(text):
        return "", False
    if text.isdigit() and text.isascii() and 0 < len(text) < width:
        return text.zfill(width), True
    return text, False


def phone_of(value: object) -> tuple[str, bool]:
    """The number without spaces and hyphens, and whether it looks like one. Two numbers in a cell stay two."""
    if isinstance(value, float):
        value = as_text(value)
    parts = [part for part in re.split(r"[、,;/\n]+", fold(value)) if part.strip()]
    numbers = [PLUS.sub("", re.sub(r"[\s\-—–()+.'`‘’·]", "", re.sub(r"\.0+$", "", part.strip()))) for part in parts]
    numbers = [re.sub(r"^86(?=1\d{10}$)", "", number.removesuffix("E10")) for number in numbers]
    return "、".join(numbers), all(MOBILE.match(n) or LANDLINE.match(n) for n in numbers)


def sex_of(value: object) -> str | None:
    """男 or 女; None when it can't be told."""
    return SEXES.get(squeeze(value).lower())


ASIDE = re.compile(r"\([^()\d]*\)$")
WISH = re.compile(
    r"^(?:希望|拟|想|首选|优先|意向|最好|申请|报名?|选)*(?:参加|参训|去|到)?第?|(?:期|批次?|轮次?|班)?(?:参训|培训|优先|最好|为宜|合适|方便)?$"
)


def wish_of(value: object, names: list[str]) -> tuple[int | None, bool]:
    """The number (from 1) of the term asked for, None for any; and whether the text could be read."""
    text = squeeze(value)
    if not text or NO_WISH.fullmatch(text):
        return None, True
    for number, name in enumerate(names, 1):
        if text == squeeze(name):
            return number, True
    found = number_of(WISH.sub("", ASIDE.sub("", text).removesuffix(".0")))
    numbers = [number_of(WISH.sub("", squeeze(name))) for name in names]
    if found is not None and all(number is not None for number in numbers):
        return (numbers.index(found) + 1, True) if numbers.count(found) == 1 else (None, False)
    return (found, True) if found is not None and 1 <= found <= len(names) else (None, False)


def needs_of(value: object) -> list[str]:
    """The modules that a cell lists, in its order, each once."""
    return [part for part in split_list(as_text(value)) if part not in NOTHING]


def language_of(value: object) -> str:
    """汉, 蒙 or 蒙汉兼通 for their many names; anything else as it stands."""
    text = squeeze(value)
    if text in HAN:
        return "汉"
    if text in MONGOLIAN:
        return "蒙"
    return "蒙汉兼通" if text in BOTH else plain_of(value)


def diet_of(value: object) -> str:
    """清真 or 素食 for their many names, nothing for none; anything else as it stands."""
    text = squeeze(value)
    if text in HALAL:
        return "清真"
    return "素食" if text in MEATLESS else plain_of(value)


def yes_of(value: object) -> bool | None:
    """Whether a cell says yes or no; None when it says neither."""
    text = squeeze(value).lower()
    if text in YES:
        return True
    return False if text in NO else None


def plain_of(value: object) -> str:
    """Text as it stands; nothing for 无 and the like."""
    text = fold(value)
    return "" if text in NOTHING else text


def attended_of(remark: str, said: object = "") -> bool:
    """Whether a remark, or a column that asks for it, says that the person has attended before."""
    if said not in ("", None) and (yes := yes_of(said)) is not None:
        return yes
    remark = remark or squeeze(said)
    return bool(ATTENDED.search(remark)) and not NOT_ATTENDED.search(remark)
