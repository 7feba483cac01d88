"""A tour: its stops, halls, speakers, talks, running orders and checklists.

The host holds the second stop only; the participant is a speaker.
"""

from typing import Any

from tests.factories.cast import Cast
from tests.programmes.tour import day
from tests.rights.matrix import Row

from ortoo.kernel.actor import SYSTEM
from ortoo.programmes.domain.duty import DutyDraft, add_duty
from ortoo.programmes.domain.rehearsal import RehearsalDraft, record_rehearsal
from ortoo.programmes.domain.running_order import put_on
from ortoo.programmes.domain.script import write_version


def key(cast: Cast) -> dict[str, Any]:
    """The tour's address."""
    return {"key": cast.tour.programme.key}


def stop(cast: Cast) -> dict[str, Any]:
    """The stop that is held today, by the host."""
    return key(cast) | {"pk": cast.tour.stops[1].pk}


def other_stop(cast: Cast) -> dict[str, Any]:
    """The first stop, which somebody else hosts."""
    return key(cast) | {"pk": cast.tour.stops[0].pk}


def hall(cast: Cast) -> dict[str, Any]:
    """A hall of today's stop."""
    return stop(cast) | {"hall_pk": cast.tour.stops[1].halls.get().pk}


def speaker(cast: Cast) -> dict[str, Any]:
    """The guest."""
    return key(cast) | {"pk": cast.tour.guest.pk}


def talk(cast: Cast) -> dict[str, Any]:
    """The participant's own talk."""
    return key(cast) | {"pk": cast.tour.talks[0].pk}


def other_talk(cast: Cast) -> dict[str, Any]:
    """Somebody else's talk."""
    return key(cast) | {"pk": cast.tour.talks[1].pk}


def script(cast: Cast) -> dict[str, Any]:
    """A version of the participant's script."""
    return talk(cast) | {"number": write_version(cast.tour.talks[0], "一稿", by=SYSTEM).number}


def rehearsal(cast: Cast) -> dict[str, Any]:
    """A rehearsal of the participant's talk."""
    draft = RehearsalDraft(cast.tour.speaking.pk, day(0), 600)
    return talk(cast) | {"rehearsal_pk": record_rehearsal(cast.tour.talks[0], draft, by=SYSTEM).pk}


def appearance(cast: Cast) -> dict[str, Any]:
    """A talk in today's running order."""
    return key(cast) | {"pk": put_on(cast.tour.stops[1], cast.tour.talks[1], by=SYSTEM).pk}


def duty(cast: Cast) -> dict[str, Any]:
    """A duty of today's stop."""
    return key(cast) | {"pk": add_duty(cast.tour.stops[1], DutyDraft("备水"), by=SYSTEM).pk}


def other_duty(cast: Cast) -> dict[str, Any]:
    """A duty of a stop that somebody else hosts."""
    return key(cast) | {"pk": add_duty(cast.tour.stops[0], DutyDraft("备水"), by=SYSTEM).pk}


EVERYBODY = "302 200 404 200 200 200 200 200"
OWN = "302 200 404 403 403 403 403 403"
OWN_POST = "302 302 404 403 403 403 403 403"
HOSTED = "302 200 404 403 403 200 403 403"
HOSTED_POST = "302 302 404 403 403 302 403 403"
SPOKEN = "302 200 404 403 403 403 200 403"
SPOKEN_POST = "302 302 404 403 403 403 302 403"

ROWS = [
    Row("programmes:programme", EVERYBODY, key),
    Row("programmes:change", OWN, key),
    Row("programmes:stops", EVERYBODY, key),
    Row("programmes:stop", EVERYBODY, stop),
    Row("programmes:stop-add", OWN, key),
    Row("programmes:stop-add", OWN, key, "post"),
    Row("programmes:stop-change", OWN, stop),
    Row("programmes:stop-settle", OWN_POST, stop, "post", {"day": "", "hall": ""}),
    Row("programmes:stop-move", OWN_POST, stop, "post", {"step": "up"}),
    Row("programmes:stop-remove", OWN_POST, stop, "post"),
    Row("programmes:hall-add", HOSTED, stop),
    Row("programmes:hall-add", OWN, other_stop),
    Row("programmes:hall-change", HOSTED, hall),
    Row("programmes:hall-remove", HOSTED_POST, hall, "post"),
    Row("programmes:route", EVERYBODY, key),
    Row("programmes:speakers", OWN, key),
    Row("programmes:speaker-add", OWN, key),
    Row("programmes:speaker-change", OWN, speaker),
    Row("programmes:speaker-remove", OWN_POST, speaker, "post"),
    Row("programmes:talks", SPOKEN, key),
    Row("programmes:talk", SPOKEN, talk),
    Row("programmes:talk", "302 200 404 403 403 403 404 403", other_talk),
    Row("programmes:talk-add", OWN, key),
    Row("programmes:talk-change", OWN, talk),
    Row("programmes:talk-remove", OWN_POST, talk, "post"),
    Row("programmes:script-write", SPOKEN_POST, talk, "post", {"text": "二稿"}),
    Row("programmes:script-write", "302 302 404 403 403 403 404 403", other_talk, "post", {"text": "二稿"}),
    Row("programmes:script-comment", SPOKEN_POST, script, "post", {"comment-text": "好"}),
    Row("programmes:script-sign", OWN_POST, script, "post"),
    Row("programmes:rehearsal-add", OWN_POST, talk, "post"),
    Row("programmes:rehearsal-remove", OWN_POST, rehearsal, "post"),
    Row("programmes:order", "302 200 404 403 403 200 200 403", key),
    Row("programmes:order-put", OWN_POST, stop, "post", {"all": "1"}),
    Row("programmes:order-act", OWN_POST, appearance, "post", {"act": "up"}),
    Row("programmes:order-act", HOSTED_POST, appearance, "post", {"act": "arrived"}),
    Row("programmes:duties", HOSTED, key),
    Row("programmes:duty-tick", HOSTED_POST, duty, "post", {"done": "1"}),
    Row("programmes:duty-tick", OWN_POST, other_duty, "post", {"done": "1"}),
    Row("programmes:duty-owner", HOSTED_POST, duty, "post", {"owner": ""}),
    Row("programmes:duty-list", OWN, key),
    Row("programmes:duty-copy", OWN, key),
    Row("programmes:duty-paper", HOSTED, key),
    Row("programmes:lesson", HOSTED_POST, stop, "post", {"text": "早到", "days_before": "1"}),
    Row("programmes:lesson", OWN_POST, other_stop, "post", {"text": "早到", "days_before": "1"}),
    Row("api:halls", "401 200 404 200 200 200 200 200", key),
    Row("api:talks", "401 200 404 403 403 403 200 403", key),
    Row("api:order", "401 200 404 403 403 200 200 403", key),
]
