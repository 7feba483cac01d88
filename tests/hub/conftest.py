"""One hub for the tests of a module that only speak to it."""

import asyncio
from collections.abc import Iterator

import pytest
from tests.hub.running import RunningHub, running


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    """Running, with one process and limits that no test meets by accident."""
    with running(tmp_path_factory.mktemp("hub")) as one:
        yield one


@pytest.fixture(autouse=True)
def _without_the_loop_of_a_browser() -> Iterator[None]:
    """Chromium's driver leaves its loop marked as running in this thread; a test here starts one of its own."""
    loop = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    yield
    asyncio._set_running_loop(loop)
