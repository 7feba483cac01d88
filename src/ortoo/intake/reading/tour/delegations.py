"""The table of delegations: who asks for how many seats, and who is served first."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ortoo.intake.reading.tour.line import Line
from ortoo.intake.reading.tour.values import priority_of, whole_of
from ortoo.kernel.text.fold import fold, squeeze


@dataclass(frozen=True)
class ReadDelegation:
    """A delegation's request; `priority` None until the last class is known, wheelchairs and companions where nothing is said."""

    name: str
    category: str
    asked: int
    priority: int | None
    floor: int
    ceiling: int | None
    wheelchairs: int | None
    companions: int | None
    contact: str
    phone: str
    row: int


@dataclass
class DelegationReader:
    """Reads line after line."""

    delegations: list[ReadDelegation] = field(default_factory=list)
    unclear: list[tuple[int, Line]] = field(default_factory=list)

    def read(self, line: Line) -> None:
        """One delegation; who has no name or no number is left out."""
        name, asked = fold(line.value("delegation")), whole_of(line.value("asked"))
        if not name:
            line.problem("delegation_missing", "delegation")
            return
        if asked is None:
            line.problem("asked_odd", "asked", name=name, said=line.text("asked"))
            return
        floor, ceiling, wheelchairs = (self._limit(line, what, name, asked) for what in ("floor", "ceiling", "wheelchairs"))
        companions = self._limit(line, "companions", name, min(wheelchairs or 0, asked - (wheelchairs or 0)))
        read = ReadDelegation(name, fold(line.value("category")), asked, priority_of(line.value("priority")), floor or 0, ceiling,
                              wheelchairs, companions, fold(line.value("contact")), line.text("phone"), line.row)  # fmt: skip
        self._keep(line, read)

    def _limit(self, line: Line, what: str, name: str, asked: int) -> int | None:
        if not line.text(what):
            return None
        limit = whole_of(line.value(what))
        if limit is None or (limit > asked and what != "ceiling"):
            line.problem("floor_odd", what, said=line.text(what), name=name, what=what)
            return None
        return limit

    def _keep(self, line: Line, read: ReadDelegation) -> None:
        for known in self.delegations:
            if squeeze(known.name) == squeeze(read.name):
                same = (known.asked, known.priority) == (read.asked, read.priority)
                kind = "row_repeated" if same else "delegation_twice"
                line.problem(kind, "delegation", name=read.name, first_row=known.row)
                return
        if read.priority is None:
            self.unclear.append((len(self.delegations), line))
        self.delegations.append(read)

    def served(self) -> Sequence[ReadDelegation]:
        """The delegations, each with its class: who has none comes with the last one."""
        last = max((one.priority for one in self.delegations if one.priority is not None), default=1)
        for number, line in self.unclear:
            one = self.delegations[number]
            self.delegations[number] = replace(one, priority=last)
            if "priority" in line.table.columns:
                line.problem("priority_odd", "priority", said=line.text("priority"), name=one.name, last=last)
        return self.delegations
