"""Intake."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "ortoo.intake"
    label = "intake"
