"""`./ortoo source`: the picture and sound of the demo's live session; `up` starts it where a demo is live."""

import argparse
import subprocess
import time

import django

from ortoo.commands.parent import end_with_parent

#: Where to knock at a door that is open on every address.
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}


def main(argv: list[str]) -> int:
    """Send until stopped."""
    parser = argparse.ArgumentParser(prog="ortoo source", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--with-parent", action="store_true")
    asked = parser.parse_args(argv)
    django.setup()
    from ortoo.demo.source import AGAIN, SECONDS, send, wanted

    if asked.with_parent:
        end_with_parent()
    begun = time.monotonic()
    while True:
        session = wanted() if time.monotonic() - begun < SECONDS else None
        if session is not None:
            _watch(send(session, EVERYWHERE.get(asked.host, asked.host)), session.pk)
        time.sleep(AGAIN)


def _watch(sender: "subprocess.Popen[bytes]", session: int) -> None:
    """Until it ends by itself, or nobody wants it any more."""
    from ortoo.demo.source import AGAIN, wanted

    while sender.poll() is None:
        time.sleep(AGAIN)
        still = wanted()
        if still is None or still.pk != session:
            sender.terminate()
            sender.wait()
