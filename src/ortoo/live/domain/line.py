"""The line to the live hub: how it is set up, who may come in, and how it is. What viewers are told goes through `telling`."""

import hmac
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from ortoo.kernel import clock
from ortoo.live.models import LiveSession
from ortoo_hub import Configuration, HubAway, HubRefused, Publisher, Said, sign

#: What a single viewer may say.
VIEWER_SAYS = ("question", "vote", "answer", "reaction")
#: How long a page may stay open before its token is over, in seconds.
TOKEN_SECONDS = 36 * 3600


def configuration(host: str = "127.0.0.1", pages_port: int | None = None) -> Configuration:
    """How the hub runs here, by the settings."""
    return Configuration(
        folder=str(folder()),
        secret=secret(),
        host=host,
        port=settings.HUB_PORT,
        inner_port=settings.HUB_PORT + 1,
        nchan_port=settings.HUB_PORT + 2,
        engine="nchan" if settings.HUB == "nchan" else "hub",
        pages_port=None if settings.HUB_URL else pages_port,
        trusted_proxies=("127.0.0.1", "::1") if settings.HUB_URL else (),
        viewers=settings.HUB_VIEWERS,
    )


def folder() -> Path:
    """Where the hub keeps what must outlive a crash."""
    return Path(settings.DATA) / "live"


def picture_folder(session: LiveSession) -> Path:
    """Where picture and sound of a session lie, and what was recorded of it."""
    return folder() / "picture" / session.channel


def secret() -> str:
    """What tokens are signed with: follows from the installation's own secret."""
    return hmac.new(settings.SECRET_KEY.encode(), b"ortoo.live.hub", sha256).hexdigest()


def said() -> Said:
    """What viewers said."""
    return Said(folder() / "said.sqlite3")


@cache
def _publisher(path: Path) -> Publisher:
    # Pages ask only how it is; they do not wait for a hub that hangs.
    return Publisher(path, timeout=2.0)


def publisher() -> Publisher:
    """The way to the hub."""
    return _publisher(folder() / "hub.sock")


def status() -> dict[str, Any] | None:
    """How the hub is; None when it cannot be reached or is switched off."""
    if settings.HUB == "off":
        return None
    try:
        return publisher().status()
    except (HubAway, HubRefused):
        return None


def token(session: LiveSession, viewer: str, says: tuple[str, ...] = ()) -> str:
    """Lets this viewer watch the session and say these kinds of things."""
    return sign(secret(), session.channel, viewer, says, int(clock.now().timestamp()) + TOKEN_SECONDS)


def address(scheme: str, host: str) -> str:
    """Where a browser that sees the pages at `scheme://host` finds the hub; empty when it is switched off."""
    if settings.HUB == "off":
        return ""
    if settings.HUB_URL:
        return str(settings.HUB_URL)
    name = urlsplit(f"//{host}").hostname or host
    return f"{scheme}://{f'[{name}]' if ':' in name else name}:{settings.HUB_PORT}"
