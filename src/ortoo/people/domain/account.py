"""What happens to accounts."""

import secrets
from collections.abc import Sequence

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


@transaction.atomic
def open_clerks(units: Sequence[Unit], *, by: Actor) -> list[tuple[Unit, Account, str]]:
    """An account for the clerk of every unit that has none, named after the unit's code; with the passwords, to be handed out."""
    has = set(Role.objects.filter(kind=Role.Kind.CLERK, unit__in=units).values_list("unit_id", flat=True))
    opened = []
    for unit in units:
        if unit.pk not in has:
            account, secret = open_account(f"u{unit.code}", by=by, title=unit.name)
            give_role(account, Role.Kind.CLERK, unit, by=by)
            opened.append((unit, account, secret))
    return opened


def _keep_an_administrator(account: Account) -> None:
    admins = Role.objects.filter(kind=Role.Kind.ADMINISTRATOR, account__is_active=True)
    if admins.filter(account=account).exists() and not admins.exclude(account=account).exists():
        raise LastAdministrator
