"""As many tables as seats, n = 3 m + 1 with m odd: rows, columns and two orthogonal Latin squares give four evenings (10, 22, 34, …).

A person is a cell (r, c) of an n × n grid. The squares are Parker's and Bose, Shrikhande and Parker's (1960): numbers modulo
2 m + 1 and m more symbols that stay; the four coordinates (row, column, first and second square) are read off the vectors
(0, i, -i, stays_i) in four arrangements, each number moved on through all residues; the cells of the m × m corner are those of
x + y and x + 2 y modulo m.
"""

from ortoo_solvers.roundtables.constructions.circle import Schedule

Cell = tuple[int, int, int, int]  # Row, column, symbol of the first square, symbol of the second.


def most_latin(groups: int, size: int) -> int:
    """Four evenings; none where it does not apply (m must be odd)."""
    corner, rest = divmod(groups - 1, 3)
    return 4 if groups == size and not rest and corner % 2 else 0


def latin(groups: int, size: int, evenings: int | None = None) -> Schedule:
    """So many evenings, or all four."""
    most = most_latin(groups, size)
    cells = _cells((groups - 1) // 3) if most else []
    return [_by(cells, groups, coordinate) for coordinate in range(most if evenings is None else min(most, evenings))]


def _by(cells: list[Cell], groups: int, coordinate: int) -> list[list[int]]:
    tables: list[list[int]] = [[] for _ in range(groups)]
    for cell in cells:
        tables[cell[coordinate]].append(cell[0] * groups + cell[1])
    return tables


def _cells(corner: int) -> list[Cell]:
    """Symbols 0 … 2 m are numbers, the m beyond stay."""
    turn = 2 * corner + 1
    cells = [(a, a, a, a) for a in range(turn)]
    for i in range(1, corner + 1):
        nought, plus, minus, stays = 0, i, turn - i, turn + i - 1
        for row in (
            (nought, plus, minus, stays),
            (plus, nought, stays, minus),
            (minus, stays, nought, plus),
            (stays, minus, plus, nought),
        ):
            cells += [_moved(row, by, turn) for by in range(turn)]
    return cells + [
        (turn + x, turn + y, turn + (x + y) % corner, turn + (x + 2 * y) % corner) for x in range(corner) for y in range(corner)
    ]


def _moved(row: Cell, by: int, turn: int) -> Cell:
    a, b, c, d = (value if value >= turn else (value + by) % turn for value in row)
    return a, b, c, d
