"""`./ortoo listen`: takes what viewers say from the live hub into the house, and tells the hub what viewers shall see."""

import argparse
import logging
import signal
import threading
import time

import django

from ortoo.commands.parent import end_with_parent

#: Seconds between two looks.
EVERY = 0.15
#: Seconds between two times of telling the hub which rows may go.
SWEEP_EVERY = 60.0
log = logging.getLogger(__name__)


def main(argv: list[str]) -> int:
    """Until stopped; ends with its parent when `--with-parent` is given."""
    parser = argparse.ArgumentParser(prog="ortoo listen", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="where the hall's encoder reaches us")
    parser.add_argument("--with-parent", action="store_true", help="end when the parent process does")
    asked = parser.parse_args(argv)
    django.setup()
    over = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_args: over.set())
    if asked.with_parent:
        end_with_parent()
    listen(over, asked.host)
    return 0


def listen(over: threading.Event, host: str = "127.0.0.1") -> None:
    """Hear and tell in turn; what goes wrong is tried again, as nothing is lost by it."""
    from django.db import DatabaseError, close_old_connections

    from ortoo.live.domain import line
    from ortoo.live.domain.filming import Filming
    from ortoo.live.domain.hearing import BATCH, take_over
    from ortoo.live.domain.telling import Teller
    from ortoo_hub import HubAway, HubRefused, Publisher

    said, publisher = line.said(), Publisher(line.folder() / "hub.sock")
    teller, filming, swept = Teller(publisher), Filming(host), time.monotonic()
    while not over.wait(EVERY):
        try:
            count, through = BATCH, 0
            while count == BATCH and not over.is_set():
                count, through = take_over(said)
            filming.look()
            teller.tell()
            if through and time.monotonic() - swept > SWEEP_EVERY:
                publisher.taken_over(through)
                swept = time.monotonic()
        except HubAway:
            over.wait(0.5)
        except HubRefused as refusal:
            log.warning("the hub refuses: %s", refusal)
            over.wait(5)
        except DatabaseError:
            log.warning("could not take over what viewers said", exc_info=True)
            close_old_connections()
            over.wait(1)
    filming.end()
