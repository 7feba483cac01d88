"""The kernel: what every app stands on and that knows none of them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KernelConfig(AppConfig):
    name = "ortoo.kernel"
    label = "kernel"
    verbose_name = _("Kernel")
