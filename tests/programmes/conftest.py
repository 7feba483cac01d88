"""The stage for tests of programmes."""

import pytest
from tests.programmes.stage import Stage, build
from tests.programmes.tour import Tour, build_tour


@pytest.fixture
def stage(db: None) -> Stage:
    """A small region with a programme in preparation."""
    return build()


@pytest.fixture
def tour(stage: Stage) -> Tour:
    """The same region with a tour that is on its way."""
    return build_tour(stage)
