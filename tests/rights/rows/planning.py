"""Rules, plans, publishing and notices."""

from typing import Any

from tests.factories.cast import Cast
from tests.rights.matrix import Row, key

from ortoo.planning.models import Plan
from ortoo.programmes.models import Programme


def plan(cast: Cast) -> dict[str, Any]:
    """A plan that nobody has published."""
    return key(cast) | {"number": cast.plan.number}


def notice(cast: Cast) -> dict[str, Any]:
    """The notice of the clerk's prefecture."""
    return plan(cast) | {"code": "1501", "form": "xlsx"}


def tour(cast: Cast) -> dict[str, Any]:
    """The tour, to whose second stop delegations come."""
    return {"key": cast.tour.programme.key}


def published(cast: Cast) -> dict[str, Any]:
    """The programme, published with the plan for as long as the role asks; in it are the participant and one of another prefecture."""
    programme = cast.stage.programme
    Programme.objects.filter(pk=programme.pk).update(state=Programme.State.PUBLISHED)
    Plan.objects.filter(pk=cast.plan.pk).update(state=Plan.State.PUBLISHED)
    for staff_no in ("000101", "000201"):
        cast.plan.places.get_or_create(person=cast.stage.persons[staff_no], defaults={"leg": programme.legs.first()})
    return key(cast)


def somebody(cast: Cast) -> dict[str, Any]:
    """The participant, one of the clerk's people, in the published plan."""
    return published(cast) | {"staff_no": "000101"}


def unit(cast: Cast) -> dict[str, Any]:
    """The clerk's prefecture, of which the published plan has somebody."""
    return published(cast) | {"code": "1501"}


def route_plan(cast: Cast) -> dict[str, Any]:
    """A route that nobody has adopted."""
    return tour(cast) | {"number": 1}


ROWS = [
    Row("planning:route", "302 200 404 403 403 403 403 403", tour),
    Row("planning:route", "302 200 404 403 403 403 403 403", tour, "post"),
    Row("planning:route", "302 404 404 403 403 403 404 403", key),
    Row("planning:undo-route", "302 404 404 403 403 403 403 403", route_plan, "post"),
    Row("planning:seats", "302 200 404 403 403 403 403 403", tour),
    Row("planning:seats", "302 302 404 403 403 403 403 403", tour, "post"),
    Row("planning:seats", "302 404 404 403 403 403 404 403", key),
    Row("planning:why", "302 200 404 403 403 403 403 403", key),
    Row("planning:why-units", "302 200 404 403 403 403 404 403", key),
    Row("planning:why-unit", "302 200 404 200 404 403 404 403", unit),
    Row("planning:why-person", "302 200 404 200 404 403 200 403", somebody),
    Row("planning:compare", "302 404 404 403 403 403 404 403", plan),
    Row("planning:what-if", "302 200 404 403 403 403 404 403", plan),
    Row("planning:what-if", "302 400 404 403 403 403 404 403", plan, "post"),
    Row("planning:again", "302 200 404 403 403 403 404 403", plan),
    Row("planning:again", "302 400 404 403 403 403 404 403", plan, "post"),
    Row("planning:adopt", "302 302 404 403 403 403 404 403", plan, "post"),
    Row("planning:try-looser", "302 302 404 403 403 403 404 403", plan, "post"),
    Row("planning:copy", "302 302 404 403 403 403 404 403", plan, "post"),
    Row("planning:by-hand", "302 302 404 403 403 403 404 403", plan),
    Row("planning:move", "302 302 404 403 403 403 404 403", plan, "post"),
    Row("planning:swap", "302 302 404 403 403 403 404 403", plan, "post"),
    Row("planning:pin", "302 302 404 403 403 403 404 403", plan, "post"),
    Row("planning:rules", "302 200 404 403 403 403 404 403", key),
    Row("planning:rules", "302 200 404 403 403 403 404 403", key, "post"),
    Row("planning:take-rules", "302 302 404 403 403 403 404 403", key, "post"),
    Row("planning:undo-rules", "302 409 404 403 403 403 404 403", key, "post"),
    Row("planning:rules-file", "302 200 404 403 403 403 404 403", key),
    Row("planning:plans", "302 200 404 403 403 403 404 403", key),
    Row("planning:plans", "302 200 404 403 403 403 404 403", key, "post"),
    Row("planning:latest-notices", "302 200 404 403 403 403 404 403", key),
    Row("planning:plan", "302 200 404 403 403 403 404 403", plan),
    Row("planning:publish-preview", "302 200 404 403 403 403 404 403", plan),
    Row("planning:publish", "302 302 404 403 403 403 404 403", plan, "post"),
    Row("planning:unpublish", "302 302 404 403 403 403 404 403", plan, "post"),
    Row("planning:drop", "302 302 404 403 403 403 404 403", plan, "post"),
    Row("planning:notices", "302 404 404 403 403 403 404 403", plan),
    Row("planning:notices-zip", "302 404 404 403 403 403 404 403", plan),
    Row("planning:notice", "302 404 404 403 403 403 404 403", notice),
]
