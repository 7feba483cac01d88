"""`./ortoo worker`: does long work until it is stopped; first takes up what a crash left."""

import logging
import threading
import time

import django


def main(argv: list[str]) -> int:
    """Recover, then work; ends with its parent when `--with-parent` is given."""
    django.setup()
    from django.core.management import call_command

    from ortoo.commands.parent import end_with_parent
    from ortoo.kernel import jobs

    if "--with-parent" in argv:
        end_with_parent()
    jobs.recover()
    threading.Thread(target=_keep_house, daemon=True, name="house").start()
    call_command("db_worker", interval=0.3, reload=False)
    return 0


def _keep_house(every: float = 60.0) -> None:
    """A worker on another machine that dies is noticed by its silence only, so somebody has to go on listening; and what
    participants said for the nights of a term is deleted when it is over; and recordings are noted, and removed in their time."""
    from django.db import DatabaseError, close_old_connections

    from ortoo.kernel import jobs
    from ortoo.live.domain.recording import tend_recordings
    from ortoo.participation.domain.room_wish import forget_wishes

    while True:
        time.sleep(every)
        try:
            jobs.recover()
            forget_wishes()
            tend_recordings()
        except (DatabaseError, OSError):
            logging.getLogger(__name__).warning("could not keep house", exc_info=True)
        finally:
            close_old_connections()
