"""What viewers of a stop are led to."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from ortoo.live.further import Further
from ortoo.outcomes.models import MessageDesk
from ortoo.programmes.models import Leg


def words_to_speakers(leg: Leg) -> Iterator[Further]:
    """The page to write on, while it takes messages."""
    for desk in MessageDesk.objects.filter(leg=leg, is_open=True):
        yield Further(reverse("outcomes:write", args=[desk.key]), _("Write to the speakers"), "message-square")
