"""Keeps the process that takes in picture and sound, for the one session that wants them, and notes how they are."""

import json
import subprocess
import sys
import threading

from django.conf import settings

from ortoo.live.domain.line import picture_folder
from ortoo.live.domain.session import mark_changed, picture_key
from ortoo.live.models import LiveSession
from ortoo_hub.processes import end_with_parent
from ortoo_hub.video import Session, as_json


class Filming:
    """Looked at now and then; starts, ends and starts again what is needed."""

    def __init__(self, host: str) -> None:
        self.host = host
        self.channel = ""
        self.process: subprocess.Popen[str] | None = None
        self.state = ""

    def look(self) -> None:
        """Bring the process in step with what is wanted, and the session with how the picture is."""
        session = LiveSession.objects.filter(films=True).first() if settings.VIDEO_PORT or settings.SRT_PORT else None
        channel = session.channel if session else ""
        died = self.process is not None and self.process.poll() is not None
        if channel != self.channel or died:
            self.end()
            if session is not None:
                self._start(session)
        if session is not None and session.picture != self.state:
            LiveSession.objects.filter(pk=session.pk).update(picture=self.state)
            mark_changed(session)

    def end(self) -> None:
        """Close the doors; what was recorded stays."""
        process, self.process, self.channel, self.state = self.process, None, "", ""
        if process is not None and process.poll() is None:
            process.terminate()
        if process is not None:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _start(self, session: LiveSession) -> None:
        ports = settings.VIDEO_PORT, settings.SRT_PORT
        about = Session(str(picture_folder(session)), picture_key(session), self.host, *ports)
        command = [sys.executable, "-m", "ortoo_hub.video"]
        # It must not outlive us, or its doors would be taken when we are started again.
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, preexec_fn=end_with_parent
        )
        assert self.process.stdin is not None
        with self.process.stdin as stream:
            stream.write(as_json(about))
        self.channel = session.channel
        threading.Thread(target=self._hear, args=[self.process], daemon=True, name="picture").start()

    def _hear(self, process: "subprocess.Popen[str]") -> None:
        assert process.stdout is not None
        with process.stdout as stream:
            for line in stream:
                if process is self.process:
                    self.state = str(json.loads(line)["state"])
