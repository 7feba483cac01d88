"""A rules file (rules.toml): what it may hold, read with errors that say where; written back the same."""

import re
import tomllib
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from ortoo.kernel.refused import Refused
from ortoo.programmes.models import Leg, Programme

WHOLE = {
    "capacity",
    "women_beds",
    "men_beds",
    "station_away",
    "sole_charge_per_county",
    "left_out",
    "preference_missed",
    "uneven",
    "needs_uneven",
    "needs_elsewhere",
}
HARD = ("capacity", "women_beds", "men_beds", "county_away_share", "station_away", "sole_charge_per_county", "blocked", "quotas")
COST = ("left_out", "preference_missed", "uneven", "needs_uneven", "needs_elsewhere", "focus")
MOST_FOCUS = 200
OF_LEGS = ("capacity", "women_beds", "men_beds")
TOP = ("title", "base", "term", "hard", "cost")


class BadRules(Refused):
    sentence = _("Rules file: %(where)s: %(what)s")
    status = 400


@dataclass(frozen=True)
class TermRule:
    """A term in a rules file, days inclusive."""

    name: str
    starts: date
    ends: date


@dataclass(frozen=True)
class RulesFile:
    """A rules file as read. `base` is a unit code."""

    title: str
    base: str
    terms: list[TermRule]
    hard: dict[str, Any] = field(default_factory=dict)
    cost: dict[str, Any] = field(default_factory=dict)


def read_rules(data: bytes) -> RulesFile:
    """Read a rules file; BadRules names the line or the key."""
    try:
        said = tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise BadRules(where=_("the file"), what=_("it is not UTF-8 text")) from None
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise BadRules(where=_("line %(line)s") % {"line": line[1] if line else data.count(b"\n") + 1}, what=str(error)) from None
    _known(said, TOP, "")
    terms = said.get("term")
    if not isinstance(terms, list) or not terms:
        raise BadRules(where="term", what=_("at least one [[term]] is needed"))
    return RulesFile(
        str(said.get("title", "")),
        str(said.get("base", "")),
        [_term(term, number) for number, term in enumerate(terms, 1)],
        check(said.get("hard", {}), HARD, "hard"),
        check(said.get("cost", {}), COST, "cost"),
    )


def check(table: Any, names: tuple[str, ...], where: str) -> dict[str, Any]:
    """The table itself when every key is known and every value of the right kind."""
    if not isinstance(table, dict):
        raise BadRules(where=where, what=_("a table is needed"))
    _known(table, names, f"{where}.")
    for name, value in table.items():
        if name in WHOLE and (isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 1_000_000):
            raise BadRules(where=f"{where}.{name}", what=_("a whole number from 0 to 1,000,000 is needed"))
        if name == "county_away_share" and (isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 1):
            raise BadRules(where=f"{where}.{name}", what=_("a share above 0 and up to 1 is needed"))
        if name == "blocked" and value != "overlap":
            raise BadRules(where=f"{where}.{name}", what=_("only “overlap” is known"))
        if name == "quotas" and value != "term":
            raise BadRules(where=f"{where}.{name}", what=_("only “term” is known"))
        if name == "focus":
            _focus(value, f"{where}.{name}")
    return dict(table)


def _focus(table: Any, where: str) -> None:
    """On which terms each module is mainly taught: `{"综合表达": [2, 4]}`."""
    if not isinstance(table, dict) or len(table) > MOST_FOCUS:
        raise BadRules(where=where, what=_("a table is needed"))
    for module, numbers in table.items():
        whole = isinstance(numbers, list) and all(type(number) is int and 1 <= number <= 366 for number in numbers)
        if not whole or not numbers:
            raise BadRules(where=f"{where}.{module}", what=_("the numbers of terms are needed, such as [1, 3]"))


def write_rules(programme: Programme, legs: list[Leg], hard: dict[str, Any], cost: dict[str, Any]) -> bytes:
    """The programme's rules as a rules file; capacity and beds as the first leg has them."""
    lines = [f"title = {_quoted(programme.title)}", f"base = {_quoted(programme.base.code if programme.base else '')}", ""]
    for leg in legs:
        lines += ["[[term]]", f"name = {_quoted(leg.name)}", f"starts = {leg.starts}", f"ends = {leg.ends}"]
    first = {name: getattr(legs[0], name) for name in OF_LEGS if legs and getattr(legs[0], name) is not None}
    for title, table in (("hard", first | hard), ("cost", cost)):
        lines += ["", f"[{title}]", *(f"{name} = {_quoted(value)}" for name, value in table.items() if name != "focus")]
    if cost.get("focus"):
        lines += ["", "[cost.focus]", *(f"{_quoted(module)} = {numbers}" for module, numbers in cost["focus"].items())]
    return ("\n".join(lines) + "\n").encode()


def _known(table: dict[str, Any], names: tuple[str, ...], prefix: str) -> None:
    for name in table:
        if name not in names:
            raise BadRules(
                where=f"{prefix}{name}", what=_("this is not a rule; known are: %(names)s") % {"names": ", ".join(names)}
            )


def _term(term: Any, number: int) -> TermRule:
    where = f"term {number}"
    if not isinstance(term, dict):
        raise BadRules(where=where, what=_("a table is needed"))
    _known(term, ("name", "starts", "ends"), f"{where}.")
    for name in ("starts", "ends"):
        if type(term.get(name)) is not date:
            raise BadRules(where=f"{where}.{name}", what=_("a date such as 2023-03-20 is needed"))
    if term["ends"] < term["starts"]:
        raise BadRules(where=f"{where}.ends", what=_("it lies before the first day"))
    return TermRule(str(term.get("name") or number), term["starts"], term["ends"])


def _quoted(value: Any) -> str:
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return str(value)
