"""What a plan is asked for beyond the programme's rules and terms, as `Plan.asked` keeps it."""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from ortoo.programmes.models import Leg

DAYS = ("starts", "ends")


@dataclass(frozen=True)
class Asked:
    """`terms`: ordinal → {field of the leg: value, days as ISO text}; `pins`: staff number → ordinal; `gone`: staff numbers
    of who falls away; `near`: stay near the parent's places ("cost": among equally cheap plans; "fewest": above all);
    `rules`: that the plan's rules are not the programme's; `begun`: ordinals of the terms that had begun, which stay as they
    are: nobody leaves them for another term, and nobody comes in; `looser`: limits that give way in this plan alone, as
    `adapters.looser` writes them; None while it is not said: those of the plan that it begins from."""

    terms: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    pins: Mapping[str, int] = field(default_factory=dict)
    gone: Sequence[str] = ()
    near: str = ""
    rules: bool = False
    begun: Sequence[int] = ()
    looser: Sequence[Mapping[str, Any]] | None = None

    @staticmethod
    def read(data: Mapping[str, Any]) -> "Asked":
        """From `Plan.asked`."""
        return Asked(
            data.get("terms", {}),
            data.get("pins", {}),
            tuple(data.get("gone", ())),
            data.get("near", ""),
            data.get("rules", False),
            tuple(data.get("begun", ())),
            tuple(data.get("looser", ())),
        )

    def write(self) -> dict[str, Any]:
        """For `Plan.asked`."""
        return {name: value for name, value in asdict(self).items() if value}


def asked_legs(legs: Sequence[Leg], asked: Asked) -> list[Leg]:
    """Copies of the legs with what is asked of them; nothing is saved."""
    changed = []
    for leg in legs:
        changed.append(copy(leg))
        for name, value in asked.terms.get(str(leg.ordinal), {}).items():
            setattr(changed[-1], name, date.fromisoformat(value) if name in DAYS else value)
    return changed


def begun_by(today: date, legs: Sequence[Leg], asked: Asked) -> tuple[int, ...]:
    """Ordinals of the terms that have begun by a day and are not asked to be cancelled."""
    return tuple(leg.ordinal for leg in asked_legs(legs, asked) if leg.starts <= today and leg.capacity != 0)


def difference(leg: Leg, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Of the values wanted those that the leg does not have, ready for `terms`."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in wanted.items()
        if getattr(leg, name) != value
    }
