"""What every test gets."""

from pathlib import Path
from typing import Any

import pytest

# The browser's fixtures are made here and nowhere else: two of them in one process would start two Chromiums in one loop.
from tests.browser.chromium import axe, browser, page

__all__ = ["axe", "browser", "page"]


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Path) -> None:
    """Every test keeps its uploads in a folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture(autouse=True)
def _no_hub(settings: Any) -> None:
    """No test speaks to a live hub by accident; those that want one start their own."""
    settings.HUB = "off"


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Any) -> None:
    """Passwords of tests need not be dear to guess; those of programs that a test starts are kept as everywhere."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS]
