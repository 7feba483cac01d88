"""Finished plans that somebody asks about, kept ready in this process: unpacking and counting is done once for each."""

from collections import OrderedDict
from threading import Lock

from ortoo.planning.adapters import basis
from ortoo.planning.adapters.rotation import solution_of
from ortoo.planning.models import Basis, Plan
from ortoo_solvers.rotation.explain import Explanation

KEPT = 6
_kept: OrderedDict[tuple[int, str], Explanation] = OrderedDict()
_lock = Lock()


def explained(plan: Plan) -> Explanation | None:
    """The plan's explanation, of its present state; None for a plan that is not finished or came to nothing."""
    key = (plan.pk, plan.stamp)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    found = Basis.objects.filter(plan=plan).first()
    if found is None:
        return None
    places = dict(plan.places.values_list("person__staff_no", "leg__ordinal"))
    if not places:
        return None
    # The basis has the rules as they are; what is proved given the exemptions is not proved of them.
    proved = plan.optimal and plan.bound is not None
    made = Explanation(basis.unpack(bytes(found.problem)), solution_of(places, plan.cost or 0, proved))
    with _lock:
        _kept[key] = made
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return made
