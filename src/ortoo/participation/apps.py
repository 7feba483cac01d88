"""Participation: who is nominated, and who has a place on which leg."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ParticipationConfig(AppConfig):
    name = "ortoo.participation"
    label = "participation"
    verbose_name = _("Participation")

    def ready(self) -> None:
        from ortoo.participation import waiting
        from ortoo.participation.checkin import waiting as doors_waiting
        from ortoo.participation.delegations import waiting as delegations_waiting
        from ortoo.participation.delegations.permissions import may_see_delegations
        from ortoo.participation.permissions import may_see_nominations
        from ortoo.participation.quotas import waiting as quotas_waiting
        from ortoo.participation.quotas.permissions import may_see_quotas
        from ortoo.people.models import Role
        from ortoo.people.queries import has_role
        from ortoo.programmes import frame
        from ortoo.programmes.permissions import may_host
        from ortoo.ui import navigation
        from ortoo.ui import waiting as home

        navigation.register(
            navigation.Item(
                "mine",
                _("My term"),
                "participation:mine",
                icon="calendar-check",
                order=15,
                shown=lambda request: getattr(request.user, "person_id", None) is not None,
            )
        )
        navigation.register(
            navigation.Item(
                "calendar",
                _("My calendar"),
                "participation:calendar",
                icon="calendar-check",
                order=16,
                shown=lambda request: (
                    request.user.is_authenticated
                    and (request.user.person_id is not None or has_role(request.user, Role.Kind.HOST))
                ),
            )
        )
        frame.register(
            frame.Page(
                "prepare", "people", _("Nominated"), "participation:nominations", may_see_nominations, order=50, kind="rotation"
            )
        )
        frame.register(
            frame.Page(
                "prepare",
                "delegations",
                _("Delegations"),
                "participation:delegations",
                may_see_delegations,
                order=50,
                kind="tour",
            )
        )
        frame.register(frame.Page("run", "doors", _("Doors"), "participation:doors-first", may_host, order=20, kind="tour"))
        frame.register_figures(waiting.figures, kind="rotation")
        home.register(waiting.my_term_waiting)
        home.register(delegations_waiting.seats_that_wait)
        frame.register(
            frame.Page("prepare", "quotas", _("Quotas"), "participation:quotas", may_see_quotas, order=40, kind="rotation")
        )
        home.register(quotas_waiting.quotas_to_fill)
        home.register(quotas_waiting.decisions)
        home.register(doors_waiting.doors_of_today)
