"""What every test gets."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Path) -> None:
    """Every test keeps its uploads in a folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "files"
