"""The ledger added up, without ever adding unlike things silently.

A total is a list of addends, one for each way in which figures are known. One number for all of them exists only together with
the sentence that says what it mixes.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from ortoo.live.models import Audience, Provenance, ReachEntry
from ortoo.people.models import Account, Role, Unit
from ortoo.people.queries import below, subtrees
from ortoo.programmes.models import Leg, Programme
from ortoo.programmes.queries import legs_signed_by


def entries_visible_to(account: Account) -> QuerySet[ReachEntry]:
    """Figures of stops that the account organises or hosts, and those of its own units as their clerk."""
    seen = Q(leg__in=legs_signed_by(account)) | below(subtrees(account, Role.Kind.CLERK), "unit__path")
    return ReachEntry.objects.filter(seen).select_related("leg__programme__unit", "unit", "site")


@dataclass(frozen=True)
class Addend:
    """What is known in one way: the number, and of how many rows it is the sum."""

    provenance: str
    number: int
    rows: int

    @property
    def words(self) -> str:
        """The number with what it counts."""
        counted = _("%(number)s devices") if self.provenance == Provenance.DEVICES else _("%(number)s people")
        return f"{Provenance(self.provenance).label} {counted % {'number': f'{self.number:,}'}}"


@dataclass(frozen=True)
class Together:
    """One number for unlike things, and the sentence without which it may not be shown."""

    number: int
    sentence: str


@dataclass(frozen=True)
class Total:
    """Figures added up by how they are known; only addends that have rows, in the order of `Provenance`."""

    addends: tuple[Addend, ...] = ()

    def of(self, provenance: str) -> int | None:
        """What is known in this way; None when no row says anything."""
        return next((each.number for each in self.addends if each.provenance == provenance), None)

    @property
    def cells(self) -> list[tuple[str, int | None]]:
        """Each provenance with its number, in order."""
        return [(provenance, self.of(provenance)) for provenance in Provenance.values]

    @property
    def together(self) -> Together | None:
        """All addends in one number with the sentence that says what it mixes; None without addends."""
        if not self.addends:
            return None
        number = sum(each.number for each in self.addends)
        parts = _("; ").join(each.words for each in self.addends)
        if len(self.addends) == 1:
            return Together(number, _("All of it: %(parts)s.") % {"parts": parts})
        said = _("This adds unlike figures: %(parts)s. The same person may be in more than one of them.") % {"parts": parts}
        return Together(number, " ".join([said, *self._warnings()]))

    def _warnings(self) -> Iterable[str]:
        if self.of(Provenance.DEVICES) is not None:
            yield _("A device is not a head: several people may watch on one, and one person on several.")
        if self.of(Provenance.ESTIMATED) is not None:
            yield _("Nobody counted what is estimated.")


@dataclass(frozen=True)
class Line:
    """A line of the ledger: what it is about, its total, and the filter that opens its rows."""

    key: str
    label: str
    total: Total
    query: str


def total_of(entries: QuerySet[ReachEntry]) -> Total:
    """All that stands; one query."""
    return _totals(entries, lambda row: "", []).get("", Total())


def by_leg(entries: QuerySet[ReachEntry], legs: Iterable[Leg]) -> list[Line]:
    """A line for each stop, in order; one query."""
    totals = _totals(entries, lambda row: row["leg"], ["leg"])
    return [Line(str(leg.ordinal), leg.name, totals.get(leg.pk, Total()), f"leg={leg.ordinal}") for leg in legs]


def by_audience(entries: QuerySet[ReachEntry]) -> list[Line]:
    """A line for each group of which there is anything; one query."""
    totals = _totals(entries, lambda row: row["audience"], ["audience"])
    return [Line(key, str(label), totals[key], f"audience={key}") for key, label in Audience.choices if key in totals]


def by_unit(entries: QuerySet[ReachEntry], top: Unit, *, without: bool = True) -> list[Line]:
    """A line for each unit directly below `top` with all below it, and one for `top` itself; two queries.

    `without`: one more for what has no unit.
    """
    children = list(Unit.objects.filter(parent=top))

    def holder(row: dict[str, str | None]) -> str:
        path = row["unit__path"]
        if not path:
            return "none"
        return next((unit.code for unit in children if unit.holds(path)), top.code)

    inside = Q(unit__path__startswith=top.path)
    totals = _totals(entries.filter(inside | Q(unit=None) if without else inside), holder, ["unit__path"])
    named = [
        *((unit.code, unit.name, f"unit={unit.code}") for unit in children),
        (top.code, top.name, f"unit={top.code}&alone=1"),
    ]
    named.append(("none", _("no unit"), "unit=none"))
    return [Line(code, label, totals[code], query) for code, label, query in named if code in totals]


def standing(account: Account, programme: Programme) -> QuerySet[ReachEntry]:
    """The programme's figures that stand and that the account sees."""
    return entries_visible_to(account).filter(leg__programme=programme, taken_back=None)


def _totals(entries: QuerySet[ReachEntry], key: Callable[..., object], fields: list[str]) -> dict[object, Total]:
    rows = entries.order_by().values("provenance", *fields).annotate(number_sum=Sum("number"), rows=Count("id"))
    sums: dict[object, dict[str, list[int]]] = {}
    for row in rows:
        added = sums.setdefault(key(row), {}).setdefault(row["provenance"], [0, 0])
        added[0] += row["number_sum"]
        added[1] += row["rows"]
    return {each: Total(tuple(Addend(p, *by[p]) for p in Provenance.values if p in by)) for each, by in sums.items()}
