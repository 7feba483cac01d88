"""People: units as a tree, persons, accounts and their roles."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "ortoo.people"
    label = "people"
    verbose_name = _("People")

    def ready(self) -> None:
        """Put the lists into the main navigation."""
        from ortoo.people import permissions as may
        from ortoo.ui.navigation import Item, register

        register(Item("people", _("People"), "people:persons", "users", 30, lambda r: may.may_see_people(r.user)))
        register(Item("units", _("Units"), "people:units", "network", 40, lambda r: may.may_see_units(r.user)))
        register(Item("accounts", _("Accounts"), "people:accounts", "key-round", 70, lambda r: may.may_run_accounts(r.user)))
        register(Item("audit", _("Changes"), "people:audit", "history", 80, lambda r: may.may_see_audit(r.user)))
