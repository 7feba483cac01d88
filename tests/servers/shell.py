"""Pieces of code for a test, run by programs of their own on one data folder."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.servers.live import environment

# One program that runs what it is given line by line: it is never killed, and starting one for each question takes long.
# What is to be killed runs in a process split off from it.
LISTEN = """
import contextlib, io, json, os, sys, traceback
import django; django.setup()
from django.db import connections
def split_off(code, said):
    if number := os.fork():
        return number
    os.setsid()
    sys.stdout = open(said, "w")
    try:
        exec(code, {})
        sys.stdout.flush()
    finally:
        os._exit(0)
for line in sys.stdin:
    said = io.StringIO()
    try:
        with contextlib.redirect_stdout(said):
            exec(json.loads(line), {"split_off": split_off})
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
        """Run in a process of its own, killed so long after it has said that it is ready; gives what it had printed by then."""
        with tempfile.TemporaryDirectory() as folder:
            said = Path(folder) / "said"
            os.mkfifo(said)
            number = int(self.run(f"print(split_off({code!r}, {str(said)!r}))"))
            with said.open() as stream:
                assert stream.readline() == "ready\n"
                time.sleep(seconds)
                os.kill(number, signal.SIGKILL)
                self.run(f"import os; os.waitpid({number}, 0)")
                return stream.read()
