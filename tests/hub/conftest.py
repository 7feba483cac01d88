"""One hub for the tests of a module that only speak to it."""

from collections.abc import Iterator

import pytest
from tests.hub.running import RunningHub, running


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    """Running, with one process and limits that no test meets by accident."""
    with running(tmp_path_factory.mktemp("hub")) as one:
        yield one
