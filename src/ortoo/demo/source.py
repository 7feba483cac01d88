"""The picture and sound of the demo's live session: a test picture that moves, sent as a hall's encoder sends, started by `up`."""

import subprocess

from django.conf import settings

from ortoo.demo.live import session_today
from ortoo.live.domain.session import picture_key
from ortoo.live.models import LiveSession
from ortoo_hub.ffmpeg import program, written
from ortoo_hub.processes import end_with_parent

SIZE, RATE = "320x180", 10
#: Everything that is sent is recorded: a demo that is forgotten shall not fill a disk. Then the holding picture stands.
SECONDS = 2 * 60 * 60
AGAIN = 3.0  # Seconds; an encoder tries until somebody opens.


def wanted() -> LiveSession | None:
    """The demo's session, while it wants picture and sound."""
    session = session_today()
    return session if session and session.films and settings.VIDEO_PORT else None


def send(session: LiveSession, host: str) -> "subprocess.Popen[bytes]":
    """The encoder: test picture with a running clock, a quiet tone, a key frame a second."""
    address = f"rtmp://{written(host)}:{settings.VIDEO_PORT}/live/{picture_key(session)}"
    picture = ["-re", "-f", "lavfi", "-i", f"testsrc2=size={SIZE}:rate={RATE}"]
    sound = ["-re", "-f", "lavfi", "-i", "sine=frequency=330:beep_factor=4:sample_rate=44100"]
    coding = ["-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-g", str(RATE), "-pix_fmt", "yuv420p"]
    coding += [
        "-b:v",
        "120k",
        "-maxrate",
        "120k",
        "-bufsize",
        "240k",
        "-t",
        str(SECONDS),
        "-af",
        "volume=0.05",
        "-c:a",
        "aac",
        "-b:a",
        "32k",
        "-f",
        "flv",
        address,
    ]
    command = [program(), "-hide_banner", "-nostdin", "-loglevel", "quiet", *picture, *sound, *coding]
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, preexec_fn=end_with_parent)
