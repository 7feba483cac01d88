"""What must not be of the rooms of a term, as the pages say it: a room that two terms have, women and men in one."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from ortoo.participation.dorm.clashes import Clash, clashes_of
from ortoo.participation.dorm.queries import Taken
from ortoo.people.models import Account
from ortoo.planning.adapters.rooms import Standing
from ortoo.programmes.models import Leg
from ortoo.programmes.queries import visible_to
from ortoo.ui.dates import span


def clashes_said(legs: Sequence[Leg], account: Account) -> list[str]:
    """Rooms that a term has while another has them, on the days of these legs; a programme that the account can't open is not named."""
    found = clashes_of(legs)
    others = {clash.other.programme_id for clash in found}
    known = set(visible_to(account).filter(pk__in=others).values_list("pk", flat=True)) if others else set()
    return [_said(clash, clash.other.programme_id in known) for clash in found]


def amiss(term: Leg, now: Standing, taken: Iterable[Taken], account: Account) -> list[str]:
    """The same of one term, and what else must not be of its rooms, which is said under each room too."""
    words, found = now.amiss(), clashes_said([term], account)
    for one in taken:
        one.amiss = words.get(one.room.pk, [])
        found += [_("%(room)s: %(words)s") % {"room": one.room, "words": each} for each in one.amiss]
    return found


def _said(clash: Clash, known: bool) -> str:
    other = clash.other.name
    if clash.other.programme_id != clash.leg.programme_id:
        other = f"{clash.other.programme.title} {other}" if known else _("a term of another programme")
    said = {"room": clash.room, "leg": clash.leg.name, "other": other, "days": span(clash.first, clash.last)}
    if not clash.beds:
        return _("%(room)s: in use by %(leg)s and by %(other)s (%(days)s).") % said
    beds = {"beds": "、".join(map(str, clash.beds))}
    return _("%(room)s, bed %(beds)s: given in %(leg)s and in %(other)s (%(days)s).") % (said | beds)
