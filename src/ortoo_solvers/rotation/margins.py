"""Why a unit has its numbers: on each term the limit, and what one person more or one less would cost the whole plan."""

from dataclasses import dataclass

from ortoo_solvers.rotation.detours import FAR, Detours
from ortoo_solvers.rotation.ways import There, Ways


@dataclass(frozen=True, slots=True)
class Margin:
    """A group's number on a term. ``more``, ``fewer``: the best plan with at least one more, at most one less, as against this
    one; None where no plan has that. ``eased``: the best plan if ``limit`` were one higher; None where that gains nothing, or
    where it isn't known for certain."""

    term: str
    count: int
    limit: int | None
    more: There | None
    fewer: There | None
    eased: There | None


class Margins:
    """Of one plan that is a best flow."""

    def __init__(self, ways: Ways) -> None:
        self.ways, self.residual = ways, ways.own
        self.detours: Detours = self.residual.detours(frozenset())
        self.places = {group.key: place for place, group in enumerate(self.residual.compact.groups)}

    def of(self, unit: str | None, class_: str | None = None) -> tuple[Margin, ...]:
        """Term by term; nothing for a group of which no rule speaks or whose rules cross."""
        place = self.places.get((unit, class_))
        if place is None or self.residual.parents[place] == -2:
            return ()
        return tuple(self._margin(place, term) for term in range(self.residual.terms))

    def _margin(self, place: int, term: int) -> Margin:
        residual, group = self.residual, self.residual.compact.groups[place]
        count, limit = int(residual.counts[place, term]), group.high[term]
        more, fewer = self._forced(place, term, up=True), self._forced(place, term, up=False)
        eased = self._eased(place, term) if count >= limit else None
        return Margin(str(residual.keys[term]), count, limit if limit < group.size else None, more, fewer, eased)

    def _forced(self, place: int, term: int, *, up: bool) -> There | None:
        """The limit's own arc, and the cheapest way back that doesn't undo it, so that the number changes."""
        first = int((self.residual.up if up else self.residual.down)[place, term])
        if first >= FAR:
            return None
        detours = self.detours.barred(place, term, up=not up)
        rest, steps = detours.back(place, term) if up else detours.forth(place, term)
        if rest > FAR // 2:
            return None
        return self.ways.effect(first + rest // self.residual.scale, self.residual.moves(steps))

    def _eased(self, place: int, term: int) -> There | None:
        group, count = self.residual.compact.groups[place], int(self.residual.counts[place, term])
        back, steps = self.detours.back(place, term)
        value = group.price(count + 1) - group.price(count) + back // self.residual.scale
        if back > FAR // 2 or value >= 0:
            return None
        found = self.ways.effect(value, self.residual.moves(steps))
        return found if found.exact else None
