"""Ui."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "ortoo.ui"
    label = "ui"
