"""Long work as its page shows it: what it is called, who besides its starter sees it, where it belongs.

An app says it when it is ready: `long_work.register("planning.solve", LongWork(_("Planning"), may, page))`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ortoo.kernel.models import Job


@dataclass(frozen=True)
class LongWork:
    """One kind of work: its name; `may(account, job)`: see and stop it; `page(job)`: where it belongs."""

    title: str | Promise
    may: Callable[..., bool] = lambda account, job: False
    page: Callable[[Job], str] = lambda job: ""


UNKNOWN = LongWork(_("Work"))
_kinds: dict[str, LongWork] = {}


def register(kind: str, work: LongWork) -> None:
    """Say how work of this kind is shown; the same kind again replaces it."""
    _kinds[kind] = work


def title_of(job: Job) -> str:
    """What the work is called."""
    return str(_kinds.get(job.kind, UNKNOWN).title)


def may_see(account: object, job: Job) -> bool:
    """Whether an account that did not start it sees it."""
    return _kinds.get(job.kind, UNKNOWN).may(account, job)


def page_of(job: Job) -> str:
    """The page it belongs to; empty when it has none."""
    return _kinds.get(job.kind, UNKNOWN).page(job)
