"""Whatever is sent to the API, it never breaks: requests made from its own description, as organiser and as clerk."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from tests.factories.cast import Cast, build_cast

from ortoo.api import api
from ortoo.people.domain.token import make_token

EXAMPLES = 12

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def kept_connection() -> Iterator[None]:
    """Requests leave the test's connection and its transaction open, as with Django's own test client."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.mark.parametrize("role", ["organiser", "clerk"])
def test_no_request_breaks_it(role: str) -> None:
    cast = build_cast()
    account = cast.who(role)
    assert account is not None
    _token, secret = make_token(account, "t", by=account)
    schema = schemathesis.openapi.from_dict(api.get_openapi_schema(path_prefix="/api/v1/"))
    schema.app = get_wsgi_application()
    operations = [each.ok() for each in schema.get_all_operations()]
    assert len(operations) > 15
    for operation in operations:
        _try(operation, _real_parts(cast), secret)


def _try(operation: Any, real: dict[str, Any], secret: str) -> None:
    """A bounded number of requests to one operation, half of them to what really is there; what they change is taken back."""

    @seed(20230320)
    @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(), there=st.booleans())
    def send(case: Any, there: bool) -> None:
        if there:
            case.path_parameters = {name: real.get(name, value) for name, value in (case.path_parameters or {}).items()}
        with transaction.atomic():
            case.call_and_validate(headers={"Authorization": f"Bearer {secret}"}, checks=[not_a_server_error])
            transaction.set_rollback(True)

    send()


def _real_parts(cast: Cast) -> dict[str, Any]:
    return {"key": cast.stage.programme.key, "number": 1, "code": "150101", "staff_no": "000101"}
