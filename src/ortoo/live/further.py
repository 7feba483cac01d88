"""Where viewers may go on from the session's page: apps above announce it when they are ready, the page shows it.

`further.register(provider)` with `provider(leg) -> Iterable[Further]`: public addresses only, one query.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ortoo.programmes.models import Leg


@dataclass(frozen=True)
class Further:
    """An address that needs no account, what it is called, and its icon."""

    href: str
    label: str
    icon: str


Provider = Callable[[Leg], Iterable[Further]]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Announce one; the same again changes nothing."""
    if provider not in _providers:
        _providers.append(provider)


def further(leg: Leg) -> list[Further]:
    """All that is announced for viewers of this stop."""
    return [each for provider in _providers for each in provider(leg)]
