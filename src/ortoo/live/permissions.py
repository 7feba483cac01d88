"""What an account may do with viewing sites and with the ledger of reach."""

from collections.abc import Iterable

from ortoo.live.models import ViewingSite
from ortoo.people.models import Account, Role
from ortoo.people.queries import has_role, subtrees
from ortoo.programmes.models import Leg, Programme
from ortoo.programmes.permissions import may_host, may_host_leg, may_organise


def may_see_sites(account: Account, programme: Programme) -> bool:
    """Open the board: organisers and hosts see all sites, clerks their own."""
    return has_role(account, Role.Kind.CLERK) or may_host(account, programme)


def may_register(account: Account, programme: Programme) -> bool:
    """Add sites: organisers anywhere in the programme, clerks in their own units."""
    return has_role(account, Role.Kind.CLERK) or may_organise(account, programme)


def may_change_site(account: Account, site: ViewingSite) -> bool:
    """Change it, see its link, write a count that came by telephone."""
    own = any(site.unit.path.startswith(path) for path in subtrees(account, Role.Kind.CLERK))
    return own or may_organise(account, site.leg.programme)


def sites_to_change(account: Account, programme: Programme, sites: Iterable[ViewingSite]) -> list[ViewingSite]:
    """Those of a programme's sites that the account may change; one look at its roles for all of them."""
    if may_organise(account, programme):
        return list(sites)
    own = subtrees(account, Role.Kind.CLERK)
    return [site for site in sites if any(site.unit.path.startswith(path) for path in own)]


def may_enter_reach(account: Account, programme: Programme) -> bool:
    """Enter figures, take them back, restore them; clerks report through their sites."""
    return may_organise(account, programme)


def shows_sites(account: Account, programme: Programme) -> bool:
    """Whether the pages stand among a programme's tabs: viewing sites belong to a tour."""
    return programme.kind == Programme.Kind.TOUR and may_see_sites(account, programme)


def may_moderate(account: Account, leg: Leg) -> bool:
    """Open and close a stop's live session, decide questions, ask polls, say what is on stage: who runs the day there."""
    return may_host_leg(account, leg)


def may_remove_recordings(account: Account, leg: Leg) -> bool:
    """Remove what was recorded, or keep it for good; whoever runs the day may fetch it and show it."""
    return may_organise(account, leg.programme)


def shows_desk(account: Account, programme: Programme) -> bool:
    """Whether the moderator's desk stands among a programme's tabs."""
    return programme.kind == Programme.Kind.TOUR and may_host(account, programme)
