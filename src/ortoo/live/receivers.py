"""What participation tells: the doors of a stop were counted, or lines came in after that."""

from collections.abc import Iterable
from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext as _

from ortoo.kernel.actor import Actor
from ortoo.live.domain.reach import ReachDraft, feed
from ortoo.live.models import Audience, Provenance, ReachEntry
from ortoo.participation.checkin.queries import walk_in_count
from ortoo.participation.domain.scan import DoorFigure, figures_of
from ortoo.participation.signals import doors_counted, scans_kept
from ortoo.programmes.models import Leg


@receiver(doors_counted)
def feed_doors(leg: Leg, by: Actor, figures: Iterable[DoorFigure], walk_ins: int, **kwargs: Any) -> None:
    """A figure for each delegation, by its unit, and one for all walk-ins. The same again changes nothing; nobody in, no figure."""
    for figure in figures:
        feed(leg, f"door:{figure.delegation.pk}", _draft(leg, figure) if figure.number else None, by=by)
    feed(leg, "door:walk-ins", _walk_ins(walk_ins) if walk_ins else None, by=by)


@receiver(scans_kept)
def feed_late_lines(leg: Leg, by: Actor, **kwargs: Any) -> None:
    """Keep figures that stand in step with lines that come later; before the first count the ledger waits."""
    if ReachEntry.objects.filter(leg=leg, reference__startswith="door:", taken_back=None).exists():
        feed_doors(leg=leg, by=by, figures=figures_of(leg), walk_ins=walk_in_count(leg))


def _draft(leg: Leg, figure: DoorFigure) -> ReachDraft:
    unit = figure.delegation.unit
    inside = unit if unit and leg.programme.unit.holds(unit.path) else None
    return ReachDraft(Provenance.SCANNED, figure.number, _("doors: %(name)s") % {"name": figure.delegation.name}, unit=inside)


def _walk_ins(number: int) -> ReachDraft:
    # Whose people they are nobody asked at the door: no unit.
    return ReachDraft(Provenance.SCANNED, number, _("doors: people without a ticket, noted by name"), Audience.WALK_IN)
