"""Participation: who is nominated, and who has a place on which leg."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ParticipationConfig(AppConfig):
    name = "ortoo.participation"
    label = "participation"
    verbose_name = _("Participation")
