"""One form for what looks the same: full-width and half-width, ideographic spaces, invisible marks."""

import re
import unicodedata
from datetime import datetime, time
from functools import lru_cache

INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
DOTS = re.compile("[•・‧∙⋅●．･]|(?<=[\u3400-\u9fff])[.](?=[\u3400-\u9fff])")
SPACES = re.compile(r"\s+")
WIDTHS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " "}
HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff\ue000-\uf8ff\uf900-\ufaff]")


def fold(value: object) -> str:
    """The value as text: half-width, without invisible marks, spaces run together, trimmed. None is empty; 7.0 is "7"."""
    return _fold(value if type(value) is str else as_text(value))


@lru_cache(maxsize=1 << 15)
def _fold(text: str) -> str:
    if not text.isascii():
        text = unicodedata.normalize("NFKC", INVISIBLE.sub("", text))
    return SPACES.sub(" ", text).strip()


def squeeze(value: object) -> str:
    """`fold`, and no spaces at all."""
    return _squeeze(value if type(value) is str else as_text(value))


@lru_cache(maxsize=1 << 16)
def _squeeze(text: str) -> str:
    return _fold(text).replace(" ", "")


def half_width(text: str) -> str:
    """Full-width letters, digits, signs and spaces as half-width ones; everything else, ① and rare characters too, as it is."""
    return INVISIBLE.sub("", text).translate(WIDTHS)


def as_text(value: object) -> str:
    """A cell's value as a person would read it: whole floats without their point, days without the midnight."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return str(value)


def clean_name(value: object) -> str:
    """A person's name: no spaces around or between Chinese characters, one kind of middle dot; rare characters stay as they are."""
    name = DOTS.sub("·", half_width(as_text(value))).strip()
    if HAN.search(name):
        return SPACES.sub("", name)
    return SPACES.sub(" ", name)
