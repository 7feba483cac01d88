"""What every page's frame needs."""

from typing import Any

from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, Any]:
    """The frame's own variables."""
    return {}
