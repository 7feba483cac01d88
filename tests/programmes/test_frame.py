"""The frame of a programme's pages."""

import pytest

from ortoo.programmes import frame


def test_register_refuses_an_unknown_verb() -> None:
    with pytest.raises(ValueError, match="later"):
        frame.register(frame.Page("later", "x", "x", "programmes:programme", lambda account, programme: True))
