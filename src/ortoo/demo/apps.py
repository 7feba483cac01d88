"""Demo."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "ortoo.demo"
    label = "demo"
