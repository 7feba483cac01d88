"""The running order of a stop: what is told in which order, who steps in, who has arrived."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from ortoo.kernel.refused import NotAllowed, Refused
from ortoo.people.models import Account
from ortoo.programmes import concerns
from ortoo.programmes.domain import running_order as verbs
from ortoo.programmes.frame import at_leg, frame
from ortoo.programmes.models import Appearance, Leg, Programme
from ortoo.programmes.permissions import may_host_leg, may_organise, may_see_order
from ortoo.programmes.queries import order_of, talks_of
from ortoo.programmes.views.duties import leg_asked_for
from ortoo.programmes.views.programme import account_of
from ortoo.programmes.views.stops import fetch_own_tour, fetch_stop, fetch_tour

Act = Callable[[Appearance, Account], object]
ACTS: dict[str, Act] = {
    "up": lambda each, by: verbs.move(each, -1, by=by),
    "down": lambda each, by: verbs.move(each, 1, by=by),
    "off": lambda each, by: verbs.take_off(each, by=by),
    "in": lambda each, by: verbs.step_in(each, by=by),
    "back": lambda each, by: verbs.step_back(each, by=by),
}
ARRIVALS: dict[str, Act] = {
    "arrived": lambda each, by: verbs.mark_arrived(each.leg, each.teller, by=by),
    "away": lambda each, by: verbs.unmark_arrived(each.leg, each.teller, by=by),
}


@require_GET
def order(request: HttpRequest, key: str) -> HttpResponse:
    """The running order of one stop (`?leg=2`), at first the one that is on today or comes next."""
    programme, account = fetch_tour(request, key), account_of(request)
    if not may_see_order(account, programme):
        raise NotAllowed
    leg = leg_asked_for(request, programme)
    context = frame(request, programme, here="order")
    if leg:
        at_leg(request, leg)
        context |= _context(programme, leg, account)
    return render(request, "programmes/order.html", context)


@require_POST
def put(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Put one talk on, or all that are missing."""
    programme = fetch_own_tour(request, key)
    leg, account = fetch_stop(request, programme, pk), account_of(request)
    try:
        if "all" in request.POST:
            verbs.put_all_on(leg, by=account)
        else:
            chosen = request.POST.get("talk", "")
            talk = get_object_or_404(talks_of(programme), pk=chosen if chosen.isdecimal() and len(chosen) < 19 else None)
            verbs.put_on(leg, talk, by=account)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return _to(programme, leg)


@require_POST
def act(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Move a talk, take it off, let the understudy step in or back, mark who has arrived."""
    programme, account = fetch_tour(request, key), account_of(request)
    rows = Appearance.objects.filter(leg__programme=programme).select_related(
        "leg__base", "talk__speaker__person", "talk__speaker__understudy__person", "teller__person"
    )
    appearance = get_object_or_404(rows, pk=pk)
    appearance.leg.programme = programme
    name = request.POST.get("act", "")
    verb = ACTS.get(name) or ARRIVALS.get(name)
    may = may_host_leg(account, appearance.leg) if name in ARRIVALS else may_organise(account, programme)
    if not may:
        raise NotAllowed
    if verb is None:
        raise Http404
    try:
        verb(appearance, account)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return _to(programme, appearance.leg, f"#talk-{appearance.talk_id}")


def _context(programme: Programme, leg: Leg, account: Account) -> dict[str, object]:
    order = order_of(leg)
    on = {each.talk_id for each in order}
    own = may_organise(account, programme)
    begins, minutes = [], 0
    for each in order:
        begins.append((minutes, each))
        minutes += each.talk.minutes
    return {
        "leg": leg,
        "order": begins,
        "minutes": minutes,
        "missing": [talk for talk in talks_of(programme) if talk.pk not in on] if own else [],
        "concerns": concerns.of_stop(leg, order),
        "may_organise": own,
        "may_host": may_host_leg(account, leg),
    }


def _to(programme: Programme, leg: Leg, mark: str = "") -> HttpResponse:
    answer = redirect("programmes:order", programme.key)
    answer["Location"] += f"?leg={leg.ordinal}{mark}"
    return answer
