"""What was told, on disk, so that a hub that was killed goes on where it was: the same present state, the same ring.

``synchronous=NORMAL``: a killed process loses nothing; after a power failure the newest may be missing, therefore the numbers
of a channel then begin a new ``epoch`` and returning viewers are told the present state.
"""

import secrets
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from ortoo_hub.channel import Event

_SCHEMA = """
CREATE TABLE IF NOT EXISTS told (
    channel TEXT, seq INTEGER, topic TEXT NOT NULL, text TEXT NOT NULL, at REAL NOT NULL, kept INTEGER NOT NULL,
    PRIMARY KEY (channel, seq)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS topic (
    channel TEXT, topic TEXT, seq INTEGER NOT NULL, text TEXT NOT NULL, at REAL NOT NULL, PRIMARY KEY (channel, topic)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS channel (name TEXT PRIMARY KEY, seq INTEGER NOT NULL, peak INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS named (channel TEXT, name TEXT, text TEXT NOT NULL, PRIMARY KEY (channel, name)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS epoch (name TEXT NOT NULL, boot TEXT NOT NULL);
"""
_BOOT = Path("/proc/sys/kernel/random/boot_id")


class Journal:
    """Used by the dispatcher alone, in its own thread. Raises ``sqlite3.Error`` when the disk does not take it."""

    def __init__(self, path: Path) -> None:
        self._link = sqlite3.connect(path, isolation_level=None)
        self._link.execute("PRAGMA journal_mode = WAL")
        self._link.execute("PRAGMA synchronous = NORMAL")
        self._link.executescript(_SCHEMA)
        self.epoch = self._epoch()

    def _epoch(self) -> str:
        boot = _BOOT.read_text().strip() if _BOOT.exists() else ""
        found = self._link.execute("SELECT name, boot FROM epoch").fetchone()
        if found and found[1] == boot and boot:
            return str(found[0])
        name = secrets.token_hex(4)
        self._link.execute("DELETE FROM epoch")
        self._link.execute("INSERT INTO epoch VALUES (?, ?)", [name, boot])
        return name

    def tell(self, event: Event) -> None:
        """Write an event."""
        run = self._link.execute
        run("BEGIN")
        try:
            run("INSERT INTO told VALUES (?, ?, ?, ?, ?, ?)",
                [event.channel, event.seq, event.topic, event.text, event.at, event.kept])  # fmt: skip
            run("INSERT INTO channel VALUES (?, ?, 0) ON CONFLICT DO UPDATE SET seq = excluded.seq", [event.channel, event.seq])
            if event.kept and event.text == "null":
                run("DELETE FROM topic WHERE channel = ? AND topic = ?", [event.channel, event.topic])
            elif event.kept:
                run("INSERT OR REPLACE INTO topic VALUES (?, ?, ?, ?, ?)",
                    [event.channel, event.topic, event.seq, event.text, event.at])  # fmt: skip
            run("COMMIT")
        except BaseException:
            if self._link.in_transaction:
                run("ROLLBACK")
            raise

    def kept(self) -> Iterator[Event]:
        """The last word on each topic of each channel, in the order in which they were said."""
        for channel, seq, topic, text, at in self._link.execute("SELECT channel, seq, topic, text, at FROM topic ORDER BY seq"):
            yield Event(channel, seq, topic, text, at)

    def told(self) -> Iterator[Event]:
        """The events of the ring, in order."""
        for channel, seq, topic, text, at, kept in self._link.execute(
            "SELECT channel, seq, topic, text, at, kept FROM told ORDER BY channel, seq"
        ):
            yield Event(channel, seq, topic, text, at, bool(kept))

    def channels(self) -> list[tuple[str, int, int]]:
        """Name, last number, and most viewers of each channel."""
        return list(self._link.execute("SELECT name, seq, peak FROM channel"))

    def peak(self, channel: str, viewers: int) -> None:
        """Write the most viewers."""
        self._link.execute(
            "INSERT INTO channel VALUES (?, 0, ?) ON CONFLICT DO UPDATE SET peak = excluded.peak", [channel, viewers]
        )

    def name(self, channel: str, name: str, text: str) -> None:
        """Write a counter of the house."""
        self._link.execute("INSERT OR REPLACE INTO named VALUES (?, ?, ?)", [channel, name, text])

    def named(self) -> list[tuple[str, str, str]]:
        """Channel, name and JSON of the counters of the house."""
        return list(self._link.execute("SELECT channel, name, text FROM named"))

    def forget_before(self, at: float) -> None:
        """Drop from the ring what is older than ``at`` (seconds since 1970)."""
        self._link.execute("DELETE FROM told WHERE at < ?", [at])

    def forget(self, channel: str) -> None:
        """The channel is over. Its last number stays, so that a number never comes twice."""
        for table in ("told", "topic", "named"):
            self._link.execute(f"DELETE FROM {table} WHERE channel = ?", [channel])

    def close(self) -> None:
        """Let go of the file."""
        self._link.close()
