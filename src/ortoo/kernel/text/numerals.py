"""Chinese numerals as digits: 三十一 → 31, Ⅲ → 3 (after folding III)."""

import re

DIGITS = {letter: value for value, letter in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
RUN = re.compile("[〇零一二两三四五六七八九十]+")
ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10}


def number_of(text: str) -> int | None:
    """The number that a run of Chinese numerals, Arabic digits or Roman capitals says; None when it says none. Up to 99."""
    if text.isascii() and text.isdigit():
        return int(text)
    if text.upper() in ROMAN:
        return ROMAN[text.upper()]
    if not RUN.fullmatch(text):
        return None
    if "十" not in text:
        return int("".join(str(DIGITS[letter]) for letter in text))
    tens, _, ones = text.partition("十")
    if len(tens) > 1 or len(ones) > 1 or ones == "十":
        return None
    return (DIGITS[tens] if tens else 1) * 10 + (DIGITS[ones] if ones else 0)


def with_digits(text: str) -> str:
    """The text with every run of Chinese numerals as digits: 五月十七日 → 5月17日."""
    return RUN.sub(lambda run: run[0] if (number := number_of(run[0])) is None else str(number), text)
