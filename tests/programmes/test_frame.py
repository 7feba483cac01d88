"""The frame of a programme's pages."""

import pytest

from ortoo.programmes import frame


def test_register_refuses_an_unknown_verb() -> None:
    with pytest.raises(LookupError):
        frame.register(frame.Page("later", "x", "x", "programmes:programme", lambda account, programme: True))
