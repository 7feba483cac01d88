"""What somebody decides about problems: for one row or for many at once."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ortoo.intake.domain.delivery import State, demand_open
from ortoo.intake.domain.kinds import WITH_VALUE
from ortoo.intake.models import Decision, Delivery, Problem
from ortoo.kernel import audit, clock
from ortoo.kernel.actor import Actor
from ortoo.kernel.refused import Refused
from ortoo.people.models import Unit


class NotDecidable(Refused):
    sentence = _("This delivery is %(state)s; decisions are taken while it waits to be applied.")


class NotAChoice(Refused):
    sentence = _("“%(choice)s” can't be chosen for %(file)s, row %(row)s.")
    status = 400


class ValueNeeded(Refused):
    sentence = _("Write the value that is to be used for %(file)s, row %(row)s.")
    status = 400


class UnitNotFound(Refused):
    sentence = _("There is no single unit “%(said)s” here. Write its code, or its whole name.")
    status = 400


def decide(delivery: Delivery, problems: Sequence[Problem], choice: str, value: str = "", *, by: Actor) -> int:
    """Take the same choice for all these problems of one delivery; an empty choice takes decisions back.

    Returns how many. What follows from it is seen after the next reading. Raises NotDecidable, NotAChoice, ValueNeeded.
    """
    with transaction.atomic():
        _demand_ready(delivery)
        for problem in problems:
            _demand_choice(problem, choice, value)
        value = _unit_code(delivery, value) if choice == "set_unit" else value.strip()[:400]
        places = [problem.place for problem in problems]
        if choice:
            _put(delivery, places, choice, value, by)
        else:
            _take_back(delivery, places)
        changes = [_change(problem, choice, value) for problem in problems]
        audit.record_many("decide_problem" if choice else "take_decision_back", changes, by=by)
        return len(places)


def _demand_ready(delivery: Delivery) -> None:
    fresh = Delivery.objects.select_for_update(of=("self",)).select_related("programme").get(pk=delivery.pk)
    if fresh.state != State.READY:
        raise NotDecidable(state=fresh.get_state_display())
    if fresh.programme:
        demand_open(fresh.programme)


def _demand_choice(problem: Problem, choice: str, value: str) -> None:
    where = {"file": problem.file.name if problem.file else "", "row": problem.row or "–"}
    if choice and choice not in problem.choices:
        raise NotAChoice(choice=choice, **where)
    if choice in WITH_VALUE and not value.strip():
        raise ValueNeeded(**where)


def _unit_code(delivery: Delivery, said: str) -> str:
    """The code of the unit that somebody named by its code or its whole name, below the delivery's unit."""
    said = said.strip().split(" ", 1)[0]
    path = delivery.unit.path if delivery.unit else "/"
    found = Unit.objects.filter(Q(code=said) | Q(name=said), path__startswith=path).values_list("code", flat=True)[:2]
    codes = list(found)
    if len(codes) != 1:
        raise UnitNotFound(said=said)
    return codes[0]


def _put(delivery: Delivery, places: list[str], choice: str, value: str, by: Actor) -> None:
    rows = [
        Decision(
            delivery=delivery,
            place=place,
            choice=choice,
            value=value,
            by_name=by.get_username(),
            at=clock.now(),
        )
        for place in places
    ]
    Decision.objects.bulk_create(
        rows,
        batch_size=200,
        update_conflicts=True,
        unique_fields=["delivery", "place"],
        update_fields=["choice", "value", "by_name", "at"],
    )


def _take_back(delivery: Delivery, places: list[str]) -> None:
    for start in range(0, len(places), 500):
        Decision.objects.filter(delivery=delivery, place__in=places[start : start + 500]).delete()


def _change(problem: Problem, choice: str, value: str) -> audit.Change:
    before = {"choice": problem.choice, "value": problem.value}
    return audit.Change(problem, before, {"choice": choice, "value": value}, problem.unit.path if problem.unit else "")
