"""Sentences at the foot of every page, such as that everything here is made up. An app says them when it is ready."""

from collections.abc import Callable

Note = Callable[[], str]
_notes: list[Note] = []


def register(note: Note) -> None:
    """Ask `note()` for a sentence on every page from now on; empty for none. It must cost no query."""
    if note not in _notes:
        _notes.append(note)


def notes() -> list[str]:
    """The sentences that there are now."""
    return [sentence for note in _notes if (sentence := note())]
