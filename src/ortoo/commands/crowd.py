"""`./ortoo crowd`: the simulated viewers of the demo's live session; `up` starts them where a demo is live."""

import asyncio
import time

import django

from ortoo.commands.parent import end_with_parent


def main(argv: list[str]) -> int:
    """Be there until stopped."""
    django.setup()
    from ortoo.demo.crowd import gather

    if "--with-parent" in argv:
        end_with_parent()
    while (crowd := gather()) is None:
        time.sleep(60)  # The day is over; the next stop may come.
    crowd.pages_port = int(argv[argv.index("--pages-port") + 1]) if "--pages-port" in argv else 0
    asyncio.run(crowd.run())
    return 0
