"""What every test gets."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

# The browser's fixtures are made here and nowhere else: two of them in one process would start two Chromiums in one loop.
from tests.browser.chromium import axe, browser, page

from ortoo.kernel import clock

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


@pytest.fixture(autouse=True)
def _own_language() -> None:
    """A page that a test before asked for in English leaves its language to the thread."""
    translation.deactivate()


@pytest.fixture
def in_march(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some days before the first term of rules.toml, in every thread."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2023, 3, 1, 4, tzinfo=UTC))


@pytest.fixture
def in_may(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first three terms of rules.toml have begun."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2023, 5, 10, 4, tzinfo=UTC))
