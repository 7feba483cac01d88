"""What isn't right yet at a stop: sentences for the pages of those who prepare it."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from ortoo.programmes.models import Appearance, Leg
from ortoo.programmes.travel import Travel


def of_stop(leg: Leg, order: Sequence[Appearance]) -> list[str]:
    """Everything that stands in the way of holding a stop that is still to come; nothing for one that is over."""
    if leg.state == "done":
        return []
    said = [] if leg.settled else [_("It has no day yet.")]
    said += [] if leg.hall else [_("No hall is chosen yet.")]
    return said + [_blocked(each) for each in order if each.teller.blocked_on(leg.day)]


def of_ways(ways: Sequence[Travel]) -> list[str]:
    """Ways that are too far for the days between."""
    text = _("%(start)s to %(end)s: %(km)s km by road without a full day between.")
    return [text % {"start": way.start, "end": way.end, "km": f"{way.km:,.0f}"} for way in ways if way.hurried]


def _blocked(appearance: Appearance) -> str:
    said = {"speaker": appearance.teller, "talk": appearance.talk}
    understudy = appearance.talk.speaker.understudy
    if understudy is None or appearance.stood_in or understudy.blocked_on(appearance.leg.day):
        return _("%(speaker)s cannot come that day, and nobody stands in for “%(talk)s”.") % said
    said["understudy"] = understudy
    return _("%(speaker)s cannot come that day; %(understudy)s can step in for “%(talk)s”.") % said
