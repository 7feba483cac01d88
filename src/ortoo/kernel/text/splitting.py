"""Lists that stand in one cell."""

import re
from functools import lru_cache

from ortoo.kernel.text.fold import half_width

_SEPARATORS = re.compile(r"[、,;/|\\\n\r+&]+|\s{1,}")
_ENUMERATOR = re.compile(r"^(?:\(?\d{1,2}[.)、](?!\d)|[①-⑳]|[(][一二三四五六七八九十][)]|[一二三四五六七八九十][.、])\s*")
_CIRCLED = re.compile(r"(?=[①-⑳])|(?<=\D)(?=\d{1,2}[.)](?!\d))")
_NUMBERED = re.compile(r"(?<![^\s、,;])([一二三四五六七八九十\d]{1,2})、(?=[^\d\s])")


@lru_cache(maxsize=1 << 12)
def split_list(text: str) -> tuple[str, ...]:
    """The items of 甲、乙,丙;丁 in their order, without numbering, blanks or repetition."""
    folded = _NUMBERED.sub(" ", half_width(text)).strip()
    parts = [part for piece in _CIRCLED.split(folded) for part in _SEPARATORS.split(piece)]
    items = (_ENUMERATOR.sub("", part.strip()).strip(" .。") for part in parts)
    return tuple(dict.fromkeys(item for item in items if item))
