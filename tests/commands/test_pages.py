"""How many processes answer pages."""

import pytest

from ortoo.commands.pages import workers_for


@pytest.mark.parametrize(("cores", "workers"), [(1, 1), (2, 2), (64, 4), (None, 1)])
def test_postgresql_has_a_page_process_a_core_and_sqlite_one(
    cores: int | None, workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: cores)
    assert workers_for("django.db.backends.postgresql") == workers
    assert workers_for("django.db.backends.sqlite3") == 1
