"""The desk for tests of messages, and browsers that are signed in."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.outcomes.stage import Desk, build_desk

from ortoo.people.models import Account


@pytest.fixture
def desk(db: None) -> Desk:
    """A stop that takes messages."""
    return build_desk()


@pytest.fixture
def enter_as() -> Callable[[Account], Client]:
    """A browser in which the account is signed in."""

    def signed_in(account: Account) -> Client:
        client = Client()
        client.force_login(account, "django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in
