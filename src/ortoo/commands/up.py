"""`./ortoo up`: migrate, build the demo on first run, serve pages and do long work until it is stopped."""

import argparse
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Sequence

import django
from django.utils.translation import gettext as _

from ortoo.commands.reader import speak

LET_GO = 5.0  # Seconds.


def main(argv: list[str]) -> int:
    """Serve until Ctrl-C; 0 when ended by a signal, 2 when the address is taken."""
    asked = _parse(argv)
    if not _free(asked.host, asked.port):
        django.setup()
        speak()
        said = _("%(host)s:%(port)d cannot be had (another program is there?). Choose another: ./ortoo up --port %(other)d")
        print("ortoo:", said % {"host": asked.host, "port": asked.port, "other": asked.port + 1}, file=sys.stderr)
        return 2
    django.setup()
    speak()
    prepare(empty=asked.empty)
    return serve(asked.host, asked.port, ["--threads", str(asked.threads), "--workers", str(asked.workers)])


def _parse(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="ortoo up", description=__doc__)
    parser.add_argument("--host", default=os.environ.get("ORTOO_HOST", "127.0.0.1"))
    parser.add_argument("--port", type=int, default=int(os.environ.get("ORTOO_PORT", "8000")))
    parser.add_argument("--threads", type=int, default=4, help="threads of each page process")
    parser.add_argument(
        "--workers", type=int, default=0, help="page processes; 0: one a core on PostgreSQL, at most four, else one"
    )
    parser.add_argument("--empty", action="store_true", help="start clean, without the demo")
    return parser.parse_args(argv)


def _free(host: str, port: int) -> bool:
    """Whether the address can be had; what was killed a moment ago takes some time to let it go."""
    deadline = time.monotonic() + LET_GO
    while not _binds(host, port):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.2)
    return True


def _binds(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def prepare(*, empty: bool) -> None:
    """Tables, static files; then the demo when nothing is there yet, or the first administrator."""
    from django.conf import settings
    from django.core.management import call_command

    settings.DATA.mkdir(parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    from ortoo.demo.first_run import first_run

    first_run(empty=empty)


def serve(host: str, port: int, pages: Sequence[str]) -> int:
    """Run the page server and the worker as children; end both when told to, restart one that dies."""
    ortoo = [sys.executable, "-m", "ortoo"]
    where = ["--host", host, "--port", str(port)]
    children = [Child([*ortoo, "pages", *where, *pages, "--with-parent"]), Child([*ortoo, "worker", "--with-parent"])]
    children += [Child([*ortoo, *line, "--with-parent"]) for line in _live(host, port)]
    over = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_args: over.set())
    threading.Thread(target=_announce, args=[host, port, _shown(), over], daemon=True).start()
    while not over.wait(0.2):
        for child in children:
            child.keep()
    for child in children:
        child.ask_to_end()
    for child in children:
        child.wait_for_end()
    return 0


def _live(host: str, port: int) -> list[list[str]]:
    """The live hub and what listens to it; nothing where the setting switches them off."""
    from django.conf import settings

    from ortoo.demo.live import session_today

    if settings.HUB == "off":
        return []
    lines = [["hub", "--host", host, "--pages-port", str(port)], ["listen", "--host", host]]
    return [*lines, ["crowd", "--pages-port", str(port)], ["source", "--host", host]] if session_today() else lines


def _shown() -> list[tuple[str, str]]:
    """What of the demo's stop of today can be opened without an account: a word and a path each; empty where there is none."""
    from django.conf import settings

    from ortoo.demo.live import addresses, session_today

    session = session_today() if settings.HUB != "off" else None
    return addresses(session) if session else []


def _announce(host: str, port: int, shown: list[tuple[str, str]], over: threading.Event) -> None:
    """Say the addresses when it answer, not before."""
    name = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while not over.wait(0.1):
        try:
            direct.open(f"http://{name}:{port}/sign-in/", timeout=5).close()
        except urllib.error.HTTPError:
            pass  # It answers; what it says is for a browser.
        except OSError:
            continue
        for word, path in shown:
            print(word, f"http://{name}:{port}{path}")
        print(f"Ortoo: http://{name}:{port}", flush=True)
        return


class Child:
    """A process that is started again when it dies, more slowly each time it dies young."""

    def __init__(self, command: Sequence[str]) -> None:
        self.command = list(command)
        self.pause = 0.5
        self.started = 0.0
        self.process: subprocess.Popen[bytes] | None = None

    def keep(self) -> None:
        """Start it when it does not run and its pause is over."""
        if self.process is not None and self.process.poll() is None:
            return
        if time.monotonic() - self.started < (self.pause if self.process else 0):
            return
        if self.process is not None:
            young = time.monotonic() - self.started < 10
            self.pause = min(30.0, self.pause * 2) if young else 0.5
            print(f"ortoo: {self.command[3]} ended with {self.process.returncode}; starting it again", file=sys.stderr)
        self.started = time.monotonic()
        self.process = subprocess.Popen(self.command)

    def ask_to_end(self) -> None:
        """Tell it to finish what it is at and go."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def wait_for_end(self, seconds: float = 10) -> None:
        """Wait until it has gone; kill it when that takes too long."""
        if self.process is None:
            return
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
