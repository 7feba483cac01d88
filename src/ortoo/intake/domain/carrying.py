"""The work behind `apply` and `undo`: each in one transaction, each safe to run again."""

from django.db import transaction
from django.utils.translation import gettext as _

from ortoo.intake.domain import applying, directory, reading, undoing
from ortoo.intake.domain.applying import Say
from ortoo.intake.domain.delivery import ChangedSince
from ortoo.intake.models import Delivery
from ortoo.kernel import audit, clock
from ortoo.kernel.actor import Actor

State = Delivery.State


def carry_out_apply(delivery: Delivery, *, by: Actor, say: Say) -> dict[str, int]:
    """The work behind `apply`: all or nothing. A preview that is out of date is made again and then refused."""
    writer = applying.write if delivery.programme_id else directory.write
    try:
        return writer(delivery, by=by, say=say)
    except applying.ChangedSincePreview:
        Delivery.objects.filter(pk=delivery.pk).update(state=State.READING)
        delivery.refresh_from_db()
        reading.read(delivery, say=say)
        raise


def carry_out_undo(delivery: Delivery, *, by: Actor, rest: bool, say: Say) -> dict[str, int]:
    """The work behind `undo`. Raises ChangedSince when something was changed between the click and now."""
    with transaction.atomic():
        fresh = Delivery.objects.select_for_update(of=("self",)).get(pk=delivery.pk)
        if fresh.state != State.UNDOING:
            return {}  # an earlier run got this far before it was cut off
        found = undoing.undoing_of(delivery)
        if found.kept and not rest:
            raise ChangedSince(found)
        say(_("Undoing, all at once"), 0, found.size)
        undoing.carry_out(found, by=by)
        fresh.state, fresh.settled, fresh.settled_by = State.UNDONE, clock.now(), by.get_username()
        fresh.save()
        after = {"number": fresh.number, "kept": len(found.kept)}
        audit.record("undo_return", fresh, by=by, after=after, unit_path=delivery.unit.path if delivery.unit else "")
    return {"undone": found.size, "kept": len(found.kept)}
