"""Live: viewing sites with their tests and counts, and the ledger of how many were reached."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LiveConfig(AppConfig):
    name = "ortoo.live"
    label = "live"
    verbose_name = _("Live")

    def ready(self) -> None:
        from ortoo.live import jobs, receivers, waiting  # noqa: F401
        from ortoo.live.permissions import shows_desk, shows_sites
        from ortoo.programmes import frame
        from ortoo.ui import waiting as home

        frame.register(frame.Page("run", "live", _("Live"), "live:desk", shows_desk, order=25))
        frame.register(frame.Page("run", "sites", _("Viewing sites"), "live:sites", shows_sites, order=30))
        frame.register(frame.Page("outcomes", "reach", _("Reach"), "live:reach", shows_sites, order=10))
        home.register(waiting.sites_waiting)
        home.register(waiting.questions_waiting)
