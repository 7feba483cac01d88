"""What a viewer says: checked, made plain text, and turned into rows.

A row is ``[channel, viewer, id, kind, data, at]``: ``data`` JSON text of a flat object, ``at`` milliseconds since 1970. The
viewer chooses ``id``; the same id twice is one row, so that a page may send again what it is not sure about.
"""

import json
import re
from collections.abc import Sequence
from typing import Any, NoReturn

from ortoo_hub.refusal import Refusal
from ortoo_hub.viewer import KIND, Viewer

Row = list[str | int]
PRESENT = "present"
REACTION = "reaction"

_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,31}")
# Control characters (line feed and tab apart), half characters, and what turns the direction of writing of a whole page.
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
_MOST_SAID = 50
_MOST_KEYS = 32
_MOST_IN_LIST = 100
_LONGEST_TEXT = 4_000
_LONGEST_REACTION = 16
_MOST_REACTIONS = 8
_MOST_AT_ONCE = 100
_LARGEST = 2**53


def rows_of(body: bytes, viewer: Viewer, at: int) -> list[Row]:
    """Rows of a body that is ``{"id", "kind", "data"}`` or ``{"said": [up to 50 of them]}``; ``Refusal`` 400 or 403."""
    try:
        given = json.loads(body, parse_constant=_not_a_number)
    except (ValueError, RecursionError):
        raise Refusal(400, "not JSON") from None
    if isinstance(given, dict) and set(given) == {"said"}:
        given = given["said"]
    else:
        given = [given]
    if not isinstance(given, list) or not 1 <= len(given) <= _MOST_SAID:
        raise Refusal(400, f"1 to {_MOST_SAID} at once")
    return [_row(each, viewer, at) for each in given]


def present(viewer: Viewer, at: int) -> Row:
    """The row that says once for each viewer: was here."""
    return [viewer.channel, viewer.name, PRESENT, PRESENT, "{}", at]


def plain_text(text: str) -> str:
    """The text without what would be refused in it; what a form sends ends its lines with carriage returns, too."""
    return _UNFIT.sub("", text)


def _row(given: Any, viewer: Viewer, at: int) -> Row:
    if not isinstance(given, dict) or set(given) != {"id", "kind", "data"}:
        raise Refusal(400, "wanted: id, kind, data")
    name, kind, data = given["id"], given["kind"], given["data"]
    if not isinstance(name, str) or not _ID.fullmatch(name):
        raise Refusal(400, "id: 1 to 64 of A-Z a-z 0-9 _ -")
    if not isinstance(kind, str) or not KIND.fullmatch(kind) or kind == PRESENT:
        raise Refusal(400, "kind: not one that can be said")
    if kind not in viewer.may:
        raise Refusal(403, f"this viewer may not say {kind}")
    return [viewer.channel, viewer.name, name, kind, _flat(data, kind), at]


def _flat(data: Any, kind: str) -> str:
    """The object as JSON text, when it holds nothing but short plain values."""
    if not isinstance(data, dict) or len(data) > _MOST_KEYS:
        raise Refusal(400, f"data: an object of at most {_MOST_KEYS} keys")
    if kind == REACTION:
        _check_reactions(data)
    else:
        _check_plain(data)
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _check_plain(data: dict[str, Any]) -> None:
    for key, value in data.items():
        if not _KEY.fullmatch(key):
            raise Refusal(400, "data: keys are short names")
        items: Sequence[Any] = value if isinstance(value, list) else [value]
        if len(items) > _MOST_IN_LIST or not all(map(_plain, items)):
            raise Refusal(400, f"data.{key}: text, a number, true, false, null or a short list of them")


def _plain(value: Any) -> bool:
    if isinstance(value, str):
        return len(value) <= _LONGEST_TEXT and not _UNFIT.search(value)
    if isinstance(value, bool) or value is None:
        return True
    return isinstance(value, int | float) and abs(value) <= _LARGEST


def _check_reactions(data: dict[str, Any]) -> None:
    """``{"👏": 3}``: what, and how often since the last batch."""
    if not 1 <= len(data) <= _MOST_REACTIONS:
        raise Refusal(400, f"data: 1 to {_MOST_REACTIONS} reactions")
    for name, times in data.items():
        if (
            not 1 <= len(name) <= _LONGEST_REACTION
            or _UNFIT.search(name)
            or type(times) is not int
            or not 1 <= times <= _MOST_AT_ONCE
        ):
            raise Refusal(400, f"data: each reaction 1 to {_MOST_AT_ONCE} times")


def _not_a_number(text: str) -> NoReturn:
    raise ValueError(text)
