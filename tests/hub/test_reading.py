"""Reading in order what was said."""

from pathlib import Path

from tests.hub.test_store import put, row

from ortoo_hub.reading import Said
from ortoo_hub.store import Store


def test_nothing_is_there_before_the_hub_ever_ran(tmp_path: Path) -> None:
    reader = Said(tmp_path / "said.sqlite3")
    assert (reader.after(0), reader.last(), reader.book) == ([], 0, "")
    assert not (tmp_path / "said.sqlite3").exists()


def test_reader_goes_on_where_it_was_while_the_writer_writes(tmp_path: Path) -> None:
    store, reader = Store(tmp_path / "a b?.sqlite3"), Said(tmp_path / "a b?.sqlite3")
    put(store, [row(f"a{n}") for n in range(5)])
    first = reader.after(0, most=3)
    assert [each.id for each in first] == ["a0", "a1", "a2"]
    put(store, [row("late")])
    assert [each.id for each in reader.after(first[-1].row)] == ["a3", "a4", "late"]
    assert reader.last() == 6
    store.close()


def test_new_file_is_a_new_book(tmp_path: Path) -> None:
    books = set()
    for name in ("one", "two"):
        Store(tmp_path / name).close()
        Store(tmp_path / name).close()
        books.add(Said(tmp_path / name).book)
    assert len(books) == 2
    assert all(len(book) == 16 for book in books)
