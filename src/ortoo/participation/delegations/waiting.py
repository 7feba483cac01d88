"""What waits for the contacts of delegations: seats to be claimed, names to be written."""

from django.urls import reverse
from django.utils.translation import gettext as _

from ortoo.participation.delegations.queries import to_claim
from ortoo.participation.models import Delegation
from ortoo.people.models import Account, Role
from ortoo.people.queries import has_role
from ortoo.ui.waiting import MOST, Waiting


def seats_that_wait(account: Account) -> list[Waiting]:
    """Delegations of the account's own units that are not claimed or not filled with names yet; one query."""
    return [_waiting(each) for each in to_claim(account, MOST)] if has_role(account, Role.Kind.CLERK) else []


def _waiting(delegation: Delegation) -> Waiting:
    leg = delegation.leg
    title = _("%(delegation)s: %(count)s seats at %(stop)s") % {
        "delegation": delegation.name,
        "count": delegation.given,
        "stop": leg.name,
    }
    claimed = delegation.claimed_at is not None
    why = _("Names are still missing.") if claimed else _("Say with how many you come.")
    href = reverse("participation:names" if claimed else "participation:delegation", args=[leg.programme.key, delegation.pk])
    return Waiting(title, why, leg.day, href, _("Write names") if claimed else _("Claim"), programme=leg.programme.key)
