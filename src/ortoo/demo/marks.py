"""The sentence at the foot of every page that says: nothing here is real. A file among the data, so that it costs no query."""

from pathlib import Path

from django.conf import settings

from ortoo.demo.said import said


def _file() -> Path:
    return Path(settings.MEDIA_ROOT) / "demo.txt"


def write() -> None:
    """Mark this installation as the demo."""
    _file().parent.mkdir(parents=True, exist_ok=True)
    _file().write_text(str(said()["note"]), encoding="utf-8")


def note() -> str:
    """The sentence; empty where there is no demo."""
    return str(said()["note"]) if _file().exists() else ""
