"""Who may read and speak on a channel: a token signed by the house, checked by the hub without a database."""

import base64
import hmac
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")
KIND = re.compile(r"[a-z][a-z_]{0,31}")
#: Begins the names of screens (wall, desk, tablet), which read along and are no single viewers.
SCREEN = "screen-"
_PURPOSE = b"ortoo live viewer 1\0"
_LONGEST = 1024


@dataclass(frozen=True, slots=True)
class Viewer:
    """``name`` on ``channel``, who may say the kinds in ``may`` until ``until`` (seconds since 1970)."""

    channel: str
    name: str
    may: frozenset[str]
    until: int

    @property
    def is_screen(self) -> bool:
        """Whether it is a screen of the house, which is not counted among those watching."""
        return self.name.startswith(SCREEN)


class BadToken(ValueError):
    """The token was not signed by this house, was changed, or is over."""


def sign(secret: str, channel: str, name: str, may: Iterable[str], until: int) -> str:
    """A token of URL-safe characters; ValueError when a name holds other than letters, digits, ``-`` and ``_``."""
    kinds = sorted(set(may))
    if not NAME.fullmatch(channel) or not NAME.fullmatch(name):
        raise ValueError("channel and viewer are named with 1 to 64 of A-Z a-z 0-9 _ -")
    if not all(KIND.fullmatch(kind) for kind in kinds):
        raise ValueError("a kind is named with small letters and _")
    body = _encode(json.dumps([channel, name, kinds, until], separators=(",", ":")).encode())
    token = f"{body}.{_encode(_seal(secret, body.encode()))}"
    if len(token) > _LONGEST:
        raise ValueError("too many kinds for one token")
    return token


def check(secret: str, token: str, now: float) -> Viewer:
    """The viewer whom the token names; ``BadToken`` says why not."""
    body, dot, seal = token.partition(".")
    if not dot or len(token) > _LONGEST:
        raise BadToken("not a token")
    try:
        given = _decode(seal)
        if not hmac.compare_digest(given, _seal(secret, body.encode())):
            raise BadToken("not signed here")
        channel, name, kinds, until = json.loads(_decode(body))
    except BadToken:
        raise
    except ValueError:  # Not base64, not ASCII, not JSON, not four parts.
        raise BadToken("not a token") from None
    if until <= now:
        raise BadToken("over")
    return Viewer(channel, name, frozenset(kinds), until)


def _seal(secret: str, body: bytes) -> bytes:
    return hmac.digest(secret.encode(), _PURPOSE + body, "sha256")


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
