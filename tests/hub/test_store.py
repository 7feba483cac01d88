"""The writer: kept in order, once, and said to be kept only when it is."""

import json
import sqlite3
import threading
from pathlib import Path
from typing import Any

from ortoo_hub.reading import Said
from ortoo_hub.store import Store, Tallies


def put(store: Store, rows: list[list[Any]]) -> tuple[bool, Tallies]:
    """Write and wait for the word."""
    answers: list[tuple[bool, Tallies]] = []
    there = threading.Event()

    def kept(well: bool, tallies: Tallies) -> None:
        answers.append((well, tallies))
        there.set()

    store.put(json.dumps(rows), kept)
    assert there.wait(20)
    return answers[0]


def row(name: str, viewer: str = "v", kind: str = "question", data: Any = None) -> list[Any]:
    return ["hall", viewer, name, kind, json.dumps(data or {"text": "为什么"}, ensure_ascii=False), 7]


def test_rows_are_kept_in_the_order_in_which_they_were_put(tmp_path: Path) -> None:
    store = Store(tmp_path / "said.sqlite3")
    for start in range(0, 300, 100):
        assert put(store, [row(f"a{n}") for n in range(start, start + 100)]) == (True, [])
    store.close()
    found = Said(tmp_path / "said.sqlite3").after(0)
    assert [each.id for each in found] == [f"a{n}" for n in range(300)]
    assert [each.row for each in found] == sorted(each.row for each in found)
    assert (found[0].channel, found[0].viewer, found[0].kind, found[0].data, found[0].at) == (
        "hall", "v", "question", {"text": "为什么"}, 7,
    )  # fmt: skip


def test_same_id_twice_is_one_row_and_counts_once(tmp_path: Path) -> None:
    store = Store(tmp_path / "said.sqlite3")
    clap = row("c", kind="reaction", data={"👏": 3, "🌹": 1})
    assert put(store, [clap, clap])[1] == [("hall", "🌹", 1), ("hall", "👏", 3)]
    assert put(store, [clap, row("c", viewer="w", kind="reaction", data={"👏": 2})])[1] == [("hall", "👏", 2)]
    store.close()
    assert len(Said(tmp_path / "said.sqlite3").after(0)) == 2
    again = Store(tmp_path / "said.sqlite3")
    assert sorted(again.tallies()) == [("hall", "🌹", 1), ("hall", "👏", 5)]
    again.close()


def test_batch_that_cannot_be_written_is_said_not_to_be_kept(tmp_path: Path) -> None:
    store = Store(tmp_path / "said.sqlite3")
    with sqlite3.connect(tmp_path / "said.sqlite3") as other:
        other.execute(
            "CREATE TRIGGER full BEFORE INSERT ON said WHEN new.id = 'no' BEGIN SELECT raise(ROLLBACK, 'disk full'); END"
        )
    other.close()
    assert put(store, [row("yes"), row("no")]) == (False, [])
    assert "disk full" in store.error
    assert put(store, [row("again")]) == (True, [])
    assert store.error == ""
    store.close()
    assert [each.id for each in Said(tmp_path / "said.sqlite3").after(0)] == ["again"]


def test_forget_drops_only_what_was_taken_over_and_is_old(tmp_path: Path) -> None:
    store = Store(tmp_path / "said.sqlite3")
    put(store, [row("a"), row("b"), [*row("c")[:5], 9_000], row("d")])
    store.forget(3, 1_000)
    put(store, [row("e")])
    store.close()
    reader = Said(tmp_path / "said.sqlite3")
    assert [each.id for each in reader.after(0)] == ["c", "d", "e"]
    assert reader.last() == 5


def test_everything_put_is_written_before_the_file_is_let_go(tmp_path: Path) -> None:
    store = Store(tmp_path / "said.sqlite3")
    words: list[bool] = []
    for n in range(1_000):
        store.put(json.dumps([row(f"a{n}")]), lambda well, _tallies: words.append(well))
    store.close()
    assert words == [True] * 1_000
    assert len(Said(tmp_path / "said.sqlite3").after(0, most=2_000)) == 1_000
