"""What apps above add to a participant's own page: links under each published term."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ortoo.participation.queries import MyTerm

Links = Callable[["MyTerm"], Sequence[tuple[str, str]]]
_providers: list[Links] = []


def register(provider: Links) -> None:
    """Announce links as (words, address); the same provider again adds nothing."""
    if provider not in _providers:
        _providers.append(provider)


def links_of(term: "MyTerm") -> list[tuple[str, str]]:
    """All links of one term."""
    return [link for provider in _providers for link in provider(term)]
