"""Who does it: every verb takes `by`, an account or the system itself."""

from typing import Protocol


class Actor(Protocol):
    """What the kernel needs to know of whoever acts."""

    pk: int | None

    def get_username(self) -> str:
        """The name under which the act is recorded."""


class System:
    """Ortoo itself, for the command line and the demo."""

    pk: int | None = None

    def get_username(self) -> str:
        return "system"


SYSTEM = System()
