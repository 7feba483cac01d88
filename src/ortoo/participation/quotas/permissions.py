"""What an account may do with quotas and candidates."""

from ortoo.participation.quotas.models import Candidate, Quota
from ortoo.people.models import Account, Role
from ortoo.people.queries import has_role, subtrees
from ortoo.programmes.models import Programme
from ortoo.programmes.permissions import may_organise


def may_see_quotas(account: Account, programme: Programme) -> bool:
    """Open the tree: organisers all of it, clerks what is theirs."""
    return may_organise(account, programme) or has_role(account, Role.Kind.CLERK)


def may_answer(account: Account, quota: Quota) -> bool:
    """Decide what a unit asks and whom it proposes: organisers, and clerks of the unit that gave it the quota or above."""
    if may_organise(account, quota.programme):
        return True
    return quota.above is not None and _clerks_above(account, quota.above.unit.path)


def standing_of(account: Account, quota: Quota) -> str | None:
    """How far the account's word carries for people of this quota, a `Candidate.State`; None: it may not put any forward."""
    if may_organise(account, quota.programme):
        return Candidate.State.CONFIRMED
    if not _clerks_above(account, quota.unit.path):
        return None
    from_total = quota.above is None or quota.above.above_id is None
    return Candidate.State.APPROVED if from_total or may_answer(account, quota) else Candidate.State.PROPOSED


def _clerks_above(account: Account, path: str) -> bool:
    return any(path.startswith(own) for own in subtrees(account, Role.Kind.CLERK))
