"""An organiser's rules file and a list of nominees, made into a problem.

The file as ``tomllib`` reads it: ``title``, ``base``, a ``[[term]]`` each (name, starts, ends; dates
inclusive), and two tables, of which every key may be left out; a rule left out is not applied:

``[hard]``  capacity, women_beds, men_beds (people per term); county_away_share (of a county's nominees at
most floor(share · nominees), but at least 1, on one term); station_away (of a station on one term);
sole_charge_per_county (people whose post contains 主持工作, of one county on one term); blocked = "overlap" (a
blocked day inside a term rules the term out).
``[cost]``  left_out (1000 if not given), preference_missed (named a term and got another), uneven (per
person by which a prefecture's number on a term is below floor(n / terms) or above ceil(n / terms), n all its
nominees), needs_uneven (the same for the people who lack one module, module by module, over the whole term), needs_elsewhere
(each module that a person lacks and that is mainly taught on other terms); ``[cost.focus]`` says on which terms a module is
mainly taught: ``"综合表达" = [2, 4]``.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from ortoo_solvers.rotation import needs
from ortoo_solvers.rotation.check import PRICE_LIMIT
from ortoo_solvers.rotation.problem import ClassLimit, Cover, Person, Problem, Shares, Term, Unit

WOMAN, MAN, SOLE_CHARGE = "woman", "man", "sole_charge"
SOLE_CHARGE_WORDS = "主持工作"
LEFT_OUT = 1000
_SEXES = {"女": WOMAN, "男": MAN}
_TOP = {"title", "base", "term", "hard", "cost"}
_TERM = {"name", "starts", "ends"}
_COUNTS = {"capacity", "women_beds", "men_beds", "station_away", "sole_charge_per_county"}
_HARD = {*_COUNTS, "county_away_share", "blocked"}
_PRICES = {"left_out", "preference_missed", "uneven", "needs_uneven", "needs_elsewhere"}
_COST = {*_PRICES, "focus"}


class RulesError(ValueError):
    """Something in the rules or in a nominee cannot be used; ``where`` names it (``hard.women_beds``)."""

    def __init__(self, where: str, message: str) -> None:
        super().__init__(f"{where}: {message}")
        self.where = where


@dataclass(frozen=True, slots=True)
class Nominee:
    """A person as the returns give it. ``sex`` 男 or 女; ``blocked`` ranges of days, both ends included;
    ``prefers`` the number of a term from 1; ``pin`` and ``published`` too (for planning again)."""

    staff_no: str
    name: str
    sex: str
    station: str | None
    county: str | None
    prefecture: str | None
    post: str = ""
    blocked: tuple[tuple[date, date], ...] = ()
    prefers: int | None = None
    pin: int | None = None
    published: int | None = None
    needs: tuple[str, ...] = ()


def problem_from_rules(
    rules: Mapping[str, Any],
    nominees: Iterable[Nominee],
    unit_names: Mapping[str, str] | None = None,
    *,
    change_price: int = 0,
    fewest_changes: bool = False,
    keep_published: bool = False,
) -> Problem:
    """Term keys are "1", "2", …; unit keys ``station:CODE``, ``county:CODE``, ``prefecture:CODE``.

    ``unit_names``: by bare code, for messages. ``change_price``: of moving a published place. Raises
    RulesError.
    """
    people = sorted(nominees, key=lambda nominee: nominee.staff_no)
    hard, cost = check_rules(rules)
    days = _days(rules)
    modules = needs.evened_out([nominee.needs for nominee in people], cost)
    terms = tuple(Term(str(number), rule["name"], hard.get("capacity")) for number, rule in enumerate(rules["term"], start=1))
    return Problem(
        people=tuple(_person(nominee, hard, cost, days, change_price, modules) for nominee in people),
        terms=terms,
        units=_units(people, unit_names or {}),
        covers=(*_station_covers(people, hard), *_county_covers(people, hard)),
        class_limits=(*_beds(hard), *_sole_charge(people, hard)),
        shares=(*_shares(people, cost), *needs.shares(modules, cost)),
        left_out=cost.get("left_out", LEFT_OUT),
        fewest_changes=fewest_changes,
        keep_published=keep_published,
    )


def check_rules(rules: Mapping[str, Any]) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """The tables ``hard`` and ``cost``; raises RulesError at the first unknown key, wrong type or value."""
    _only("", rules, _TOP)
    for key in ("title", "base"):
        if not isinstance(rules.get(key, ""), str):
            raise RulesError(key, f"expected text, got {rules[key]!r}")
    _check_terms(rules.get("term"))
    hard, cost = _table(rules, "hard", _HARD), _table(rules, "cost", _COST)
    for key in _COUNTS & hard.keys():
        _whole(f"hard.{key}", hard[key])
    if hard.get("blocked", "overlap") != "overlap":
        raise RulesError("hard.blocked", f'expected "overlap", got {hard["blocked"]!r}')
    if "county_away_share" in hard:
        _share(hard["county_away_share"])
    for key in _PRICES & cost.keys():
        if _whole(f"cost.{key}", cost[key]) > PRICE_LIMIT:
            raise RulesError(f"cost.{key}", f"{cost[key]} is above {PRICE_LIMIT}")
    _check_focus(cost.get("focus", {}), len(rules["term"]))
    return hard, cost


def county_limit(share: float | int, nominees: int) -> int:
    """max(1, floor(share · nominees)), the share taken as written: 0.30 of 10 is 3, not the 2 of floats
    below 3."""
    return max(1, int(Fraction(str(share)) * nominees))


def _table(rules: Mapping[str, Any], name: str, known: set[str]) -> Mapping[str, Any]:
    table = rules.get(name, {})
    if not isinstance(table, Mapping):
        raise RulesError(name, f"expected a table [{name}], got {table!r}")
    _only(f"{name}.", table, known)
    return table


def _only(prefix: str, table: Mapping[str, Any], known: set[str]) -> None:
    for key in table:
        if key not in known:
            raise RulesError(f"{prefix}{key}", f"unknown key; known are {', '.join(sorted(known))}")


def _whole(where: str, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise RulesError(where, f"expected a whole number of 0 or more, got {value!r}")
    return value


def _share(value: object) -> None:
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not 0 <= value <= 1:
        raise RulesError("hard.county_away_share", f"expected a number from 0 to 1, got {value!r}")


def _check_focus(focus: object, terms: int) -> None:
    if not isinstance(focus, Mapping):
        raise RulesError("cost.focus", f"expected a table [cost.focus], got {focus!r}")
    for module, numbers in focus.items():
        where = f"cost.focus.{module}"
        if not isinstance(numbers, Sequence) or isinstance(numbers, str) or not numbers:
            raise RulesError(where, f"expected a list of terms such as [1, 3], got {numbers!r}")
        for number in numbers:
            if not isinstance(number, int) or isinstance(number, bool) or not 1 <= number <= terms:
                raise RulesError(where, f"expected terms from 1 to {terms}, got {number!r}")


def _check_terms(terms: object) -> None:
    if not isinstance(terms, Sequence) or isinstance(terms, str) or not terms:
        raise RulesError("term", "expected one [[term]] or more")
    for number, term in enumerate(terms, start=1):
        where = f"term {number}"
        if not isinstance(term, Mapping):
            raise RulesError(where, f"expected a table, got {term!r}")
        _only(f"{where}.", term, _TERM)
        if not isinstance(term.get("name"), str):
            raise RulesError(f"{where}.name", f"expected text, got {term.get('name')!r}")
        for key in ("starts", "ends"):
            if not isinstance(term.get(key), date) or isinstance(term.get(key), datetime):
                raise RulesError(f"{where}.{key}", f"expected a date such as 2023-03-20, got {term.get(key)!r}")
        if term["starts"] > term["ends"]:
            raise RulesError(f"{where}.ends", f"{term['ends']} is before the start, {term['starts']}")


def _days(rules: Mapping[str, Any]) -> list[tuple[date, date]]:
    return [(term["starts"], term["ends"]) for term in rules["term"]]


def _person(
    nominee: Nominee,
    hard: Mapping[str, Any],
    cost: Mapping[str, Any],
    days: list[tuple[date, date]],
    change_price: int,
    modules: list[str],
) -> Person:
    classes = {_sex(nominee)} | ({SOLE_CHARGE} if SOLE_CHARGE_WORDS in nominee.post else set())
    classes |= {needs.class_of(module) for module in nominee.needs if module in modules}
    blocked = _blocked(nominee, days) if "blocked" in hard else frozenset()
    return Person(
        key=nominee.staff_no,
        name=nominee.name,
        unit=_lowest(nominee),
        classes=frozenset(classes),
        blocked=blocked,
        prefers=_number(nominee, "prefers", nominee.prefers, len(days)),
        preference_price=cost.get("preference_missed", 0),
        pin=_number(nominee, "pin", nominee.pin, len(days)),
        published=_number(nominee, "published", nominee.published, len(days)),
        change_price=change_price,
        dearer=needs.dearer(nominee.needs, cost, len(days)),
    )


def _sex(nominee: Nominee) -> str:
    if nominee.sex not in _SEXES:
        raise RulesError(f"{nominee.staff_no} {nominee.name}", f"sex is {nominee.sex!r}, expected 男 or 女")
    return _SEXES[nominee.sex]


def _blocked(nominee: Nominee, days: list[tuple[date, date]]) -> frozenset[str]:
    return frozenset(
        str(number)
        for number, (starts, ends) in enumerate(days, start=1)
        if any(first <= ends and last >= starts for first, last in nominee.blocked)
    )


def _number(nominee: Nominee, what: str, number: int | None, terms: int) -> str | None:
    if number is None:
        return None
    if not 1 <= number <= terms:
        raise RulesError(f"{nominee.staff_no} {nominee.name}", f"{what} term {number}, but there are {terms} terms")
    return str(number)


def _levels(nominee: Nominee) -> list[tuple[str, str]]:
    """(level, code) from the lowest unit given to the highest."""
    codes = (("station", nominee.station), ("county", nominee.county), ("prefecture", nominee.prefecture))
    return [(level, code) for level, code in codes if code]


def _lowest(nominee: Nominee) -> str | None:
    levels = _levels(nominee)
    return ":".join(levels[0]) if levels else None


def _units(people: list[Nominee], names: Mapping[str, str]) -> tuple[Unit, ...]:
    units: dict[str, Unit] = {}
    for nominee in people:
        levels = _levels(nominee)
        above = [":".join(level) for level in levels[1:]]
        for (level, code), parent in zip(levels, [*above, None], strict=True):
            unit = Unit(f"{level}:{code}", names.get(code, code), parent)
            if units.setdefault(unit.key, unit) != unit:
                first = units[unit.key].parent
                who = f"{nominee.staff_no} {nominee.name}"
                raise RulesError(who, f"{level} {code} is below {parent}, but of others below {first}")
    return tuple(units[key] for key in sorted(units))


def _station_covers(people: list[Nominee], hard: Mapping[str, Any]) -> list[Cover]:
    if "station_away" not in hard:
        return []
    stations = sorted({nominee.station for nominee in people if nominee.station})
    return [Cover(f"station:{code}", hard["station_away"]) for code in stations]


def _county_covers(people: list[Nominee], hard: Mapping[str, Any]) -> list[Cover]:
    if "county_away_share" not in hard:
        return []
    sizes = Counter(nominee.county for nominee in people if nominee.county)
    share = hard["county_away_share"]
    return [Cover(f"county:{code}", county_limit(share, sizes[code])) for code in sorted(sizes)]


def _beds(hard: Mapping[str, Any]) -> list[ClassLimit]:
    rules = (("women_beds", WOMAN), ("men_beds", MAN))
    return [ClassLimit(class_, at_most=hard[key], family=key) for key, class_ in rules if key in hard]


def _sole_charge(people: list[Nominee], hard: Mapping[str, Any]) -> list[ClassLimit]:
    key = "sole_charge_per_county"
    if key not in hard:
        return []
    counties = sorted({nominee.county for nominee in people if nominee.county})
    return [ClassLimit(SOLE_CHARGE, f"county:{code}", at_most=hard[key], family=key) for code in counties]


def _shares(people: list[Nominee], cost: Mapping[str, Any]) -> tuple[Shares, ...]:
    if not cost.get("uneven"):
        return ()
    prefectures = sorted({nominee.prefecture for nominee in people if nominee.prefecture})
    return tuple(Shares(f"prefecture:{code}", cost["uneven"]) for code in prefectures)
