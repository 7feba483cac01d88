"""How a command that runs without Django speaks: words kept in a table, in the language of the one at the terminal."""

import locale
import os
from collections.abc import Mapping


class Voice:
    """Speaks one language, `zh` or `en`; `said`: key → (English, Chinese)."""

    def __init__(self, said: Mapping[str, tuple[str, str]], language: str) -> None:
        self.said, self.language = said, language

    def __call__(self, key: str, **params: object) -> str:
        """The words for `key`."""
        return self.said[key][0 if self.language == "en" else 1] % params


def reader_language(asked: str = "") -> str:
    """The reader's language: as asked, else as the terminal says, else Chinese."""
    if asked:
        return asked
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        said = os.environ.get(name, "")
        if said and said not in ("C", "POSIX", "C.UTF-8"):
            return "zh" if said.lower().startswith("zh") else "en"
    return "en" if (locale.getlocale()[0] or "").lower().startswith("en") else "zh"
