"""Intake: units' files are read, previewed, decided on, applied, undone and handed back."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntakeConfig(AppConfig):
    name = "ortoo.intake"
    label = "intake"
    verbose_name = _("Intake of returns")

    def ready(self) -> None:
        from ortoo.intake import jobs, waiting  # noqa: F401  (jobs: its kinds register themselves)
        from ortoo.intake.permissions import may_record_units, may_return
        from ortoo.programmes import frame
        from ortoo.programmes.permissions import may_organise
        from ortoo.ui import navigation
        from ortoo.ui import waiting as home

        frame.register(frame.Page("prepare", "returns", _("Returns"), "intake:returns", may_return, order=40, kind="rotation"))
        frame.register(frame.Page("prepare", "forms", _("Blank forms"), "intake:forms", may_return, order=45, kind="rotation"))
        frame.register(
            frame.Page("prepare", "tour-file", _("From a workbook"), "intake:tour-files", may_organise, order=15, kind="tour")
        )
        frame.register_figures(waiting.figures, kind="rotation")
        home.register(waiting.deliveries_waiting)
        navigation.register(
            navigation.Item(
                "unit-intake",
                _("Take in units"),
                "intake:units",
                icon="network",
                order=60,
                shown=lambda request: request.user.is_authenticated and may_record_units(request.user),
            )
        )
