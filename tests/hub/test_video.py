"""Real ffmpeg sends to the doors; what comes out is played back by ffmpeg."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.hub.running import ROOT
from tests.servers.live import below, command_of, wait_until
from tests.servers.postgres import free_port

from ortoo_hub import ffmpeg
from ortoo_hub.video import Session, as_json

KEY = "a-key-of-this-session"
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("video")]


class RunningVideo:
    """`python -m ortoo_hub.video`; `states` is what it has said."""

    def __init__(self, folder: Path) -> None:
        self.session = Session(str(folder), KEY, rtmp_port=free_port(), srt_port=free_port(), size="320x180", quiet_seconds=2.0)
        self.folder = folder
        self.states: list[str] = []

    def start(self) -> None:
        environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
        command = [sys.executable, "-m", "ortoo_hub.video"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, text=True)
        assert self.process.stdin is not None
        with self.process.stdin as stream:
            stream.write(as_json(self.session))
        self.listener = threading.Thread(target=self._listen, daemon=True)
        self.listener.start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as stream:
            self.states.extend(json.loads(line)["state"] for line in stream)

    def stop(self) -> None:
        self.process.terminate()
        assert self.process.wait(30) == 0
        self.listener.join(10)

    def list_of(self, name: str = "video") -> str:
        """A public list as it is now."""
        file = self.folder / f"{name}.m3u8"
        return file.read_text() if file.exists() else ""

    def send(self, address: str, kind: str) -> "subprocess.Popen[bytes]":
        """A sender: test picture and tone, a key frame a second."""
        source = ["-re", "-f", "lavfi", "-i", "testsrc=size=320x180:rate=10", "-re", "-f", "lavfi", "-i", "sine=frequency=440"]
        coding = [
            "-c:v",
            "libx264",
            "-preset",
            "ultrafast",
            "-g",
            "10",
            "-pix_fmt",
            "yuv420p",
            "-c:a",
            "aac",
            "-f",
            kind,
            address,
        ]
        return subprocess.Popen([ffmpeg.program(), "-loglevel", "error", *source, *coding], stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip

    @property
    def rtmp(self) -> str:
        return f"rtmp://127.0.0.1:{self.session.rtmp_port}/live/{KEY}"

    @property
    def srt(self) -> str:
        return f"srt://127.0.0.1:{self.session.srt_port}?passphrase={KEY}"


@pytest.fixture
def video(tmp_path: Path) -> Iterator[RunningVideo]:
    one = RunningVideo(tmp_path / "video")
    one.start()
    wait_until(lambda: "#EXTINF" in one.list_of(), 30)
    yield one
    one.stop()


def end(sender: "subprocess.Popen[bytes]") -> None:
    sender.kill()
    sender.wait()


def played(video: RunningVideo, name: str, streams: str) -> tuple[int, float]:
    """Frames that ffmpeg decodes from all that a public list names now, and how many seconds they last."""
    file = video.folder / f"{name}-now.m3u8"
    file.write_text(video.list_of(name) + "#EXT-X-ENDLIST\n")
    command = [ffmpeg.program(), "-loglevel", "error", "-stats", "-i", str(file), "-map", streams, "-f", "null", "-"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL, check=True)
    count = re.findall(r"frame= *(\d+)", done.stderr) or ["0"]
    minutes, seconds = re.findall(r"time=\d+:(\d+):([\d.]+)", done.stderr)[-1]
    return int(count[-1]), 60 * int(minutes) + float(seconds)


def test_source_that_comes_goes_and_comes_by_the_other_door(video: RunningVideo) -> None:
    assert video.states == ["holding"]
    sender = video.send(video.rtmp, "flv")
    wait_until(lambda: video.states[-1] == "live", 30)
    wait_until(
        lambda: (
            video.list_of().count("DISCONTINUITY\n") == 1 and video.list_of().rpartition("DISCONTINUITY\n")[2].count("EXTINF") > 2
        ),
        30,
    )
    assert "#EXTINF" in video.list_of("audio")
    end(sender)
    wait_until(lambda: video.states[-1] == "holding", 30)
    wait_until(lambda: video.list_of().count("DISCONTINUITY\n") == 2, 30)
    sender = video.send(video.srt, "mpegts")
    wait_until(lambda: video.states[-1] == "live", 30)
    wait_until(lambda: video.list_of().count("DISCONTINUITY\n") == 3, 30)
    end(sender)
    assert video.states == ["holding", "live", "holding", "live"]
    recordings = sorted(video.folder.glob("recording-*.ts"))
    assert len(recordings) == 2
    assert all(each.stat().st_size > 10_000 for each in recordings)


def test_public_lists_can_be_played_with_picture_and_as_sound_alone(video: RunningVideo) -> None:
    sender = video.send(video.rtmp, "flv")
    wait_until(lambda: video.list_of().rpartition("DISCONTINUITY\n")[2].count("EXTINF") > 3 and video.states[-1] == "live", 30)
    count, seconds = played(video, "video", "0:v")
    assert count > 30
    assert seconds > 3
    assert played(video, "audio", "0:a")[1] > 3
    end(sender)


def test_sender_with_a_wrong_key_is_not_seen(video: RunningVideo) -> None:
    senders = [
        video.send(video.rtmp.replace(KEY, "another-key-altogether"), "flv"),
        video.send(video.srt.replace(KEY, "another-key-altogether"), "mpegts"),
    ]
    time.sleep(6)
    for sender in senders:
        end(sender)
    assert video.states == ["holding"]
    assert not list(video.folder.glob("recording-*"))
    sender = video.send(video.rtmp, "flv")
    wait_until(lambda: video.states[-1] == "live", 30)
    end(sender)


def test_killed_parts_come_back_and_a_killed_whole_leaves_nothing(video: RunningVideo) -> None:
    for pid, line in below(video.process.pid).items():
        if "ffmpeg" in line:
            os.kill(pid, signal.SIGKILL)
    before = video.list_of().count("EXTINF")
    wait_until(lambda: video.list_of().count("EXTINF") > before + 2, 30)
    sender = video.send(video.srt, "mpegts")
    wait_until(lambda: video.states[-1] == "live", 30)
    end(sender)
    children = below(video.process.pid)
    video.process.kill()
    video.process.wait()
    wait_until(lambda: not any(command_of(pid) for pid in children), 20)
    number = sequence(video)
    video.states.clear()
    video.start()
    wait_until(lambda: video.states == ["holding"] and sequence(video) > number, 30)


def sequence(video: RunningVideo) -> int:
    """The number of the first piece in the public list."""
    return int(re.findall(r"MEDIA-SEQUENCE:(\d+)", video.list_of())[0])


@pytest.mark.parametrize("wrong", [{"key": "short"}, {"key": "with a space in it"}, {"rtmp_port": 0}])
def test_session_refuses_what_cannot_be(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        Session(**({"folder": "var", "key": KEY} | wrong))  # type: ignore[arg-type]
