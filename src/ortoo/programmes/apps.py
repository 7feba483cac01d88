"""Programmes: rotations and tours, their legs, and the duties on each leg."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgrammesConfig(AppConfig):
    name = "ortoo.programmes"
    label = "programmes"
    verbose_name = _("Programmes")

    def ready(self) -> None:
        from ortoo.programmes import frame, waiting
        from ortoo.programmes.models import Programme
        from ortoo.programmes.permissions import may_host, may_organise, may_see, may_see_order, may_see_talks
        from ortoo.ui import navigation, route
        from ortoo.ui import waiting as home

        navigation.register(navigation.Item("programmes", _("Programmes"), "programmes:list", icon="route", order=20))
        route.register(frame.stations)
        frame.register(frame.Page("prepare", "programme", _("Overview"), "programmes:programme", may_see, order=10))
        frame.register(frame.Page("prepare", "roles", _("Who runs it"), "programmes:roles", may_organise, order=90))
        rotation, tour = Programme.Kind.ROTATION, Programme.Kind.TOUR
        frame.register(frame.Page("prepare", "legs", _("Terms"), "programmes:legs", may_see, order=20, kind=rotation))
        frame.register(frame.Page("run", "duties", _("Duties"), "programmes:duties", may_host, order=10, kind=rotation))
        frame.register(frame.Page("prepare", "stops", _("Stops"), "programmes:stops", may_see, order=20, kind=tour))
        frame.register(frame.Page("prepare", "speakers", _("Speakers"), "programmes:speakers", may_organise, order=30, kind=tour))
        frame.register(frame.Page("prepare", "talks", _("Talks"), "programmes:talks", may_see_talks, order=35, kind=tour))
        frame.register(frame.Page("plan", "route", _("Route"), "programmes:route", may_see, order=10, kind=tour))
        frame.register(frame.Page("run", "order", _("Running order"), "programmes:order", may_see_order, order=5, kind=tour))
        frame.register(
            frame.Page("plan", "itinerary", _("Itineraries"), "programmes:itinerary", may_see_order, order=40, kind=tour)
        )
        frame.register(frame.Page("run", "checklist", _("Checklist"), "programmes:duties", may_host, order=10, kind=tour))
        home.register(waiting.programmes_waiting)
        home.register(waiting.duties_that_wait)
        home.register(waiting.scripts_that_wait)
        home.register(waiting.talks_that_wait)
