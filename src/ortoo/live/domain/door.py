"""The door of a site: a link that nobody guesses, for somebody without an account. Nothing secret is kept for it."""

from datetime import timedelta

from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from ortoo.kernel import clock
from ortoo.kernel.refused import Refused
from ortoo.live.models import ViewingSite

#: How long after the last day of the stop figures and photographs may still come.
LATE = timedelta(days=14)
LETTERS = 32


class DoorClosed(Refused):
    sentence = _("The stop %(leg)s is over, and this page takes nothing more. Ring the organiser if something is missing.")
    status = 410


class AtTheDoor:
    """For the record of changes: whoever holds the site's link."""

    pk: int | None = None

    def __init__(self, site: ViewingSite) -> None:
        self.name = f"{_('viewing site')} {site.name}"[:150]

    def get_username(self) -> str:
        """The name under which the act is recorded."""
        return self.name


def code_of(site: ViewingSite) -> str:
    """The secret part of the link: 128 bits that follow from the site's key, its link's number and our own secret."""
    return salted_hmac("ortoo.live.door", f"{site.key}:{site.link_number}", algorithm="sha256").hexdigest()[:LETTERS]


def find(key: str, code: str) -> ViewingSite | None:
    """The site whose present link this is; None for a wrong or renewed one."""
    site = ViewingSite.objects.filter(key=key).select_related("leg__programme__unit", "unit").first()
    return site if site and constant_time_compare(code, code_of(site)) else None


def demand_open(site: ViewingSite) -> None:
    """DoorClosed when the stop has been over for longer than `LATE`."""
    if clock.today() > site.leg.ends + LATE:
        raise DoorClosed(leg=site.leg)
