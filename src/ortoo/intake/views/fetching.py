"""Getting a programme or a delivery together with the right to see it."""

from typing import Any, cast

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from ortoo.intake import queries
from ortoo.intake.models import Delivery, ReturnFile
from ortoo.intake.permissions import may_handle, may_return
from ortoo.kernel.refused import NotAllowed
from ortoo.people.models import Account
from ortoo.programmes.frame import frame
from ortoo.programmes.models import Programme
from ortoo.programmes.queries import visible_to


def account_of(request: HttpRequest) -> Account:
    """Who asks; the sign-in middleware has made sure that there is somebody."""
    return cast(Account, request.user)


def programme_for_returns(request: HttpRequest, key: str) -> Programme:
    """The programme, for those who may return something; 404 when it is not visible, refused when it is but not theirs."""
    programme = get_object_or_404(visible_to(account_of(request)), key=key)
    if not may_return(account_of(request), programme):
        raise NotAllowed
    return programme


def delivery_for(request: HttpRequest, key: str, number: int) -> Delivery:
    """The delivery, for those who may handle it."""
    programme = programme_for_returns(request, key)
    delivery = get_object_or_404(queries.visible_to(account_of(request)), programme=programme, number=number)
    if not may_handle(account_of(request), delivery):
        raise NotAllowed
    return delivery


def file_for(delivery: Delivery, pk: int) -> ReturnFile:
    """One of the delivery's files."""
    return get_object_or_404(delivery.files.select_related("unit", "known_from__delivery"), pk=pk)


def page_context(request: HttpRequest, delivery: Delivery, tab: str) -> dict[str, Any]:
    """What every page of a delivery shows."""
    assert delivery.programme is not None
    states = Delivery.State
    return {
        **frame(request, delivery.programme, here="returns"),
        "delivery": delivery,
        "tab": tab,
        "open_count": queries.open_problems(delivery).count(),
        "job": delivery.job,
        "own_job": bool(delivery.job and not delivery.job.over and delivery.job.by_id == request.user.pk),
        "at_work": delivery.state in (states.READING, states.APPLYING, states.UNDOING),
        "stuck": bool(delivery.state == states.READING and delivery.job and delivery.job.over) or delivery.state == states.FAILED,
        "may_apply": delivery.state == states.READY and bool(delivery.counts.get("applicable")),
    }
