"""The kernel: what every app stands on and that knows none of them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from ortoo.kernel.catalogue import compile_catalogue


class KernelConfig(AppConfig):
    name = "ortoo.kernel"
    label = "kernel"
    verbose_name = _("Kernel")

    def ready(self) -> None:
        """Whatever starts Ortoo, a clone's first process too, speaks Chinese."""
        compile_catalogue()
