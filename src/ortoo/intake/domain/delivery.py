"""What happens to a delivery: received, read, applied, undone."""

from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Protocol

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils.text import get_valid_filename
from django.utils.translation import gettext_lazy as _

from ortoo.intake import store
from ortoo.intake.domain import undoing
from ortoo.intake.models import Decision, Delivery, ReturnFile
from ortoo.kernel import audit, clock, jobs
from ortoo.kernel.actor import Actor
from ortoo.kernel.refused import Refused
from ortoo.people.models import Unit
from ortoo.programmes.domain.programme import WrongState
from ortoo.programmes.models import Programme

State = Delivery.State
TOO_LARGE, EMPTY, SAME_DROP = "too_large", "empty", "same_drop"


class NoFiles(Refused):
    sentence = _("No file has come. Choose at least one file.")
    status = 400


class NotReady(Refused):
    sentence = _("This delivery is %(state)s; this is not possible now.")


class NothingToApply(Refused):
    sentence = _("Nothing in this delivery can be applied yet: it changes nothing, or everything is held back.")


class ChangedSince(Refused):
    """Some of it can't be undone because it has been changed since; `undoing.kept` says what."""

    sentence = _("%(count)s values have been changed since and can't be undone. Undo the rest, or leave everything.")

    def __init__(self, undoing: "undoing.Undoing") -> None:
        super().__init__(count=len(undoing.kept))
        self.undoing = undoing


class Upload(Protocol):
    """A file that comes in, as Django's UploadedFile or the command line gives it."""

    name: str | None

    def chunks(self) -> Iterator[bytes]:
        """The bytes, in pieces."""


def receive(programme: Programme | None, uploads: Sequence[Upload], *, by: Actor, unit: Unit | None = None) -> Delivery:
    """Keep the files at once and start reading them; without a programme they are directories of units.

    `unit` bounds whose people the files may name (default: the programme's unit). A file that is too large is named in the
    delivery and the others are read. Raises NoFiles, WrongState.
    """
    if not uploads:
        raise NoFiles
    if programme:
        demand_open(programme)
    kept = [(_name_of(upload), _keep(upload)) for upload in uploads]
    with transaction.atomic():
        delivery = _begin(programme, unit or (programme.unit if programme else None), by)
        _add_files(delivery, kept)
        return start_reading(delivery, by=by)


def start_reading(delivery: Delivery, *, by: Actor) -> Delivery:
    """Read its files (again). Refused once it is applied or on the way to it."""
    with transaction.atomic():
        delivery = _locked(delivery, State.READING, State.READY, State.FAILED)
        delivery.state, delivery.word = State.READING, ""
        delivery.job = jobs.start("intake.read", by=by, delivery=delivery.pk)
        delivery.save()
        return delivery


def apply(delivery: Delivery, *, by: Actor) -> Delivery:
    """Start recording what the preview shows. Raises NotReady, NothingToApply, WrongState."""
    with transaction.atomic():
        delivery = _locked(delivery, State.READY)
        if delivery.programme:
            demand_open(delivery.programme)
        if not delivery.counts.get("applicable"):
            raise NothingToApply
        delivery.state, delivery.word = State.APPLYING, ""
        delivery.job = jobs.start("intake.apply", by=by, delivery=delivery.pk)
        delivery.save()
        return delivery


def undo(delivery: Delivery, *, by: Actor, rest: bool = False) -> Delivery:
    """Start taking it back. Raises ChangedSince when something would have to stay, unless `rest` says to undo the rest."""
    with transaction.atomic():
        delivery = _locked(delivery, State.APPLIED)
        if delivery.programme:
            demand_open(delivery.programme)
        found = undoing.undoing_of(delivery)
        if found.kept and not rest:
            raise ChangedSince(found)
        delivery.state, delivery.word = State.UNDOING, ""
        delivery.job = jobs.start("intake.undo", by=by, delivery=delivery.pk, rest=rest)
        delivery.save()
        return delivery


