"""Programmes: rotations and tours, their legs, and the duties on each leg."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgrammesConfig(AppConfig):
    name = "ortoo.programmes"
    label = "programmes"
    verbose_name = _("Programmes")

    def ready(self) -> None:
        from ortoo.programmes import frame, waiting
        from ortoo.programmes.permissions import may_host, may_organise, may_see
        from ortoo.ui import navigation, route
        from ortoo.ui import waiting as home

        navigation.register(navigation.Item("programmes", _("Programmes"), "programmes:list", icon="route", order=20))
        route.register(frame.stations)
        frame.register(frame.Page("prepare", "programme", _("Overview"), "programmes:programme", may_see, order=10))
        frame.register(frame.Page("prepare", "legs", _("Terms"), "programmes:legs", may_see, order=20))
        frame.register(frame.Page("prepare", "roles", _("Who runs it"), "programmes:roles", may_organise, order=90))
        frame.register(frame.Page("run", "duties", _("Duties"), "programmes:duties", may_host, order=10))
        home.register(waiting.programmes_waiting)
        home.register(waiting.duties_that_wait)
