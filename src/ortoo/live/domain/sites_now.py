"""How a stop's viewing sites stand in a few numbers, for every screen that follows its session."""

from typing import Any

from ortoo.live.models import HeadCount, ViewingSite
from ortoo.live.queries import heads_of, standing_counts
from ortoo.programmes.models import Leg


def sites_topic(leg: Leg) -> dict[str, Any]:
    """Under `sites` the sites of a stop added up, or nothing where there are none; two queries.

    Numbers alone and no names, as whoever has the viewers' link reads them. `heads` adds up each site's largest moment;
    `before`, `during` and `after` what was counted then, None where nobody has counted; `counted` sites have counted at all.
    """
    screens = dict(ViewingSite.objects.filter(leg=leg).values_list("pk", "screen"))
    if not screens:
        return {}
    counts = standing_counts(screens)
    about: dict[str, Any] = {"sites": len(screens), "counted": len(counts)}
    about["heads"] = sum(heads_of(each) or 0 for each in counts.values())
    for moment in HeadCount.Moment.values:
        said = [each[moment].heads for each in counts.values() if moment in each]
        about[moment] = sum(said) if said else None
    said_of = list(screens.values())
    return {"sites": about | {"screens": {screen: said_of.count(screen) for screen in ViewingSite.Screen.values}}}
