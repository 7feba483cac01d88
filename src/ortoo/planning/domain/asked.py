"""What a plan is asked for beyond the programme's rules and terms, as `Plan.asked` keeps it."""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from ortoo.programmes.models import Leg

DAYS = ("starts", "ends")
LIMIT_OF = {("capacity", None): "capacity", ("class_at_most", "woman"): "women_beds", ("class_at_most", "man"): "men_beds"}


@dataclass(frozen=True)
class Asked:
    """`terms`: ordinal → {field of the leg: value, days as ISO text}; `pins`: staff number → ordinal; `gone`: staff numbers
    of who falls away; `near`: stay near the parent's places ("cost": among equally cheap plans; "fewest": above all);
    `rules`: that the plan's rules are not the programme's; `begun`: ordinals of the terms that had begun, which stay as they
    are: nobody leaves them for another term, and nobody comes in; `looser`: limits that give way in this plan alone, as
    `adapters.looser` writes them; None while it is not said: those of the plan that it begins from;
    `days`: ordinal → [first, last day] of every term (ISO text), as they were when the plan was made; `limits`: ordinal → how many
    [people, women, men] it then held, None for any number."""

    terms: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    pins: Mapping[str, int] = field(default_factory=dict)
    gone: Sequence[str] = ()
    near: str = ""
    rules: bool = False
    begun: Sequence[int] = ()
    looser: Sequence[Mapping[str, Any]] | None = None
    days: Mapping[str, Sequence[str]] = field(default_factory=dict)
    limits: Mapping[str, Sequence[int | None]] = field(default_factory=dict)

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
            data.get("days", {}),
            data.get("limits", {}),
        )

    @property
    def eased(self) -> list[Mapping[str, Any]]:
        """The limits that do give way, as the solver's rules."""
        return [each["rule"] for each in self.looser or () if not each.get("idle")]

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


def own_legs(legs: Sequence[Leg], asked: Asked) -> list[Leg]:
    """Copies of the legs as the plan has them: as it asks for them, on the days on which it was made, with what is loosened in it."""
    own = asked_legs(legs, asked)
    for leg in own:
        if days := asked.days.get(str(leg.ordinal)):
            leg.starts, leg.ends = map(date.fromisoformat, days)
    for rule in asked.eased:
        name = LIMIT_OF.get((rule["kind"], rule.get("class_")))
        for leg in own:
            if name and rule["term"] == str(leg.ordinal) and not rule.get("unit"):
                setattr(leg, name, max(getattr(leg, name) or 0, rule["loosened"]))
    return own


def limits_of(legs: Sequence[Leg]) -> dict[str, list[int | None]]:
    """How many people, women and men each term holds, as `Asked.limits` keeps it."""
    return {str(leg.ordinal): [leg.capacity, leg.women_beds, leg.men_beds] for leg in legs}


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
