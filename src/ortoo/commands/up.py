"""`./ortoo up`: migrate, build the demo on first run, serve pages and do long work until it is stopped."""

import argparse
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Sequence

import django


def main(argv: list[str]) -> int:
    """Serve until Ctrl-C; 0 when ended by a signal, 2 when the address is taken."""
    asked = _parse(argv)
    if not _free(asked.host, asked.port):
        print(f"ortoo: {asked.host}:{asked.port} is taken. Choose another: ./ortoo up --port 8001", file=sys.stderr)
        return 2
    django.setup()
    prepare(empty=asked.empty)
    return serve(asked.host, asked.port, asked.threads)


def _parse(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="ortoo up", description=__doc__)
    parser.add_argument("--host", default=os.environ.get("ORTOO_HOST", "127.0.0.1"))
    parser.add_argument("--port", type=int, default=int(os.environ.get("ORTOO_PORT", "8000")))
    parser.add_argument("--threads", type=int, default=4, help="page threads")
    parser.add_argument("--empty", action="store_true", help="start clean, without the demo")
    return parser.parse_args(argv)


def _free(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def prepare(*, empty: bool) -> None:
    """Words, tables, static files; then the demo when nothing is there yet, or the first administrator."""
    from django.conf import settings
    from django.core.management import call_command

    from ortoo.kernel.words import compile_catalogue

    settings.DATA.mkdir(parents=True, exist_ok=True)
    compile_catalogue()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    from ortoo.demo.first_run import first_run

    first_run(empty=empty)


def serve(host: str, port: int, threads: int) -> int:
    """Run the page server and the worker as children; end both when told to, restart one that dies."""
    children = [Child(_granian(host, port, threads)), Child([sys.executable, "-m", "ortoo", "worker", "--with-parent"])]
    over = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: over.set())
    print(f"Ortoo: http://{host}:{port}", flush=True)
    while not over.wait(0.2):
        for child in children:
            child.keep()
    for child in children:
        child.stop()
    return 0


def _granian(host: str, port: int, threads: int) -> list[str]:
    from django.conf import settings

    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)),
        *("--workers", "1", "--blocking-threads", str(threads), "--log-level", "warning"),
        *("--static-path-route", "/static", "--static-path-mount", str(settings.STATIC_ROOT)),
        "ortoo.wsgi:application",
    ]


class Child:
    """A process that is started again when it dies, more slowly each time it dies young."""

    def __init__(self, command: Sequence[str]) -> None:
        self.command = list(command)
        self.wait = 0.5
        self.started = 0.0
        self.process: subprocess.Popen[bytes] | None = None

    def keep(self) -> None:
        """Start it when it does not run and its pause is over."""
        if self.process is not None and self.process.poll() is None:
            return
        if time.monotonic() - self.started < (self.wait if self.process else 0):
            return
        if self.process is not None:
            young = time.monotonic() - self.started < 10
            self.wait = min(30.0, self.wait * 2) if young else 0.5
            print(f"ortoo: {self.command[2]} ended with {self.process.returncode}; starting it again", file=sys.stderr)
        self.started = time.monotonic()
        self.process = subprocess.Popen(self.command)

    def stop(self) -> None:
        """Ask it to end, wait ten seconds, then kill it."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
