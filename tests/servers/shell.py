"""Pieces of code for a test, run by programs of their own on one data folder."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.servers.live import environment

# One program that runs what it is given line by line: it is never killed, and starting one for each question takes long.
LISTEN = """
import contextlib, io, json, sys, traceback
import django; django.setup()
from django.db import connections
for line in sys.stdin:
    said = io.StringIO()
    try:
        with contextlib.redirect_stdout(said):
            exec(json.loads(line), {})
        wrong = ""
    except Exception:
        wrong = traceback.format_exc()
    connections.close_all()
    print(json.dumps([said.getvalue(), wrong]), flush=True)
"""


class Shell:
    """Runs pieces of code on one data folder; those that are to be killed as programs of their own."""

    def __init__(self, data: Path, database: str) -> None:
        self.environment = environment(data, database) | {"DJANGO_SETTINGS_MODULE": "ortoo.settings"}
        command = [sys.executable, "-c", LISTEN]
        self.listener = subprocess.Popen(
            command, env=self.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )

    def run(self, code: str) -> str:
        """To its end; gives what it printed."""
        assert self.listener.stdin is not None and self.listener.stdout is not None
        self.listener.stdin.write(json.dumps(code) + "\n")
        self.listener.stdin.flush()
        said, wrong = json.loads(self.listener.stdout.readline())
        assert not wrong, wrong
        return str(said).strip()

    def __enter__(self) -> "Shell":
        return self

    def __exit__(self, *_error: object) -> None:
        self.listener.communicate()

    def kill_after(self, code: str, seconds: float) -> str:
        """Killed so long after it has said that it is ready; gives what it had printed by then."""
        with subprocess.Popen([sys.executable, "-c", code], env=self.environment, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None and process.stdout.readline() == "ready\n"
            time.sleep(seconds)
            process.send_signal(signal.SIGKILL)
            return process.stdout.read()
