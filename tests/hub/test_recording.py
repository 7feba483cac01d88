"""A recording ends when there is no room for it, and disturbs nobody by that."""

import subprocess
from pathlib import Path

import pytest

from ortoo_hub import ffmpeg
from ortoo_hub.recording import Recording


def test_every_byte_is_kept_while_there_is_room(tmp_path: Path) -> None:
    recording = Recording(tmp_path / "recording.ts", reserve=0)
    for data in (b"one", b"two"):
        recording.write(data)
    recording.close()
    assert (tmp_path / "recording.ts").read_bytes() == b"onetwo"
    assert recording.over == ""


def test_disk_that_is_nearly_full_ends_it_in_words(tmp_path: Path) -> None:
    recording = Recording(tmp_path / "recording.ts", reserve=2**62)
    recording.write(b"one")
    recording.close()
    assert "nearly full" in recording.over
    assert not (tmp_path / "recording.ts").exists()


def test_disk_that_refuses_raises_nothing(tmp_path: Path) -> None:
    recording = Recording(Path("/dev/full"), reserve=0)
    recording.write(b"x" * 1_000_000)
    recording.write(b"more")
    recording.close()
    assert "No space left" in recording.over


@pytest.mark.slow
def test_recording_has_a_length_and_becomes_a_file_that_plays(tmp_path: Path) -> None:
    source, target = tmp_path / "recording.ts", tmp_path / "replay.mp4"
    made = ["-f", "lavfi", "-i", "testsrc=size=160x90:rate=5", "-f", "lavfi", "-i", "sine", "-t", "4", "-c:a", "aac"]
    subprocess.run([ffmpeg.program(), "-loglevel", "error", *made, "-f", "mpegts", str(source)], check=True)
    assert ffmpeg.seconds_of(source) == 4
    subprocess.run(ffmpeg.wrap(source, target), check=True)
    assert ffmpeg.seconds_of(target) == 4
    assert target.read_bytes().index(b"moov") < target.read_bytes().index(b"mdat"), "the index comes first"
    (tmp_path / "broken.ts").write_bytes(b"x" * 1000)
    assert ffmpeg.seconds_of(tmp_path / "broken.ts") is None
