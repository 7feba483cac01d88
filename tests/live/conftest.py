"""The tour for tests of sites and reach."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.live.stage import Tour, build_session, build_tour

from ortoo.live.models import LiveSession
from ortoo.people.models import Account


@pytest.fixture
def tour(db: None) -> Tour:
    """A tour with two viewing sites today."""
    return build_tour()


@pytest.fixture
def session(db: None) -> LiveSession:
    """An open live session of a stop of today with two talks."""
    return build_session()


@pytest.fixture
def enter_as() -> Callable[[Account], Client]:
    """A browser in which the account is signed in."""

    def signed_in(account: Account) -> Client:
        client = Client()
        client.force_login(account, "django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in
