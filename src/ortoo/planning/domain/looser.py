"""Limits that give way in one plan alone: allowed by name and with a reason before anybody is told."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from ortoo.kernel import clock
from ortoo.kernel.actor import Actor
from ortoo.kernel.refused import Refused

REASON_MOST = 200


class NeedsWhy(Refused):
    sentence = _("Say why these limits may be loosened; it is shown beside them.")
    status = 400


def allowed(looser: Sequence[Mapping[str, Any]], reason: str, *, by: Actor) -> list[dict[str, Any]]:
    """The same with the reason, the name and the moment (ISO text) where nobody has allowed it yet; NeedsWhy without a reason."""
    reason = reason.strip()[:REASON_MOST]
    if not reason and any(not each.get("reason") for each in looser):
        raise NeedsWhy
    said = {"reason": reason, "by_name": by.get_username(), "at": clock.now().isoformat()}
    return [dict(each) if each.get("reason") else {**each, **said} for each in looser]
