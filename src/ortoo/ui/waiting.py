"""What waits for an account: apps announce it, home shows it.

An app registers a provider when it is ready: `waiting.register(provider)`, with
`provider(account) -> Iterable[Waiting]`. A provider asks a bounded number of queries and returns at most `MOST` items.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from ortoo.kernel import clock

MOST = 20


@dataclass(frozen=True)
class Waiting:
    """One thing that waits: what, why (a sentence), by when if there is a day, and the one button that does it.

    `programme` is the key of the programme that it belongs to, `count` how many things it stands for.
    """

    title: str
    why: str
    due: date | None
    href: str
    button: str
    urgent: bool = False
    programme: str = ""
    count: int | None = None

    @property
    def late(self) -> bool:
        """Whether its day has passed."""
        return self.due is not None and self.due < clock.today()


Provider = Callable[..., Iterable[Waiting]]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Ask `provider` too from now on; registering the same one twice changes nothing."""
    if provider not in _providers:
        _providers.append(provider)


def waiting_for(account: object) -> list[Waiting]:
    """Everything that waits for the account: urgent first, then by day, then what has no day."""
    found = [item for provider in _providers for item in provider(account)]
    return by_date(found)


def by_date(things: Iterable[Waiting]) -> list[Waiting]:
    """Urgent first, then soonest; what has no day comes last."""
    return sorted(things, key=lambda item: (not item.urgent, item.due is None, item.due or date.max, item.title))
