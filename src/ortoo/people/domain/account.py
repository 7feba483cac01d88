"""What happens to accounts."""

import secrets
from collections.abc import Sequence

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ortoo.kernel import audit
from ortoo.kernel.actor import Actor
from ortoo.kernel.ids import ALPHABET
from ortoo.kernel.refused import Refused
from ortoo.people.models import Account, Person, Role, Unit


class NameTaken(Refused):
    sentence = _("The sign-in name %(username)s is taken. Choose another.")


class WeakPassword(Refused):
    sentence = _("%(why)s")


class WrongPassword(Refused):
    sentence = _("The present password is not right.")


class LastAdministrator(Refused):
    sentence = _("This is the last account with the administrator's role. Give the role to another account first.")


class RoleNeedsUnit(Refused):
    sentence = _("The role %(role)s needs a unit.")


def new_password() -> str:
    """A password to be printed and changed at first sign-in: 12 letters in threes, 59 bits."""
    letters = [secrets.choice(ALPHABET) for _number in range(12)]
    return "-".join("".join(letters[start : start + 4]) for start in range(0, 12, 4))


@transaction.atomic
def open_account(
    username: str,
    *,
    by: Actor,
    password: str | None = None,
    title: str = "",
    person: Person | None = None,
    must_change: bool = True,
) -> tuple[Account, str]:
    """Open an account; gives it with its password, a new one unless `password` is given."""
    if Account.objects.filter(username=username).exists():
        raise NameTaken(username=username)
    secret = password or new_password()
    account = Account(username=username, title=title, person=person, must_change_password=must_change)
    account.set_password(secret)
    account.save()
    audit.record("open_account", account, by=by, after={"username": username, "title": title})
    return account, secret


@transaction.atomic
def choose_password(account: Account, old: str, new: str, *, by: Actor) -> None:
    """Change the own password. Refuses a wrong old one and a weak new one."""
    if not account.check_password(old):
        raise WrongPassword
    try:
        validate_password(new, account)
    except ValidationError as error:
        raise WeakPassword(why=" ".join(error.messages)) from None
    account.set_password(new)
    account.must_change_password = False
    account.save(update_fields=["password", "must_change_password"])
    audit.record("choose_password", account, by=by)


@transaction.atomic
def reset_password(account: Account, *, by: Actor) -> str:
    """Give a new password that has to be changed at the next sign-in; returns it, to be shown once."""
    secret = new_password()
    account.set_password(secret)
    account.must_change_password = True
    account.save(update_fields=["password", "must_change_password"])
    audit.record("reset_password", account, by=by)
    return secret


@transaction.atomic
def let_sign_in(account: Account, allowed: bool, *, by: Actor) -> None:
    """Shut an account or open it again; the last administrator's stays open."""
    if not allowed:
        _keep_an_administrator(account)
    before, account.is_active = account.is_active, allowed
    account.save(update_fields=["is_active"])
    audit.record("let_sign_in", account, by=by, before={"is_active": before}, after={"is_active": allowed})


@transaction.atomic
def choose_language(account: Account, language: str, *, by: Actor) -> None:
    """Remember the language in which the account reads."""
    if account.language != language:
        before, account.language = account.language, language
        account.save(update_fields=["language"])
        audit.record("choose_language", account, by=by, before={"language": before}, after={"language": language})


@transaction.atomic
def give_role(account: Account, kind: str, unit: Unit | None, *, by: Actor) -> Role:
    """Give a role for a unit and what lies below it; the same again changes nothing."""
    if unit is None and kind not in (Role.Kind.PARTICIPANT, Role.Kind.ADMINISTRATOR):
        raise RoleNeedsUnit(role=Role.Kind(kind).label)
    role, new = Role.objects.get_or_create(account=account, kind=kind, unit=unit)
    if new:
        after = {"role": kind, "unit": unit.code if unit else ""}
        audit.record("give_role", account, by=by, after=after, unit_path=unit.path if unit else "")
    return role


@transaction.atomic
def take_role(role: Role, *, by: Actor) -> None:
    """Take a role back; the last administrator keeps theirs."""
    if role.kind == Role.Kind.ADMINISTRATOR:
        _keep_an_administrator(role.account)
    before = {"role": role.kind, "unit": role.unit.code if role.unit else ""}
    audit.record("take_role", role.account, by=by, before=before, unit_path=role.unit.path if role.unit else "")
    role.delete()


def open_clerks(units: Sequence[Unit], *, by: Actor) -> list[tuple[Unit, Account, str]]:
    """An account for the clerk of every unit that has none, named after the unit's code; with the passwords, to be handed out.

    Passwords are hashed before the transaction: a hundred take seconds, in which nobody else should have to wait.
    """
    has = set(Role.objects.filter(kind=Role.Kind.CLERK, unit__in=units).values_list("unit_id", flat=True))
    wanted = [unit for unit in units if unit.pk not in has]
    opened = []
    for unit, username in zip(wanted, _free_names(wanted), strict=True):
        secret = new_password()
        account = Account(username=username, title=unit.name, must_change_password=True, password=make_password(secret))
        opened.append((unit, account, secret))
    _write_clerks([(unit, account) for unit, account, _secret in opened], by)
    return opened


def _free_names(units: Sequence[Unit]) -> list[str]:
    """A name for each: u and its code; with -2 and so on where an older account has that name."""
    taken = set(Account.objects.filter(username__startswith="u").values_list("username", flat=True))
    names = []
    for unit in units:
        name, number = f"u{unit.code}", 2
        while name in taken:
            name, number = f"u{unit.code}-{number}", number + 1
        names.append(name)
    return names


@transaction.atomic
def _write_clerks(clerks: Sequence[tuple[Unit, Account]], by: Actor) -> None:
    Account.objects.bulk_create([account for _unit, account in clerks], batch_size=500)
    Role.objects.bulk_create([Role(account=a, kind=Role.Kind.CLERK, unit=unit) for unit, a in clerks], batch_size=500)
    opened = [audit.Change(a, {}, {"username": a.username, "title": a.title}, unit.path) for unit, a in clerks]
    given = [audit.Change(a, {}, {"role": Role.Kind.CLERK, "unit": unit.code}, unit.path) for unit, a in clerks]
    audit.record_many("open_account", opened, by=by)
    audit.record_many("give_role", given, by=by)


def _keep_an_administrator(account: Account) -> None:
    admins = Role.objects.filter(kind=Role.Kind.ADMINISTRATOR, account__is_active=True)
    if admins.filter(account=account).exists() and not admins.exclude(account=account).exists():
        raise LastAdministrator
