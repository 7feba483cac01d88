"""What an account may do with persons, units and other accounts."""

from ortoo.people.models import Account, Person, Role, Unit
from ortoo.people.queries import SEES_PEOPLE, has_role, subtrees


def may_see_people(account: Account) -> bool:
    """Open the lists of persons and units."""
    return has_role(account, *SEES_PEOPLE)


def may_see_units(account: Account) -> bool:
    """Open the tree of units."""
    return has_role(account, *SEES_PEOPLE, Role.Kind.HOST, Role.Kind.ADMINISTRATOR)


def may_change_person(account: Account, person: Person) -> bool:
    """Organisers and clerks, for persons of their own units."""
    return any(person.unit.path.startswith(path) for path in subtrees(account, *SEES_PEOPLE))


def may_add_person(account: Account, unit: Unit) -> bool:
    """Organisers and clerks, to units of their own."""
    return any(unit.path.startswith(path) for path in subtrees(account, *SEES_PEOPLE))


def may_change_units(account: Account, unit: Unit | None = None) -> bool:
    """Administrators everywhere, organisers below their own unit."""
    if has_role(account, Role.Kind.ADMINISTRATOR):
        return True
    return unit is not None and any(unit.path.startswith(path) for path in subtrees(account, Role.Kind.ORGANISER))


def may_run_accounts(account: Account) -> bool:
    """Administrators all accounts; organisers those of clerks, hosts and participants below their unit."""
    return has_role(account, Role.Kind.ADMINISTRATOR, Role.Kind.ORGANISER)


def kinds_to_give(account: Account) -> list[str]:
    """The roles that an account may give."""
    if has_role(account, Role.Kind.ADMINISTRATOR):
        return list(Role.Kind.values)
    return [Role.Kind.CLERK, Role.Kind.HOST, Role.Kind.PARTICIPANT] if has_role(account, Role.Kind.ORGANISER) else []


def may_see_audit(account: Account) -> bool:
    """The record of changes: administrators all of it, organisers what concerns their units."""
    return has_role(account, Role.Kind.ADMINISTRATOR, Role.Kind.ORGANISER)
