"""Every address × every role: the status is as the row says, and no address is without a row."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from tests.factories.cast import ROLES, Cast, build_cast
from tests.rights.matrix import Row, addresses, operations
from tests.rights.rows.every import every_row

ROWS: list[Row] = every_row()


class TakenBack(Exception):
    """Ends a request's transaction, so that the next role finds everything as it was."""


@pytest.fixture(scope="module")
def cast(django_db_setup: None, django_db_blocker: Any) -> Iterator[Cast]:
    """Built once for all rows: each request's transaction is taken back, and with the last row the cast is too."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_cast()
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.title)
def test_rights(row: Row, cast: Cast) -> None:
    found = {role: _status(row, cast, role) for role in ROLES}
    assert found == row.expected


def test_every_page_has_a_row() -> None:
    assert addresses() - {row.name for row in ROWS} == set()


def test_every_operation_has_a_row() -> None:
    assert operations() - {(row.name, row.method) for row in ROWS} == set()


def test_every_row_has_an_address() -> None:
    known = addresses() | {name for name, _method in operations()} | {"api:openapi-json", "api:api-root"}
    assert {row.name for row in ROWS} - known == set()


def _status(row: Row, cast: Cast, role: str) -> int:
    client = Client()
    status = 0
    try:
        with transaction.atomic():
            url = reverse(row.name, kwargs=row.kwargs(cast))
            if account := cast.who(role):
                client.force_login(account)
            kind = {"content_type": "application/json"} if row.name.startswith("api:") else {}
            send = getattr(client, row.method)
            answer = send(url, row.data, **({} if row.method == "get" else kind))
            status = answer.status_code
            if answer.streaming:
                list(answer.streaming_content)  # read to its end, so that its file is closed
            raise TakenBack
    except TakenBack:
        pass
    return status
