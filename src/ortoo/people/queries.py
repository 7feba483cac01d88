"""Who sees which units and persons."""

from django.db.models import Q, QuerySet

from ortoo.kernel.models import AuditEntry
from ortoo.people.models import Account, Person, Role, Unit

SEES_PEOPLE = (Role.Kind.ORGANISER, Role.Kind.CLERK)


def roles_of(account: Account) -> list[Role]:
    """The account's roles with their units, read once a request."""
    kept: list[Role] | None = getattr(account, "_roles_read", None)
    if kept is None:
        kept = list(account.roles.select_related("unit")) if account.pk and account.is_active else []
        account._roles_read = kept  # type: ignore[attr-defined]
    return kept


def has_role(account: Account, *kinds: str) -> bool:
    """Whether the account has one of these roles anywhere."""
    return any(role.kind in kinds for role in roles_of(account))


def subtrees(account: Account, *kinds: str) -> list[str]:
    """The paths of the units below which the account has one of these roles."""
    return [role.unit.path for role in roles_of(account) if role.kind in kinds and role.unit]


def below(paths: list[str], field: str = "path") -> Q:
    """The condition that `field` lies below one of `paths`; nothing when there are none."""
    condition = Q(pk__in=[])
    for path in paths:
        condition |= Q(**{f"{field}__startswith": path})
    return condition


def units_visible_to(account: Account) -> QuerySet[Unit]:
    """Units below the account's own; all of them for an administrator."""
    if has_role(account, Role.Kind.ADMINISTRATOR):
        return Unit.objects.all()
    return Unit.objects.filter(below(subtrees(account, *SEES_PEOPLE, Role.Kind.HOST)))


def units_run_by(account: Account) -> QuerySet[Unit]:
    """Units for which the account may give roles: an organiser's own and below; all for an administrator."""
    if has_role(account, Role.Kind.ADMINISTRATOR):
        return Unit.objects.all()
    return Unit.objects.filter(below(subtrees(account, Role.Kind.ORGANISER)))


def units_to_staff(account: Account) -> QuerySet[Unit]:
    """Units whose people the account may add and change."""
    return Unit.objects.filter(below(subtrees(account, *SEES_PEOPLE)))


def persons_to_give_accounts(account: Account) -> QuerySet[Person]:
    """Persons without an account for whom the account may open one."""
    persons = Person.objects.filter(account=None)
    if has_role(account, Role.Kind.ADMINISTRATOR):
        return persons
    return persons.filter(below(subtrees(account, Role.Kind.ORGANISER), "unit__path"))


def persons_visible_to(account: Account) -> QuerySet[Person]:
    """Persons of the units for which the account organises or clerks, and the account's own person."""
    seen = below(subtrees(account, *SEES_PEOPLE), "unit__path")
    if account.person_id:
        seen |= Q(pk=account.person_id)
    return Person.objects.filter(seen)


def accounts_visible_to(account: Account) -> QuerySet[Account]:
    """All for an administrator; for an organiser those whose every role lies below its own unit."""
    accounts = Account.objects.prefetch_related("roles__unit").select_related("person")
    if has_role(account, Role.Kind.ADMINISTRATOR):
        return accounts
    paths = subtrees(account, Role.Kind.ORGANISER)
    inside = Role.objects.filter(below(paths, "unit__path")).exclude(kind__in=[Role.Kind.ORGANISER, Role.Kind.ADMINISTRATOR])
    persons = Q(person__in=Person.objects.filter(below(paths, "unit__path")))
    outside = Role.objects.exclude(pk__in=inside.values("pk")).exclude(kind=Role.Kind.PARTICIPANT, unit=None)
    return accounts.filter(Q(roles__in=inside) | persons).exclude(roles__in=outside).distinct()


def audit_visible_to(account: Account) -> QuerySet[AuditEntry]:
    """All for an administrator; for an organiser what concerns units below its own, and what it did itself."""
    if has_role(account, Role.Kind.ADMINISTRATOR):
        return AuditEntry.objects.all()
    return AuditEntry.objects.filter(below(subtrees(account, Role.Kind.ORGANISER), "unit_path") | Q(by_id=account.pk))
