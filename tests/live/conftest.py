"""The tour for tests of sites and reach."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.hub.running import RunningHub
from tests.live.stage import Tour, build_session, build_tour

from ortoo.live.domain import line
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


@pytest.fixture
def hub(tmp_path: Path, settings: Any) -> Iterator[RunningHub]:
    """The hub of this installation, running, as the pages know it."""
    settings.DATA, settings.HUB, settings.HUB_URL = tmp_path, "embedded", ""
    one = RunningHub(line.folder())
    settings.HUB_PORT = one.configuration.port
    one.configuration = replace(line.configuration(), processes=1, viewers=100)
    line.folder().mkdir(parents=True)
    one.start()
    yield one
    assert one.stop() == 0
