"""A table whose cells carry colour by value: people can look, screen readers can read, printers can print."""

from collections.abc import Sequence
from dataclasses import dataclass, field

STEPS = 5


@dataclass(frozen=True)
class HeatCell:
    """A value of a row and a column; over its `limit` the cell is marked as harm; `href` opens the rows behind it; a `total` of the
    others carries no colour."""

    value: int | None
    href: str = ""
    limit: int | None = None
    total: bool = False

    @property
    def over(self) -> bool:
        """Whether the value is above its limit."""
        return self.value is not None and self.limit is not None and self.value > self.limit


@dataclass(frozen=True)
class HeatRow:
    """A row: its label, what the label opens, the group under which it stands, one cell per column."""

    label: str
    cells: Sequence[HeatCell]
    href: str = ""
    group: str = ""


@dataclass(frozen=True)
class HeatTable:
    """Columns of labels, rows of cells. `top` is the value of the darkest step; by default the highest value of all."""

    caption: str
    corner: str
    columns: Sequence[str]
    rows: Sequence[HeatRow] = field(default_factory=list)
    top: int | None = None

    def step(self, cell: HeatCell) -> int:
        """0 for nothing, then 1 to 5 in equal parts of `top`."""
        if not cell.value or cell.value < 0 or cell.total:
            return 0
        return min(STEPS, 1 + (cell.value - 1) * STEPS // max(self.highest, 1))

    @property
    def highest(self) -> int:
        """The value of the darkest step."""
        if self.top is not None:
            return self.top
        return max((cell.value or 0 for row in self.rows for cell in row.cells if not cell.total), default=0)

    @property
    def groups(self) -> list[tuple[str, list[tuple[HeatRow, list[tuple[HeatCell, int]]]]]]:
        """Rows under their groups, in the order given, every cell with its step."""
        found: dict[str, list[tuple[HeatRow, list[tuple[HeatCell, int]]]]] = {}
        for row in self.rows:
            found.setdefault(row.group, []).append((row, [(cell, self.step(cell)) for cell in row.cells]))
        return list(found.items())

    @property
    def any_over(self) -> bool:
        """Whether a cell is above its limit."""
        return any(cell.over for row in self.rows for cell in row.cells)

    @property
    def legend(self) -> list[tuple[int, str]]:
        """Each step with the values that it stands for."""
        bounds: dict[int, list[int]] = {}
        for value in range(1, min(self.highest, 5000) + 1):
            bounds.setdefault(self.step(HeatCell(value)), []).append(value)
        return [(step, f"{v[0]}–{v[-1]}" if len(v) > 1 else str(v[0])) for step, v in bounds.items()]
