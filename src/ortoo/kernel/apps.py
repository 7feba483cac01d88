"""The kernel: what every app stands on and that knows none of them."""

from types import ModuleType

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from ortoo.kernel.catalogue import compile_catalogue


class KernelConfig(AppConfig):
    name = "ortoo.kernel"
    label = "kernel"
    verbose_name = _("Kernel")

    def __init__(self, app_name: str, app_module: ModuleType) -> None:
        super().__init__(app_name, app_module)
        # Whatever starts Ortoo, a clone's first process too, speaks Chinese. Models already speak when they load: ready() is too late.
        compile_catalogue()
