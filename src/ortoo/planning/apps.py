"""Planning."""

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "ortoo.planning"
    label = "planning"
