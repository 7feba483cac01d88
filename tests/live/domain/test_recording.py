"""Recordings are found on the disk, kept, made playable, and removed by hand or in their time."""

import os
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from ortoo.kernel import clock, jobs
from ortoo.kernel.actor import SYSTEM
from ortoo.kernel.models import AuditEntry
from ortoo.live.domain import line
from ortoo.live.domain import recording as verbs
from ortoo.live.domain.session import renew_live_link, turn_picture
from ortoo.live.models import LiveSession, Recording
from ortoo_hub import ffmpeg

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    """An installation of its own."""
    settings.DATA = tmp_path
    return tmp_path


def recorded(
    session: LiveSession, name: str = "recording-20230619-060000.ts", data: bytes = b"x" * 100, *, quiet: int = 3600
) -> Path:
    """A file as the hub leaves it, written to `quiet` seconds ago."""
    file = line.picture_folder(session) / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    moment = file.stat().st_mtime - quiet
    os.utime(file, (moment, moment))
    return file


def noted(session: LiveSession, **about: Any) -> Recording:
    recorded(session, **about)
    return verbs.recordings_of(session)[0]


def film(file: Path, seconds: int = 3) -> None:
    """Something that can be played, as an encoder sends it."""
    made = ["-f", "lavfi", "-i", "testsrc=size=160x90:rate=5", "-f", "lavfi", "-i", "sine", "-t", str(seconds)]
    command = [ffmpeg.program(), "-loglevel", "error", *made, "-c:v", "libx264", "-c:a", "aac", "-f", "mpegts", "-y", str(file)]
    subprocess.run(command, check=True)
    os.utime(file, (0, 0))


def test_files_are_noted_with_their_beginning_and_size_also_those_of_links_before(session: LiveSession) -> None:
    recorded(session)
    recorded(session, "recording-20230619-070000.ts", b"y" * 7)
    (line.picture_folder(session) / "recording-else.ts").write_bytes(b"")
    renew_live_link(session, by=SYSTEM)
    session.refresh_from_db()
    recorded(session, "recording-20230619-080000.ts")
    assert verbs.note_recordings() == 3
    rows = [(each.begun.hour, each.size) for each in session.recordings.all()]
    assert rows == [(6, 100), (7, 7), (8, 100)]
    assert verbs.note_recordings() == 3 and session.recordings.count() == 3


def test_what_was_recorded_is_known_once_the_picture_is_turned_off(session: LiveSession) -> None:
    LiveSession.objects.filter(pk=session.pk).update(opened=clock.now(), closed=None)
    session.refresh_from_db()
    turn_picture(session, True, by=SYSTEM)
    recorded(session, quiet=0)
    assert not session.recordings.exists()
    turn_picture(session, False, by=SYSTEM)
    assert session.recordings.count() == 1


def test_row_goes_with_its_file_and_not_on_a_machine_that_has_no_recordings(
    session: LiveSession, settings: Any, tmp_path: Path
) -> None:
    file = recorded(session)
    verbs.note_recordings()
    settings.DATA, settings.RECORDING_DAYS = tmp_path / "another machine", 1
    verbs.tend_recordings()
    assert session.recordings.count() == 1
    settings.DATA = tmp_path
    file.unlink()
    verbs.note_recordings()
    assert session.recordings.count() == 0


def test_kept_and_running_ones_are_not_removed(session: LiveSession) -> None:
    running = noted(session, quiet=0)
    with pytest.raises(verbs.StillRecorded):
        verbs.remove_recording(running, by=SYSTEM)
    kept = noted(session)
    verbs.keep_recording(kept, True, by=SYSTEM)
    with pytest.raises(verbs.RecordingKept):
        verbs.remove_recording(kept, by=SYSTEM)
    verbs.keep_recording(kept, False, by=SYSTEM)
    verbs.remove_recording(kept, by=SYSTEM)
    assert not verbs.file_of(kept).exists() and not session.recordings.exists()
    entry = AuditEntry.objects.get(verb="remove_recording")
    assert (entry.title, entry.after["size"]) == ("recording-20230619-060000.ts", 100)


@pytest.mark.parametrize(("days", "left"), [(90, {"new", "kept"}), (0, {"old", "new", "kept"})])
def test_what_nobody_keeps_goes_in_its_time(days: int, left: set[str], session: LiveSession, settings: Any) -> None:
    settings.RECORDING_DAYS = days
    ages = {"old": 91, "kept": 400, "new": 89}
    names = {}
    for what, age in ages.items():
        name = f"recording-{clock.now() - timedelta(days=age):%Y%m%d-%H%M%S}.ts"
        names[name] = what
        recorded(session, name)
    verbs.note_recordings()
    keep = session.recordings.get(name=next(name for name, what in names.items() if what == "kept"))
    verbs.keep_recording(keep, True, by=SYSTEM)
    verbs.tend_recordings()
    assert {names[each.name] for each in session.recordings.all()} == left
    assert {names[file.name] for file in line.picture_folder(session).glob("*.ts")} == left


def test_shown_one_is_made_playable_and_is_as_long_as_it_was(session: LiveSession) -> None:
    film(recorded(session))
    one = verbs.recordings_of(session)[0]
    verbs.measure_recordings()
    assert verbs.shown_to_viewers(session) == []
    verbs.show_recording(one, True, by=SYSTEM)
    assert one.job is not None
    jobs.run(one.job.pk)
    shown = verbs.shown_to_viewers(session)
    assert [each.seconds for each in shown] == [3]
    assert ffmpeg.seconds_of(verbs.replay_of(one)) == 3
    assert shown[0].replay_size == verbs.replay_of(one).stat().st_size
    verbs.show_recording(shown[0], False, by=SYSTEM)
    assert verbs.shown_to_viewers(session) == []
    verbs.remove_recording(shown[0], by=SYSTEM)
    assert list(line.picture_folder(session).glob("re*")) == []


def test_what_cannot_be_made_playable_is_not_shown(session: LiveSession) -> None:
    one = noted(session)
    verbs.show_recording(one, True, by=SYSTEM)
    assert one.job is not None
    with pytest.raises(RuntimeError, match="ffmpeg ended"):
        jobs.run(one.job.pk)
    one.refresh_from_db()
    assert (one.shown, one.replay_size) == (False, 0)
    assert [file.name for file in line.picture_folder(session).iterdir()] == [one.name]


def test_room_says_when_a_long_day_does_not_fit_and_when_nothing_does() -> None:
    rooms = [verbs.Room(free) for free in (verbs.LOW, verbs.LOW - 1, verbs.RESERVE - 1)]
    assert [(each.low, each.full) for each in rooms] == [(False, False), (True, False), (True, True)]
    assert verbs.room().free > 0
