"""What a stop asks of the lines: how many streams, how much that is, and how many caches it takes."""

from dataclasses import asdict, dataclass

from django.db import transaction

from ortoo.kernel import audit
from ortoo.kernel.actor import Actor
from ortoo.live.models import LiveSession
from ortoo.live.queries import expected_at

#: What a viewer who only listens takes, and what one who only reads along does, in kbit/s.
SOUND_KBIT = 140
TEXT_KBIT = 2


@dataclass(frozen=True)
class LinesDraft:
    """What somebody writes: viewers by themselves, what one picture takes (kbit/s), our line out and a cache's (Mbit/s)."""

    viewers_expected: int = 0
    picture_kbit: int = 900
    line_mbit: int = 100
    cache_mbit: int = 1000


@dataclass(frozen=True)
class Lines:
    """The arithmetic for one stop. A viewing site is one viewer, however many sit in it; rates in Mbit/s."""

    sites: int
    heads: int
    draft: LinesDraft

    @property
    def each(self) -> float:
        """One picture."""
        return self.draft.picture_kbit / 1000

    @property
    def people(self) -> int:
        """Everybody who is expected outside of the hall."""
        return self.heads + self.draft.viewers_expected

    @property
    def streams(self) -> int:
        """Pictures that go out."""
        return self.sites + self.draft.viewers_expected

    @property
    def alone(self) -> float:
        """If all of them watched by themselves."""
        return self.people * self.each

    @property
    def wanted(self) -> float:
        """What goes out as it is planned."""
        return self.streams * self.each

    @property
    def sound(self) -> float:
        """If single viewers only listened."""
        return self.sites * self.each + self.draft.viewers_expected * SOUND_KBIT / 1000

    @property
    def text(self) -> float:
        """Stage, captions and questions for everybody."""
        return self.streams * TEXT_KBIT / 1000

    @property
    def carried(self) -> int:
        """Pictures that our own line carries."""
        return self.draft.line_mbit * 1000 // max(1, self.draft.picture_kbit)

    @property
    def beyond(self) -> int:
        """Pictures that it doesn't."""
        return max(0, self.streams - self.carried)

    @property
    def of_a_cache(self) -> int:
        """Pictures that one cache carries."""
        return self.draft.cache_mbit * 1000 // max(1, self.draft.picture_kbit)

    @property
    def caches(self) -> int:
        """Caches for what our line doesn't carry; 0 when it carries all."""
        return -(-self.beyond // max(1, self.of_a_cache))


def lines_of(session: LiveSession) -> Lines:
    """The arithmetic of its stop, for its own numbers; one query."""
    sites, heads = expected_at(session.leg)
    written = {name: getattr(session, name) for name in LinesDraft.__dataclass_fields__}
    return Lines(sites, heads, LinesDraft(**written))


@transaction.atomic
def plan_lines(session: LiveSession, draft: LinesDraft, *, by: Actor) -> None:
    """Write down what the lines are planned for."""
    before = {name: getattr(session, name) for name in asdict(draft)}
    if before == asdict(draft):
        return
    for name, value in asdict(draft).items():
        setattr(session, name, value)
    session.save(update_fields=list(before))
    unit_path = session.leg.programme.unit.path
    audit.record("plan_lines", session, by=by, before=before, after=asdict(draft), unit_path=unit_path)
