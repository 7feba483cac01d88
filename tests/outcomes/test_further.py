"""Viewers of a session are led to where they may write to its speakers."""

import pytest
from django.test import Client
from django.urls import reverse
from tests.outcomes.stage import Desk

from ortoo.kernel.actor import SYSTEM
from ortoo.live.domain.session import code_of, session_of
from ortoo.outcomes.domain.desk import close_desk


@pytest.mark.parametrize("page", ["watch", "plain"])
def test_viewers_are_led_to_the_speakers_desk_while_it_is_open(desk: Desk, page: str) -> None:
    session = session_of(desk.tour.leg)
    address = reverse(f"live:{page}", args=[session.key, code_of(session, "watch")])
    link = f'href="{reverse("outcomes:write", args=[desk.desk.key])}"'
    assert link in Client().get(address).text
    close_desk(desk.tour.leg, by=SYSTEM)
    assert link not in Client().get(address).text
