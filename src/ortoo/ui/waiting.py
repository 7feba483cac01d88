"""What waits for a person: the rows of the home page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ortoo.kernel import clock


@dataclass(frozen=True)
class Waiting:
    """One thing to do: a sentence, the one button, and the day by which it is due (None: no day)."""

    title: str
    href: str
    action: str
    text: str = ""
    due: date | None = None
    count: int | None = None

    @property
    def late(self) -> bool:
        """Whether the day has passed."""
        return self.due is not None and self.due < clock.today()


def by_date(things: Sequence[Waiting]) -> list[Waiting]:
    """Soonest first; what has no day comes last."""
    return sorted(things, key=lambda thing: (thing.due is None, thing.due or date.max, thing.title))
