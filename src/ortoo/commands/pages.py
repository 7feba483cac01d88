"""`./ortoo pages`: the page server alone; `up` starts it beside the worker, a big installation several times."""

import argparse
import gc
import os
from collections.abc import Callable
from typing import Any

import django
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from ortoo.commands.parent import end_with_parent

# Style and script keep their names over an upgrade, so a browser asks again soon.
STATIC_SECONDS = 600


def main(argv: list[str]) -> int:
    """Serve pages and static files until stopped."""
    parser = argparse.ArgumentParser(prog="ortoo pages", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--threads", type=int, default=4, help="of each process")
    parser.add_argument("--workers", type=int, default=0, help="processes; 0: one a core on PostgreSQL, at most four, else one")
    parser.add_argument("--with-parent", action="store_true", help="end when the parent process does")
    asked = parser.parse_args(argv)
    if asked.with_parent:
        end_with_parent()
    from django.conf import settings

    Server(
        "ortoo.wsgi:application",
        address=asked.host,
        port=asked.port,
        interface=Interfaces.WSGI,
        workers=asked.workers or workers_for(settings.DATABASES["default"]["ENGINE"]),
        blocking_threads=asked.threads,
        log_level=LogLevels.warning,
        static_path_route=["/static"],
        static_path_mount=[settings.STATIC_ROOT],
        static_path_expires=STATIC_SECONDS,
    ).serve(target_loader=_application, wrap_loader=False)
    return 0


def workers_for(engine: object) -> int:
    """How many page processes: SQLite has one writer at a time, so a second would only wait for the first."""
    return min(4, os.cpu_count() or 1) if "postgresql" in str(engine) else 1


def _application() -> Callable[..., Any]:
    """Called in the process that answers: it must not outlive the one that started it, either."""
    end_with_parent()
    django.setup()
    from ortoo.wsgi import application

    # What is loaded stays: looking through it all for refuse would hold every answer up for a tenth of a second.
    gc.collect()
    gc.freeze()
    return application
