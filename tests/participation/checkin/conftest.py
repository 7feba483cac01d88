"""The hall with its doors."""

import pytest
from tests.participation.checkin.doors import Hall, build_hall
from tests.programmes.stage import Stage


@pytest.fixture
def hall(stage: Stage) -> Hall:
    """Two doors and six tickets with names."""
    return build_hall(stage)
