"""Reads what viewers said, in order, from any process: the house keeps the number of the last row it has taken over."""

import json
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class Row:
    """One thing said. ``at`` is in milliseconds since 1970; ``data`` is a flat object of text, numbers and lists of them:
    whatever a viewer wrote, and therefore never to be shown as anything but text."""

    row: int
    channel: str
    viewer: str
    id: str
    kind: str
    data: dict[str, Any]
    at: int


class Said:
    """``after(n)`` gives what follows row ``n``. Row numbers only grow within one ``book``; a new file is a new book, whose
    rows begin at 1 again."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def book(self) -> str:
        """The name of this file, made with it; empty when nothing was ever kept."""
        return str(next(iter(self._ask("SELECT name FROM book", [])), [""])[0])

    def after(self, row: int, most: int = 1_000) -> list[Row]:
        """At most ``most`` rows that follow, in order; none when the hub has never run."""
        asked = "SELECT row, channel, viewer, id, kind, data, at FROM said WHERE row > ? ORDER BY row LIMIT ?"
        found = self._ask(asked, [row, most])
        return [Row(each[0], each[1], each[2], each[3], each[4], json.loads(each[5]), each[6]) for each in found]

    def last(self) -> int:
        """The number of the newest row, 0 when there is none."""
        return int(next(iter(self._ask("SELECT ifnull(max(row), 0) FROM said", [])), [0])[0])

    def _ask(self, asked: str, values: list[int]) -> list[Any]:
        if not self.path.exists():
            return []
        link = sqlite3.connect(f"file:{quote(str(self.path))}?mode=ro", uri=True, timeout=10)
        try:
            return link.execute(asked, values).fetchall()
        except sqlite3.OperationalError as error:
            if "no such table" in str(error):
                return []  # Made this moment, and still empty.
            raise
        finally:
            link.close()
