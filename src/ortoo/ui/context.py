"""What every page's frame needs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from ortoo.ui import foot, navigation

OWN_NAMES = {"zh-hans": "中文", "en": "English"}


def shell(request: HttpRequest) -> dict[str, Any]:
    """Navigation, and the other languages by their own names."""
    here = get_language() or settings.LANGUAGE_CODE
    return {
        "navigation": SimpleLazyObject(lambda: navigation.items(request) if hasattr(request, "user") else []),
        "foot_notes": foot.notes(),
        "here_language": here,
        "other_languages": [(code, OWN_NAMES.get(code, str(name))) for code, name in settings.LANGUAGES if code != here],
    }
