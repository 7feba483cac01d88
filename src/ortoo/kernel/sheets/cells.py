"""What a cell can hold besides a value, and the letters of its column."""

ERRORS = frozenset(["#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#GETTING_DATA", "#SPILL!", "#CALC!"])


def is_error(cell: object) -> bool:
    """What a formula leaves that could not be worked out."""
    return isinstance(cell, str) and cell.startswith("#") and cell.strip().upper() in ERRORS


def letter(column: int) -> str:
    """A column's letter as sheets write it: 0 → A, 26 → AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
