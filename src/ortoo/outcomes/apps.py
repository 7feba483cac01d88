"""Outcomes: messages to speakers and written reflections, moderated, quoted only with consent."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutcomesConfig(AppConfig):
    name = "ortoo.outcomes"
    label = "outcomes"
    verbose_name = _("Outcomes")

    def ready(self) -> None:
        from ortoo.live import further as onwards
        from ortoo.outcomes import further, waiting
        from ortoo.outcomes.permissions import may_moderate, may_read_reflections
        from ortoo.programmes import frame
        from ortoo.ui import navigation
        from ortoo.ui import waiting as home

        frame.register(frame.Page("outcomes", "messages", _("Messages to speakers"), "outcomes:messages", may_moderate, order=20))
        frame.register(
            frame.Page("outcomes", "reflections", _("Reflections"), "outcomes:reflections", may_read_reflections, order=30)
        )
        frame.register(frame.Page("outcomes", "quotes", _("To be quoted"), "outcomes:quotes", may_moderate, order=40))
        onwards.register(further.words_to_speakers)
        home.register(waiting.texts_waiting)
        home.register(waiting.words_received)
        navigation.register(
            navigation.Item(
                "words",
                _("Reflections and messages"),
                "outcomes:mine",
                icon="message-square",
                order=45,
                shown=lambda request: request.user.is_authenticated and request.user.person_id is not None,
            )
        )
