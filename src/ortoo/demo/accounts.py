"""A sign-in for each role, with a password of this installation's own."""

from dataclasses import dataclass
from typing import Any

from ortoo.demo.said import said
from ortoo.kernel.actor import Actor
from ortoo.people.domain.account import give_role, new_password, open_account
from ortoo.people.models import Account, Person, Unit


@dataclass(frozen=True)
class SignIn:
    """How to sign in, to be printed once."""

    username: str
    password: str
    says: str


def open_accounts(participant: Person | None = None, *, by: Actor) -> tuple[dict[str, Account], list[SignIn]]:
    """The accounts of those who run things, or (with a person) that of the participant; and how to sign in.

    Nobody has to choose a new password: it is only a demo.
    """
    accounts, sign_ins = {}, []
    for entry in said()["account"]:
        if (entry["role"] == "participant") == (participant is not None):
            account, sign_in = _open(entry, participant, by)
            accounts[account.username] = account
            sign_ins.append(sign_in)
    return accounts, sign_ins


def _open(entry: dict[str, Any], person: Person | None, by: Actor) -> tuple[Account, SignIn]:
    title = f"{person.name}(演示)" if person else entry["title"]
    account, secret = open_account(
        entry["username"], by=by, password=new_password(), title=title, person=person, must_change=False
    )
    unit = Unit.objects.get(code=entry["unit"]) if "unit" in entry else None
    give_role(account, entry["role"], unit, by=by)
    return account, SignIn(entry["username"], secret, entry["says"])
