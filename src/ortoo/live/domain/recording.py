"""What was recorded: found on the disk and noted, kept, shown to viewers, removed by hand or when its time is over."""

import re
import shutil
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ortoo.kernel import audit, clock, jobs
from ortoo.kernel.actor import SYSTEM, Actor
from ortoo.kernel.refused import Refused
from ortoo.live.domain import line
from ortoo.live.models import LiveSession, Recording
from ortoo_hub import ffmpeg
from ortoo_hub.recording import RESERVE

NAME = re.compile(r"recording-(\d{8}-\d{6})\.ts")
REPLAY = "live.replay"
#: A file that has not grown for so long is whole.
QUIET_SECONDS = 20
#: Measured at a time, so that a full folder does not hold up everything else.
MOST_MEASURED = 20
MOST_REMOVED = 200
MOST_LISTED = 200
#: Below this the desk warns: enough for a long day at 1.5 Mbit/s.
LOW = RESERVE + 8 * 3600 * 1_500_000 // 8


class StillRecorded(Refused):
    sentence = _("%(name)s is still being written. Switch picture and sound off first.")


class RecordingKept(Refused):
    sentence = _("%(name)s is to be kept. Take that back first.")


class FileGone(Refused):
    sentence = _("%(name)s is not on this machine's disk any more.")


def folder_of(recording: Recording) -> Path:
    """Where its files lie."""
    return line.folder() / "picture" / recording.channel


def file_of(recording: Recording) -> Path:
    """What was sent, byte by byte (MPEG-TS)."""
    return folder_of(recording) / recording.name


def replay_of(recording: Recording) -> Path:
    """The file that browsers play (MP4)."""
    return folder_of(recording) / recording.replay_name


def note_recordings(sessions: Iterable[LiveSession] | None = None) -> int:
    """Write down what lies on the disk (of these sessions, else of all), and drop rows whose file somebody took away.

    Gives how many files there are. Names and sizes only; `measure_recordings` tells how long they are.
    """
    wanted = {session.key: session for session in (LiveSession.objects.all() if sessions is None else sessions)}
    known = {(each.channel, each.name): each for each in Recording.objects.filter(session__in=wanted.values())}
    found = 0
    for channel, file in _files():
        session = wanted.get(channel.rpartition("-")[0])
        if session is None:
            continue
        found += 1
        recording = known.pop((channel, file.name), None) or _noted(session, channel, file)
        size = file.stat().st_size
        if recording.size != size:
            Recording.objects.filter(pk=recording.pk).update(size=size, seconds=None)
    Recording.objects.filter(pk__in=[each.pk for each in known.values() if is_here(each)]).delete()
    return found


def is_here(recording: Recording) -> bool:
    """Whether this machine's disk is the one that holds what the hub recorded; with several servers only one is."""
    return folder_of(recording).is_dir()


def _files() -> list[tuple[str, Path]]:
    """Channel and file of all that was recorded here."""
    place = line.folder() / "picture"
    return [(file.parent.name, file) for file in sorted(place.glob("*/recording-*.ts")) if NAME.fullmatch(file.name)]


def _noted(session: LiveSession, channel: str, file: Path) -> Recording:
    moment = datetime.strptime(NAME.fullmatch(file.name)[1], "%Y%m%d-%H%M%S").replace(tzinfo=UTC)  # type: ignore[index]
    return Recording.objects.get_or_create(session=session, channel=channel, name=file.name, defaults={"begun": moment})[0]


def is_running(recording: Recording) -> bool:
    """Whether it still grows."""
    try:
        return time.time() - file_of(recording).stat().st_mtime < QUIET_SECONDS
    except OSError:
        return False


def measure_recordings() -> int:
    """Tell of some that have come to rest how long they are; gives of how many."""
    unknown = Recording.objects.filter(seconds=None)[: 2 * MOST_MEASURED]
    waiting = [each for each in unknown if is_here(each) and not is_running(each)]
    for recording in waiting[:MOST_MEASURED]:
        seconds = ffmpeg.seconds_of(file_of(recording)) or 0
        Recording.objects.filter(pk=recording.pk, size=recording.size).update(seconds=seconds)
    return len(waiting[:MOST_MEASURED])


def recordings_of(session: LiveSession) -> list[Recording]:
    """What was recorded of a session, the newest first, as it lies on the disk now."""
    note_recordings([session])
    return list(session.recordings.select_related("job").order_by("-begun", "-pk")[:MOST_LISTED])


def shown_to_viewers(session: LiveSession) -> list[Recording]:
    """What whoever has the viewers' link may watch, in the order in which it was."""
    return list(session.recordings.filter(shown=True, replay_size__gt=0)[:MOST_LISTED])


@transaction.atomic
def keep_recording(recording: Recording, kept: bool, *, by: Actor) -> None:
    """Whether it stays for good."""
    if recording.kept == kept:
        return
    recording.kept = kept
    recording.save(update_fields=["kept"])
    _record("keep_recording", recording, by, {"kept": kept})


@transaction.atomic
def show_recording(recording: Recording, shown: bool, *, by: Actor) -> None:
    """Offer it to whoever has the viewers' link; the file that browsers play is made when there is none yet."""
    if shown and is_running(recording):
        raise StillRecorded(name=recording)
    if shown and not file_of(recording).exists():
        raise FileGone(name=recording)
    if recording.shown == shown:
        return
    recording.shown = shown
    if shown and not recording.replay_size and (recording.job is None or recording.job.over):
        recording.job = jobs.start(REPLAY, by=by, recording=recording.pk)
    recording.save(update_fields=["shown", "job"])
    _record("show_recording", recording, by, {"shown": shown})


def remove_recording(recording: Recording, *, by: Actor) -> None:
    """Take it from the disk for good."""
    if recording.kept:
        raise RecordingKept(name=recording)
    if is_running(recording):
        raise StillRecorded(name=recording)
    files = file_of(recording), replay_of(recording)
    with transaction.atomic():
        _record("remove_recording", recording, by, {"size": recording.size, "seconds": recording.seconds})
        recording.delete()
        for file in files:
            file.unlink(missing_ok=True)


def forget_recordings() -> int:
    """Remove what is older than `ORTOO_RECORDING_DAYS` and not kept; gives how many. 0 days: nothing, ever."""
    days = settings.RECORDING_DAYS
    if not days:
        return 0
    old = Recording.objects.filter(kept=False, begun__lt=clock.now() - timedelta(days=days))
    rows = old.select_related("session__leg__programme__unit")[:MOST_REMOVED]
    over = [each for each in rows if is_here(each) and not is_running(each)]
    for recording in over:
        remove_recording(recording, by=SYSTEM)
    return len(over)


def tend_recordings() -> None:
    """What the worker does every minute."""
    note_recordings()
    measure_recordings()
    forget_recordings()


@dataclass(frozen=True)
class Room:
    """How much is free on the disk, in bytes; `low` when a long day may not fit, `full` when nothing is recorded any more."""

    free: int

    @property
    def low(self) -> bool:
        return self.free < LOW

    @property
    def full(self) -> bool:
        return self.free < RESERVE


def room() -> Room:
    """The disk on which recordings lie."""
    place = line.folder()
    while not place.exists():
        place = place.parent
    return Room(shutil.disk_usage(place).free)


def _record(verb: str, recording: Recording, by: Actor, after: dict[str, object]) -> None:
    leg = recording.session.leg
    said = {"leg": leg.name} | after
    audit.record(verb, recording, by=by, after=said, unit_path=leg.programme.unit.path)
