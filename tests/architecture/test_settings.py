"""How settings are read."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from ortoo.settings import _database


@pytest.mark.parametrize(
    ("url", "where"),
    [
        ("postgres://ortoo:a%40b@db.example:5433/ortoo", ("ortoo", "a@b", "db.example", "5433")),
        ("postgres://ortoo@/ortoo?host=/var/run/postgresql", ("ortoo", "", "/var/run/postgresql", "")),
        ("postgresql://ortoo@:5433/ortoo?host=/tmp/Folder", ("ortoo", "", "/tmp/Folder", "5433")),
    ],
)
def test_postgres_is_reached_by_its_address_or_its_socket(url: str, where: tuple[str, ...]) -> None:
    found = _database(url)
    assert (found["NAME"], tuple(found[name] for name in ("USER", "PASSWORD", "HOST", "PORT"))) == ("ortoo", where)


@pytest.mark.parametrize("url", ["postgres://ortoo@db/ortoo?sslmode=require", "postgres://ortoo@/ortoo?hots=/run"])
def test_what_a_database_url_cannot_say_is_refused(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="host=FOLDER"):
        _database(url)
