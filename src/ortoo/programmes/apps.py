"""Programmes: rotations and tours, their legs, and the duties on each leg."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgrammesConfig(AppConfig):
    name = "ortoo.programmes"
    label = "programmes"
    verbose_name = _("Programmes")
