"""The cast, and clients that have signed in."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.programmes.stage import Stage, build

from ortoo.people.models import Account


@pytest.fixture
def stage(db: None) -> Stage:
    """A small region with an account for each role."""
    return build()


@pytest.fixture
def signed_in() -> Callable[[Account], Client]:
    """A browser in which this account has signed in."""

    def sign_in(account: Account) -> Client:
        client = Client()
        client.force_login(account)
        return client

    return sign_in
