"""People: units as a tree, persons, accounts and their roles."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "ortoo.people"
    label = "people"
    verbose_name = _("People")
