"""The synthetic rosters as the tests read them."""

import json
import tomllib
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from ortoo.intake.reading.directory import Directory, read_directory
from ortoo.intake.reading.nominee import Nominee, Term
from ortoo.intake.reading.person import Context

ROSTERS = Path(__file__).parents[2] / "data" / "rosters"
RETURNS = sorted((ROSTERS / "returns").iterdir())
NO_DIET_COLUMN = ("04-赤峰市.xlsx", "08-巴彦淖尔市.csv", "12-阿拉善盟.xlsx")


@cache
def directory() -> Directory:
    """The units of the synthetic region."""
    return read_directory((ROSTERS / "units.xlsx").read_bytes(), "units.xlsx")


@cache
def context() -> Context:
    """The units, and the five terms of rules.toml."""
    rules = tomllib.loads((ROSTERS / "rules.toml").read_text("utf-8"))
    return Context(directory(), tuple(Term(t["name"], t["starts"], t["ends"]) for t in rules["term"]))


@cache
def truth() -> dict[str, Any]:
    """What a careful person reads out of the returns."""
    read: dict[str, Any] = json.loads((ROSTERS / "truth.json").read_text("utf-8"))
    return read


def files() -> list[tuple[str, bytes]]:
    """Name and bytes of every return."""
    return [(path.name, path.read_bytes()) for path in RETURNS]


def as_truth(nominee: Nominee) -> dict[str, Any]:
    """A nominee in the words of truth.json, which keeps no remarks."""
    said = asdict(nominee)
    del said["remark"]
    blocked = [[first.isoformat(), last.isoformat()] for first, last in nominee.blocked]
    return said | {"blocked": blocked, "needs": list(nominee.needs)}
