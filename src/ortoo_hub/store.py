"""Writes what viewers say: one writer, one file, one order; a row counts as kept when it would survive the power failing.

SQLite in WAL mode with ``synchronous=FULL``: every commit waits for the disk. A commit takes all that has come in during the
one before, so that a hundred rows wait for the disk as long as one. The rows of a batch travel as one JSON text and are
taken apart by SQLite itself, outside Python's lock.
"""

import contextlib
import queue
import secrets
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

from ortoo_hub.saying import REACTION

Tallies = list[tuple[str, str, int]]
Kept = Callable[[bool, Tallies], None]

SCHEMA = """
CREATE TABLE IF NOT EXISTS said (
    row INTEGER PRIMARY KEY AUTOINCREMENT, channel TEXT NOT NULL, viewer TEXT NOT NULL, id TEXT NOT NULL,
    kind TEXT NOT NULL, data TEXT NOT NULL, at INTEGER NOT NULL, UNIQUE (channel, viewer, id));
CREATE TABLE IF NOT EXISTS tally (channel TEXT, name TEXT, times INTEGER NOT NULL, PRIMARY KEY (channel, name)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS book (name TEXT NOT NULL);
"""
_INSERT = """
INSERT OR IGNORE INTO said (channel, viewer, id, kind, data, at)
SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5 FROM json_each(?) ORDER BY key
"""
_TALLY = """
SELECT said.channel, each.key, sum(each.value) FROM said, json_each(said.data) AS each
WHERE said.row > ? AND said.kind = ? GROUP BY 1, 2
"""
_ADD = "INSERT INTO tally VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET times = times + excluded.times"
_MOST_AT_ONCE = 200


class Store:
    """``put`` from any thread; the word about it comes in the writer's thread."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.error = ""
        self._queue: queue.SimpleQueue[tuple[str, Kept] | Callable[[], None] | None] = queue.SimpleQueue()
        self._link = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._link.execute("PRAGMA journal_mode = WAL")
        self._link.execute("PRAGMA synchronous = FULL")
        self._link.executescript(SCHEMA)
        if not self._link.execute("SELECT name FROM book").fetchone():
            self._link.execute("INSERT INTO book VALUES (?)", [secrets.token_hex(8)])
        self._thread = threading.Thread(target=self._write_on, name="said", daemon=True)
        self._thread.start()

    def put(self, text: str, kept: Kept) -> None:
        """``text`` is a JSON list of rows (``saying.Row``). ``kept`` hears whether they are safe, and new reactions."""
        self._queue.put((text, kept))

    def tallies(self) -> Tallies:
        """Reactions so far: channel, name, how often. Only before anything is put."""
        return list(self._link.execute("SELECT channel, name, times FROM tally"))

    def forget(self, through: int, before: int) -> None:
        """Drop rows up to number ``through`` that were said before ``before`` (milliseconds since 1970)."""
        self._queue.put(lambda: self._forget(through, before))

    def close(self) -> None:
        """Write what waits, then let go of the file."""
        self._queue.put(None)
        self._thread.join()
        self._link.close()

    def _write_on(self) -> None:
        while (first := self._queue.get()) is not None:
            if callable(first):
                first()
                continue
            batch = [first]
            ended = False
            while len(batch) < _MOST_AT_ONCE and not self._queue.empty():
                more = self._queue.get()
                if more is None or callable(more):
                    self._queue.put(more)
                    ended = more is None
                    break
                batch.append(more)
            self._commit(batch)
            if ended and self._queue.empty():
                return

    def _commit(self, batch: list[tuple[str, Kept]]) -> None:
        try:
            tallies = self._in_one_transaction([text for text, _ in batch])
            self.error = ""
        except sqlite3.Error as error:
            self.error = str(error)
            for _, kept in batch:
                kept(False, [])
            return
        for place, (_, kept) in enumerate(batch):
            kept(True, [] if place else tallies)

    def _in_one_transaction(self, texts: list[str]) -> Tallies:
        run = self._link.execute
        run("BEGIN IMMEDIATE")
        try:
            before = run("SELECT ifnull(max(row), 0) FROM said").fetchone()[0]
            for text in texts:
                run(_INSERT, [text])
            tallies = list(run(_TALLY, [before, REACTION]))
            self._link.executemany(_ADD, tallies)
            run("COMMIT")
        except BaseException:
            if self._link.in_transaction:
                run("ROLLBACK")
            raise
        return tallies

    def _forget(self, through: int, before: int) -> None:
        with contextlib.suppress(sqlite3.Error):
            self._link.execute("DELETE FROM said WHERE row <= ? AND at < ?", [through, before])
