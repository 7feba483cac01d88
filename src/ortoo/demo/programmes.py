"""The demo's two rotations: their terms, their texts, their duties."""

import tomllib
from datetime import timedelta
from typing import Any

from ortoo.demo.calendar import morning, season
from ortoo.demo.moved import Move, moved_rules
from ortoo.demo.said import ROSTERS, said
from ortoo.kernel import clock
from ortoo.kernel.actor import Actor
from ortoo.people.models import Account, Unit
from ortoo.programmes.domain.duty import DutyDraft, copy_template, set_template, tick_off
from ortoo.programmes.domain.leg import LegDraft, set_legs
from ortoo.programmes.domain.programme import change_programme, open_programme, start_programme
from ortoo.programmes.models import Duty, Programme

FORGOTTEN = timedelta(days=3)


def rules_text(move: Move) -> str:
    """The rules' file with its days moved."""
    return moved_rules((ROSTERS / "rules.toml").read_text(encoding="utf-8"), move)


def begin(move: Move, *, by: Actor) -> Programme:
    """A rotation with its terms, its texts and its duties on every term, open for returns."""
    rules = tomllib.loads(rules_text(move))
    first = rules["term"][0]["starts"]
    title = said()["title"].format(year=first.year, season=season(first))
    region, base = Unit.objects.get(kind=Unit.Kind.REGION), Unit.objects.get(code=rules["base"])
    programme = start_programme(title, unit=region, base=base, by=by)
    set_legs(programme, [_leg(term, rules["hard"]) for term in rules["term"]], by=by)
    bring = said()["bring"].strip()
    change_programme(programme, title=title, base=base, contact=said()["contact"], bring=bring, by=by)
    set_template(programme, [DutyDraft(**duty) for duty in said()["duty"]], by=by)
    copy_template(programme, by=by)
    open_programme(programme, by=by)
    return programme


def tick_off_past_duties(programme: Programme, host: Account) -> None:
    """Tick off what was due, on its day; what fell due in the last days is left for the reader to find."""
    today = clock.today()
    for duty in Duty.objects.filter(leg__programme=programme).select_related("leg__programme__unit"):
        if duty.due and duty.due <= today - FORGOTTEN:
            with clock.held_at(morning(duty.due)):
                tick_off(duty, by=host)


def _leg(term: dict[str, Any], hard: dict[str, Any]) -> LegDraft:
    """A term of the rules' file; capacity and beds are the same for all terms."""
    return LegDraft(
        term["name"],
        term["starts"],
        term["ends"],
        capacity=hard["capacity"],
        women_beds=hard["women_beds"],
        men_beds=hard["men_beds"],
    )
