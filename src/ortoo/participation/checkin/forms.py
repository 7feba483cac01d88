"""What a door sends and what the host types. A door's batch is somebody else's JSON: every value is looked at."""

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ortoo.kernel.refused import Refused
from ortoo.participation.domain.scan import ScanDraft
from ortoo.participation.models import Scan

MOST_LINES = 500
MOST_BYTES = 512 * 1024
ID = re.compile(r"[A-Za-z0-9-]{8,40}")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FAR_MS = 250_000_000_000_000
ANSWERS = ("admitted", "again", "unknown", "other", "replaced", "noted", "undone")


class BadBatch(Refused):
    sentence = _("What came from the door can't be read.")
    status = 400


class BatchTooLarge(Refused):
    sentence = _("The door sent too much at once.")
    status = 413


class DoorForm(forms.Form):
    """A door by its name."""

    name = forms.CharField(label=_("name of the door"), max_length=40)


def read_batch(body: bytes) -> tuple[datetime, datetime, list[ScanDraft]]:
    """The door's clock as it sent, since when it wants to hear of others, and its lines. BadBatch, BatchTooLarge."""
    if len(body) > MOST_BYTES:
        raise BatchTooLarge
    try:
        said = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BadBatch from error
    if not isinstance(said, dict) or not isinstance(said.get("scans"), list):
        raise BadBatch
    if len(said["scans"]) > MOST_LINES:
        raise BatchTooLarge
    return _moment(said.get("sent")), _moment(said.get("since", 0)), [_draft(line) for line in said["scans"]]


def _draft(line: Any) -> ScanDraft:
    if not isinstance(line, dict) or line.get("kind") not in Scan.Kind.values:
        raise BadBatch
    kind, answer = line["kind"], _text(line, "said", 10)
    draft = ScanDraft(
        client_id=_id(line.get("id")),
        kind=kind,
        at=_moment(line.get("at")),
        code=_text(line, "code", 80) if kind == Scan.Kind.TICKET else "",
        picked=line.get("picked") is True,
        name=_text(line, "name", 60) if kind == Scan.Kind.WALK_IN else "",
        note=_text(line, "note", 120) if kind == Scan.Kind.WALK_IN else "",
        undoes=_id(line.get("undoes")) if kind == Scan.Kind.UNDO else "",
        said=answer if answer in ANSWERS else "",
    )
    if kind == Scan.Kind.WALK_IN and not draft.name:
        raise BadBatch
    return draft


def _id(value: Any) -> str:
    if not isinstance(value, str) or not ID.fullmatch(value):
        raise BadBatch
    return value


def _moment(value: Any) -> datetime:
    """Milliseconds since 1970 as a door's clock counts them."""
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < FAR_MS:
        raise BadBatch
    return EPOCH + timedelta(milliseconds=value)


def _text(line: dict[str, Any], name: str, most: int) -> str:
    """A short text without what no database keeps: NUL and halves of characters."""
    value = line.get(name, "")
    if not isinstance(value, str):
        raise BadBatch
    return value.encode("utf-8", "ignore").decode().replace("\0", "").strip()[:most]
