"""`./ortoo hub`: the live hub alone; `up` starts it beside the pages, a big installation on a machine of its own."""

import argparse
import sys

import django

from ortoo.commands.parent import end_with_parent


def main(argv: list[str]) -> int:
    """Carry live sessions until stopped; 2 when it cannot begin."""
    parser = argparse.ArgumentParser(prog="ortoo hub", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--pages-port", type=int, default=None, help="the port of the pages that viewers see")
    parser.add_argument("--with-parent", action="store_true", help="end when the parent process does")
    asked = parser.parse_args(argv)
    django.setup()
    from django.conf import settings

    from ortoo.live.domain.line import configuration
    from ortoo_hub import serve

    if settings.HUB == "off":
        print("ortoo: ORTOO_HUB=off", file=sys.stderr)
        return 2
    if asked.with_parent:
        end_with_parent()
    return serve(configuration(asked.host, asked.pages_port))
