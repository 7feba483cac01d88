"""What an account may do with a programme."""

from ortoo.people.models import Account, Role
from ortoo.people.queries import has_role, subtrees
from ortoo.programmes.models import Leg, Programme, Talk
from ortoo.programmes.queries import legs_of, lent_to, speaker_of


def may_organise(account: Account, programme: Programme) -> bool:
    """Change it, read returns, plan, publish."""
    if any(programme.unit.path.startswith(path) for path in subtrees(account, Role.Kind.ORGANISER)):
        return True
    return Role.Kind.ORGANISER in _lent(account, programme)


def may_host(account: Account, programme: Programme) -> bool:
    """Sign off duties at the base."""
    held = subtrees(account, Role.Kind.HOST)
    bases = [programme.base, *(leg.base for leg in legs_of(programme))] if held else []
    if any(base.path.startswith(path) for base in bases if base for path in held):
        return True
    return Role.Kind.HOST in _lent(account, programme) or may_organise(account, programme)


def may_host_leg(account: Account, leg: Leg) -> bool:
    """Sign off the duties of one leg: hosts where it is held or of the programme's base, and organisers."""
    held = subtrees(account, Role.Kind.HOST)
    bases = (leg.base, leg.programme.base) if held else ()
    if any(base.path.startswith(path) for base in bases if base for path in held):
        return True
    return Role.Kind.HOST in _lent(account, leg.programme) or may_organise(account, leg.programme)


def may_see_talks(account: Account, programme: Programme) -> bool:
    """Open the list of talks: organisers all of them, speakers their own."""
    return may_organise(account, programme) or speaker_of(account, programme) is not None


def may_see_order(account: Account, programme: Programme) -> bool:
    """Open the running orders: organisers, hosts and speakers."""
    return may_see_talks(account, programme) or may_host(account, programme)


def may_write_script(account: Account, talk: Talk) -> bool:
    """Write versions and comments: organisers, the talk's speaker and their understudy."""
    if may_organise(account, talk.programme):
        return True
    speaker = speaker_of(account, talk.programme)
    return speaker is not None and speaker.pk in (talk.speaker_id, talk.speaker.understudy_id)


def may_see(account: Account, programme: Programme) -> bool:
    """Open pages that everybody may open who sees the programme at all."""
    return True


def may_start_programme(account: Account) -> bool:
    """Begin a new programme somewhere."""
    return has_role(account, Role.Kind.ORGANISER)


def _lent(account: Account, programme: Programme) -> set[str]:
    """The account's roles in this programme only."""
    return {role.kind for role in lent_to(account) if role.programme_id == programme.pk}
