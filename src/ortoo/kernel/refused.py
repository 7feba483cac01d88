"""How a verb says no: an exception that is named for its rule and carries a sentence for the reader."""

from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """A rule forbids what was asked. `str()` is a sentence in the reader's language; `status` the answer's HTTP code.

    A subclass sets `sentence`, a lazy translation with %(name)s places that the keyword arguments fill.
    """

    sentence: ClassVar[str | Promise] = _("This is not possible.")
    status: ClassVar[int] = 409

    def __init__(self, **params: Any) -> None:
        super().__init__()
        self.params = params

    def __str__(self) -> str:
        return str(self.sentence) % self.params


class NotAllowed(Refused):
    """The account has no right to do this."""

    sentence = _("Your account has no right to do this.")
    status = 403
