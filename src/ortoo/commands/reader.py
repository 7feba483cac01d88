"""Which language the one at the terminal reads."""

import os


def in_chinese() -> bool:
    """Whether to speak Chinese: as the terminal says, and Chinese when it says nothing."""
    said = next((said for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (said := os.environ.get(name, ""))), "")
    return said in ("", "C", "POSIX", "C.UTF-8") or said.lower().startswith("zh")


def speak() -> None:
    """Let gettext speak the reader's language in this process; call after django.setup()."""
    from django.utils import translation

    translation.activate("zh-hans" if in_chinese() else "en")
