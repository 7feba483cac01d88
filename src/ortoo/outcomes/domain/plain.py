"""What people write, as plain text: no control characters, nothing that turns a line around, no endless empty lines."""

import re
import unicodedata

#: Marks that make a text read other than it is written.
TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
EMPTY_LINES = re.compile(r"\n{3,}")


def plain(text: str) -> str:
    """The same text without them; markup stays what it is, letters."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(
        each for each in TURNING.sub("", lines) if each in "\n\t" or unicodedata.category(each) not in ("Cc", "Cs", "Co", "Cn")
    )
    return EMPTY_LINES.sub("\n\n", kept).strip()


def plain_line(text: str) -> str:
    """The same on one line."""
    return " ".join(plain(text).split())
