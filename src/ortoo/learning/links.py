"""The link to the short form on a participant's own page."""

from django.urls import reverse
from django.utils.translation import gettext as _

from ortoo.participation.queries import MyTerm


def own_needs(term: MyTerm) -> list[tuple[str, str]]:
    """For somebody nominated in a rotation that isn't over."""
    nomination = term.nomination
    if nomination is None or term.later_in_line == 2 or term.programme.state == "closed":
        return []
    return [(_("What I need to learn"), reverse("learning:say", args=[term.programme.key, nomination.person.staff_no]))]
