"""Planning: rules, plans, publishing, notices."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlanningConfig(AppConfig):
    name = "ortoo.planning"
    label = "planning"
    verbose_name = _("Planning")

    def ready(self) -> None:
        """Announce pages, long work and what waits."""
        from ortoo.participation import links
        from ortoo.planning import jobs, permissions, rooms_work, waiting  # noqa: F401 - jobs registers itself
        from ortoo.planning.domain.plan import SOLVE
        from ortoo.planning.domain.rooming import ROOMS
        from ortoo.programmes.frame import Page, register, register_figures
        from ortoo.ui import long_work
        from ortoo.ui import waiting as home

        register(Page("plan", "rules", _("Rules"), "planning:rules", permissions.may_organise, order=10, kind="rotation"))
        register(Page("plan", "plans", _("Plans"), "planning:plans", permissions.may_organise, order=20, kind="rotation"))
        register(
            Page("run", "notices", _("Notices"), "planning:latest-notices", permissions.may_get_notices, order=5, kind="rotation")
        )
        register(Page("run", "why", _("Why this term?"), "planning:why", permissions.may_ask_why, order=7, kind="rotation"))
        register(
            Page("plan", "plan-route", _("Plan the route"), "planning:route", permissions.may_organise, order=25, kind="tour")
        )
        register(Page("plan", "seats", _("Seats"), "planning:seats", permissions.may_organise, order=30, kind="tour"))
        register(Page("run", "rooms", _("Rooms"), "planning:rooms-first", permissions.may_host, order=15, kind="rotation"))
        register_figures(waiting.figures, kind="rotation")
        long_work.register(SOLVE, long_work.LongWork(_("Planning"), waiting.may_see_job, waiting.page_of_job))
        long_work.register(ROOMS, long_work.LongWork(_("Giving rooms"), rooms_work.may_see, rooms_work.page_of))
        links.register(waiting.links_of_term)
        home.register(waiting.plans_waiting)
        home.register(rooms_work.without_bed_soon)
