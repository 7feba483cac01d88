"""Who does it: every verb takes `by`, an account or the system itself."""

from typing import Protocol


class Actor(Protocol):
    """What the kernel needs to know of whoever acts."""

    @property
    def pk(self) -> int | None:
        """The account's key; None for the system."""

    def get_username(self) -> str:
        """The name under which the act is recorded."""


class System:
    """Ortoo itself, for the command line and the demo."""

    pk: int | None = None

    def get_username(self) -> str:
        return "system"


SYSTEM = System()
