"""One form for what looks the same: full-width and half-width, ideographic spaces, invisible marks."""

import re
import unicodedata

INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
DOTS = re.compile("[•・‧∙⋅●．]")
SPACES = re.compile(r"\s+")


def fold(value: object) -> str:
    """The value as text: half-width, without invisible marks, spaces run together, trimmed. None is empty; 7.0 is "7"."""
    return SPACES.sub(" ", unicodedata.normalize("NFKC", INVISIBLE.sub("", as_text(value)))).strip()


def squeeze(value: object) -> str:
    """`fold`, and no spaces at all."""
    return fold(value).replace(" ", "")


def as_text(value: object) -> str:
    """A cell's value as a person would read it: whole floats without their point."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def clean_name(value: object) -> str:
    """A person's name: no spaces around or between Chinese characters, one kind of middle dot; rare characters stay as they are."""
    name = INVISIBLE.sub("", as_text(value)).replace("\u3000", " ").strip()
    name = DOTS.sub("·", name)
    if any(letter >= "\u3400" for letter in name):
        return SPACES.sub("", name)
    return SPACES.sub(" ", name)
