"""Reading one HTTP/1.1 request: strict, bounded, and nothing that two readers could understand differently (RFC 9112)."""

import re
from dataclasses import dataclass

from ortoo_hub.refusal import Refusal

_HEAD = re.compile(
    rb"([A-Z]{1,10}) (/[!-~]*) HTTP/1\.([01])"  # request line
    rb"((?:\r\n[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\t -~\x80-\xff]*)*)"  # fields: no folding, no bare CR, LF or NUL
)
_WANTED = re.compile(
    rb"\r\n(content-length|transfer-encoding|connection|last-event-id|origin|host|x-forwarded-for|expect):[ \t]*([^\r]*)", re.I
)
_TARGET = re.compile(r"/(health|live/([A-Za-z0-9_-]{1,64})(/say|/state|/enter)?|bench/publish)(?:\?(.*))?", re.S)
_TOKEN = re.compile(r"(?:^|&)token=([A-Za-z0-9_.-]+)(?:&|$)")
_LAST = re.compile(r"(?:^|&)last=([A-Za-z0-9_.:-]{1,80})(?:&|$)")
_ONCE = {"content-length", "transfer-encoding", "host", "last-event-id"}
_MOST_FIELDS = 64


@dataclass(slots=True)
class Request:
    """One request's head. ``action`` is ``watch``, ``say``, ``state``, ``enter``, ``health``, ``bench`` or empty (no such
    place). ``length`` is the announced size of the body in bytes."""

    method: str
    action: str
    channel: str
    token: str
    last: str
    length: int
    keep: bool
    origin: str
    host: str
    forwarded: str


def parse(head: bytes) -> Request:
    """Read what stands before the empty line; ``Refusal`` 400, 411, 417 or 501 when it cannot be answered."""
    match = _HEAD.fullmatch(head)
    if match is None or match[4].count(b"\r\n") > _MOST_FIELDS:
        raise Refusal(400)
    method, target, minor, lines = match.groups()
    fields = _fields(lines)
    if "transfer-encoding" in fields:
        raise Refusal(501 if method != b"POST" else 411)
    if "expect" in fields:
        raise Refusal(417)
    if minor == b"1" and "host" not in fields:
        raise Refusal(400)
    action, channel, query = _target(target.decode("ascii"))
    token = _TOKEN.search(query)
    last = fields.get("last-event-id") or _first(_LAST.search(query))
    asked = fields.get("connection", "").lower()
    keep = "close" not in asked if minor == b"1" else "keep-alive" in asked
    return Request(
        method.decode(), action, channel, _first(token), last[:80], _length(fields.get("content-length")),
        keep, fields.get("origin", ""), fields.get("host", ""), fields.get("x-forwarded-for", ""),
    )  # fmt: skip


def _fields(lines: bytes) -> dict[str, str]:
    """The fields that matter here, names in small letters; one that may stand only once and stands twice is refused."""
    found: dict[str, str] = {}
    for name, value in _WANTED.findall(lines):
        key, text = name.decode().lower(), value.decode("latin-1").strip(" \t")
        if key in found and key in _ONCE:
            raise Refusal(400)
        found[key] = text
    return found


def _length(text: str | None) -> int:
    if text is None:
        return 0
    # int() would also take "+1", "1_0" and digits of other scripts.
    if not (text.isascii() and text.isdigit() and len(text) < 16):
        raise Refusal(400)
    return int(text)


def _target(target: str) -> tuple[str, str, str]:
    """Action, channel and query."""
    match = _TARGET.fullmatch(target)
    if match is None:
        return "", "", ""
    place, channel, under, query = match.groups()
    if channel is None:
        return place.partition("/")[0], "", query or ""
    return (under or "/watch")[1:], channel, query or ""


def _first(match: re.Match[str] | None) -> str:
    return match[1] if match else ""
