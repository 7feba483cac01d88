"""What `./ortoo up` does the first time: the demo, or an empty house with its administrator."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from ortoo.demo.accounts import SignIn
from ortoo.demo.build import build_demo
from ortoo.kernel.actor import SYSTEM
from ortoo.people.domain.account import give_role, open_account
from ortoo.people.models import Account, Role, Unit

Say = Callable[[str], object]


def first_run(*, empty: bool, say: Say = print) -> list[SignIn]:
    """Fill an installation that has neither units nor accounts; otherwise do nothing. The sign-ins are said once."""
    if Unit.objects.exists() or Account.objects.exists():
        return []
    sign_ins = [open_first_administrator()] if empty else build_demo(by=SYSTEM, say=say)
    say(_("Sign in with (shown only now, write it down):"))
    for each in sign_ins:
        say(f"    {each.username:<14}{each.password}    {each.says}")
    return sign_ins


def open_first_administrator() -> SignIn:
    """The administrator of an empty house, who chooses a password at the first sign-in."""
    account, secret = open_account("admin", by=SYSTEM, title=_("Administrator"))
    give_role(account, Role.Kind.ADMINISTRATOR, None, by=SYSTEM)
    return SignIn("admin", secret, _("administrator; you will choose a password of your own"))
