"""Who runs a programme besides its unit's own organisers."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ortoo.kernel import audit
from ortoo.kernel.actor import Actor
from ortoo.kernel.refused import Refused
from ortoo.people.models import Account, Role
from ortoo.programmes.models import Programme, ProgrammeRole

GIVEN = (Role.Kind.ORGANISER, Role.Kind.HOST)


class RoleNotGiven(Refused):
    sentence = _("Only the roles organiser and host are given in one programme.")


class RoleGivenAlready(Refused):
    sentence = _("%(account)s already has this role in this programme.")


class AccountNotActive(Refused):
    sentence = _("%(account)s may not sign in any more.")


@transaction.atomic
def give_role(programme: Programme, account: Account, kind: str, *, by: Actor) -> ProgrammeRole:
    """Give an account the organiser's or host's role in this programme only."""
    if kind not in GIVEN:
        raise RoleNotGiven
    if not account.is_active:
        raise AccountNotActive(account=account)
    if programme.roles.filter(account=account, kind=kind).exists():
        raise RoleGivenAlready(account=account)
    account.__dict__.pop("_lent_read", None)
    role = ProgrammeRole.objects.create(programme=programme, account=account, kind=kind)
    after = {"account": account.username, "role": kind}
    audit.record("give_programme_role", programme, by=by, after=after, unit_path=programme.unit.path)
    return role


@transaction.atomic
def take_role(role: ProgrammeRole, *, by: Actor) -> None:
    """Take a role in one programme back."""
    before = {"account": role.account.username, "role": role.kind}
    programme = role.programme
    audit.record("take_programme_role", programme, by=by, before=before, unit_path=programme.unit.path)
    role.account.__dict__.pop("_lent_read", None)
    role.delete()
