"""The rows of every app: each file beside this one has its ROWS."""

from importlib import import_module
from pathlib import Path

from tests.rights.matrix import Row


def every_row(*names: str) -> list[Row]:
    """Of the files named, or of all of them, in the order of the names."""
    found = sorted(file.stem for file in Path(__file__).parent.glob("*.py") if file.stem not in ("every", "__init__"))
    return [row for name in names or found for row in import_module(f"tests.rights.rows.{name}").ROWS]
