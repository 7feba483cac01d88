"""The intake's long work: reading, applying, undoing. Each may be run again from its start."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from django.conf import settings
from django.utils import translation

from ortoo.intake.domain import carrying, reading
from ortoo.intake.models import Delivery
from ortoo.kernel import jobs
from ortoo.kernel.actor import SYSTEM, Actor
from ortoo.kernel.jobs import Progress, StopAsked
from ortoo.kernel.refused import Refused
from ortoo.people.models import Account

State = Delivery.State


def _apply_abandoned(*, delivery: int) -> None:
    Delivery.objects.filter(pk=delivery, state=State.APPLYING).update(state=State.READY)


def _undo_abandoned(*, delivery: int, rest: bool) -> None:
    Delivery.objects.filter(pk=delivery, state=State.UNDOING).update(state=State.APPLIED)


@jobs.kind("intake.read")
def read(progress: Progress, *, delivery: int) -> dict[str, Any]:
    """Read a delivery's files, compare with what is known, keep the preview."""
    thing = _fetch(delivery)
    with _language(progress):
        try:
            return reading.read(thing, say=progress.say)
        except StopAsked:
            raise
        except Exception:
            Delivery.objects.filter(pk=delivery, state=State.READING).update(state=State.FAILED)
            raise


@jobs.kind("intake.apply", abandoned=_apply_abandoned)
def apply(progress: Progress, *, delivery: int) -> dict[str, Any]:
    """Record what the preview shows, in one transaction; a refusal puts the delivery back where it was."""
    by = _actor(progress)
    with _language(progress):
        return _or_back(delivery, State.APPLYING, State.READY, lambda d: carrying.carry_out_apply(d, by=by, say=progress.say))


@jobs.kind("intake.undo", abandoned=_undo_abandoned)
def undo(progress: Progress, *, delivery: int, rest: bool) -> dict[str, Any]:
    """Take a delivery back, in one transaction; a refusal puts it back where it was."""
    by = _actor(progress)
    with _language(progress):
        return _or_back(
            delivery, State.UNDOING, State.APPLIED, lambda d: carrying.carry_out_undo(d, by=by, rest=rest, say=progress.say)
        )


def _or_back(pk: int, during: str, before: str, work: Callable[[Delivery], dict[str, Any]]) -> dict[str, Any]:
    delivery = _fetch(pk)
    back = Delivery.objects.filter(pk=pk, state=during)
    try:
        return work(delivery)
    except Refused as refusal:
        back.update(state=before)
        Delivery.objects.filter(pk=pk).update(word=str(refusal)[:400])
        return {"refused": str(refusal)}
    except Exception:  # stopped or broken: nothing has been written, so it stands where it stood
        back.update(state=before)
        raise


def _fetch(pk: int) -> Delivery:
    return Delivery.objects.select_related("programme__unit", "unit").get(pk=pk)


def _actor(progress: Progress) -> Actor:
    return _account(progress) or SYSTEM


def _account(progress: Progress) -> Account | None:
    return Account.objects.filter(pk=progress.job.by_id or 0).first()


def _language(progress: Progress) -> AbstractContextManager[None]:
    """What the work says is read by whoever started it."""
    account = _account(progress)
    return translation.override(account.language if account and account.language else settings.LANGUAGE_CODE)
