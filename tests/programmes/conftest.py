"""The stage for tests of programmes."""

import pytest
from tests.programmes.stage import Stage, build


@pytest.fixture
def stage(db: None) -> Stage:
    """A small region with a programme in preparation."""
    return build()
