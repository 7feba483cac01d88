"""The rotation of tests/data/rosters: 1,101 people, five terms, the organiser's rules. Synthetic people."""

import json
import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from ortoo_solvers.rotation import Nominee, Problem, problem_from_rules

ROSTERS = Path(__file__).parents[2] / "data" / "rosters"


@cache
def rules() -> dict[str, Any]:
    return tomllib.loads((ROSTERS / "rules.toml").read_text(encoding="utf-8"))


@cache
def nominees() -> tuple[Nominee, ...]:
    people = json.loads((ROSTERS / "truth.json").read_text(encoding="utf-8"))["people"]
    return tuple(_nominee(person) for person in people)


def _nominee(person: dict[str, Any]) -> Nominee:
    return Nominee(
        staff_no=person["staff_no"],
        name=person["name"],
        sex=person["sex"],
        station=person["unit"],
        county=person["county_code"],
        prefecture=person["prefecture"],
        post=person["post"],
        blocked=tuple((date.fromisoformat(first), date.fromisoformat(last)) for first, last in person["blocked"]),
        prefers=person["prefers"],
    )


def problem() -> Problem:
    return problem_from_rules(rules(), nominees())