def demand_open(programme: Programme) -> None:
    """Refuse unless the programme is open for returns now."""
    programme.refresh_from_db(fields=["state"])
    if programme.state != Programme.State.OPEN:
        raise WrongState(programme=programme.title, state=programme.get_state_display())


def _locked(delivery: Delivery, *states: str) -> Delivery:
    fresh = Delivery.objects.select_for_update(of=("self",)).select_related("programme__unit", "unit")
    delivery = fresh.get(pk=delivery.pk)
    if delivery.state not in states:
        raise NotReady(state=delivery.get_state_display())
    return delivery


def _begin(programme: Programme | None, unit: Unit | None, by: Actor) -> Delivery:
    if programme:  # two drops at once must not get one number
        Programme.objects.select_for_update().get(pk=programme.pk)
    last = Delivery.objects.filter(programme=programme).aggregate(last=Max("number"))["last"]
    delivery = Delivery.objects.create(
        programme=programme,
        number=(last or 0) + 1,
        unit=unit,
        by_id=by.pk,
        by_name=by.get_username(),
        received=clock.now(),
    )
    audit.record("receive_return", delivery, by=by, after={"number": delivery.number}, unit_path=_path(unit))
    return delivery


def _add_files(delivery: Delivery, kept: list[tuple[str, store.Kept | None]]) -> None:
    seen: dict[str, ReturnFile] = {}
    earlier = ReturnFile.objects.filter(delivery__programme=delivery.programme).exclude(delivery=delivery)
    names: set[str] = set()
    for name, bytes_kept in kept:
        file = ReturnFile(delivery=delivery, name=_unused(name, names), error=TOO_LARGE)
        if bytes_kept:
            file.sha256, file.size, file.error = bytes_kept.sha256, bytes_kept.size, "" if bytes_kept.size else EMPTY
            file.known_from = seen.get(file.sha256)
            if file.known_from:
                file.error = SAME_DROP
            else:
                file.known_from = earlier.filter(sha256=file.sha256, error="").order_by("-id").first()
        file.save()
        if not file.error:
            seen[file.sha256] = file
            _carry_over(delivery, file)


def _unused(name: str, names: set[str]) -> str:
    """The name, or with a number when another file of the drop has it: places of problems are told by it."""
    stem, dot, ending = name.rpartition(".")
    number, free = 1, name
    while free in names:
        number += 1
        free = f"{stem or ending} ({number}){dot}{ending if stem else ''}"
    names.add(free)
    return free


def _carry_over(delivery: Delivery, file: ReturnFile) -> None:
    """What was decided about these very bytes is not asked twice."""
    if file.known_from is None:
        return
    file.given = file.known_from.given
    file.save(update_fields=["given"])
    then = f"{file.known_from.name}|"
    copies = [
        Decision(
            delivery=delivery,
            place=f"{file.name}|{each.place.removeprefix(then)}",
            choice=each.choice,
            value=each.value,
            by_name=each.by_name,
            at=each.at,
        )
        for each in Decision.objects.filter(delivery_id=file.known_from.delivery_id, place__startswith=then)
    ]
    Decision.objects.bulk_create(copies, batch_size=500, ignore_conflicts=True)


def _keep(upload: Upload) -> store.Kept | None:
    """The bytes in the store; None when the file is larger than the installation takes."""
    try:
        return store.keep(_within_limit(upload))
    except OverflowError:
        return None


def _within_limit(upload: Upload) -> Iterator[bytes]:
    left = settings.UPLOAD_LIMIT_MB * 1024 * 1024
    for piece in upload.chunks():
        left -= len(piece)
        if left < 0:
            raise OverflowError
        yield piece


def _name_of(upload: Upload) -> str:
    """The file's own name, without a folder, as it may be shown and written."""
    name = PurePath((upload.name or "").replace("\\", "/")).name
    clean = "".join(letter for letter in name if letter.isprintable()).strip()
    try:
        get_valid_filename(clean)
    except Exception:
        clean = ""
    stem, dot, ending = clean.rpartition(".")
    return f"{stem[:180]}{dot}{ending[:10]}" if clean else "file"


def _path(unit: Unit | None) -> str:
    return unit.path if unit else ""
