"""Learning: what people lack by module, and what each term should teach."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LearningConfig(AppConfig):
    name = "ortoo.learning"
    label = "learning"
    verbose_name = _("Learning")

    def ready(self) -> None:
        from ortoo.learning.links import own_needs
        from ortoo.learning.permissions import may_see_needs
        from ortoo.participation import links
        from ortoo.programmes import frame

        frame.register(frame.Page("prepare", "needs", _("Needs"), "learning:needs", may_see_needs, order=60, kind="rotation"))
        links.register(own_needs)
