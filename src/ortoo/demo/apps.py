"""The demo: a region with its people and two rotations, all made up."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DemoConfig(AppConfig):
    name = "ortoo.demo"
    label = "demo"
    verbose_name = _("Demo")

    def ready(self) -> None:
        from ortoo.demo import marks
        from ortoo.ui import foot

        foot.register(marks.note)
