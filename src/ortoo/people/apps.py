"""People: units as a tree, persons, accounts and their roles."""

from collections.abc import Callable
from typing import Any

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "ortoo.people"
    label = "people"
    verbose_name = _("People")

    def ready(self) -> None:
        """Put the lists into the main navigation."""
        from ortoo.people import permissions as may
        from ortoo.ui.navigation import Item, register

        register(Item("people", _("People"), "people:persons", "users", 30, _shown(may.may_see_people)))
        register(Item("units", _("Units"), "people:units", "network", 40, _shown(may.may_see_units)))
        register(Item("accounts", _("Accounts"), "people:accounts", "key-round", 70, _shown(may.may_run_accounts)))
        register(Item("audit", _("Changes"), "people:audit", "history", 80, _shown(may.may_see_audit)))


def _shown(rule: Callable[[Any], bool]) -> Callable[[HttpRequest], bool]:
    """A link is shown to those whom the rule lets in."""
    return lambda request: request.user.is_authenticated and rule(request.user)
