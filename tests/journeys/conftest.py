"""What several journeys begin from."""

import pytest
from tests.planning.conftest import build_rotation

from ortoo.programmes.models import Programme


@pytest.fixture
def programme(transactional_db: None, in_march: None) -> Programme:
    """The rotation of rules.toml some days before its first term, everybody nominated."""
    return build_rotation()
