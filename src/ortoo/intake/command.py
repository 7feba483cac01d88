"""`./ortoo intake --programme KEY FILE…`: read returns from the command line; `--apply` records what can be recorded."""

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ortoo.intake.models import Delivery
    from ortoo.programmes.models import Programme

SHOWN = 1000


class Given:
    """A file named on the command line, as the verb takes it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name: str | None = path.name

    def chunks(self) -> Iterator[bytes]:
        """The bytes, in pieces."""
        with self.path.open("rb") as file:
            while piece := file.read(1 << 20):
                yield piece


def main(argv: list[str]) -> int:
    """Exit 0 when read (and applied), 1 when applying was refused, 2 on bad input."""
    asked = _parse(argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ortoo.settings")
    import django

    django.setup()
    from django.utils import translation

    with translation.override("en" if asked.lang == "en" else "zh-hans"):
        return _run(asked)


def _parse(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="ortoo intake", description=__doc__)
    parser.add_argument("--programme", required=True, metavar="KEY", help="the programme's key, as in its address /p/KEY/")
    parser.add_argument("--apply", action="store_true", help="record what is not held back")
    parser.add_argument("--lang", default=os.environ.get("LANG", "")[:2], help="zh or en; default: the system's")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    return parser.parse_args(argv)


def _run(asked: argparse.Namespace) -> int:
    from django.utils.translation import gettext as _

    from ortoo.intake.domain import delivery as verbs
    from ortoo.kernel.actor import SYSTEM
    from ortoo.kernel.refused import Refused

    programme = _programme(asked.programme)
    if programme is None:
        return _wrong(_("There is no programme with the key %(key)s.") % {"key": asked.programme})
    for path in asked.files:
        if not path.is_file():
            return _wrong(_("%(file)s is not a file.") % {"file": path})
    try:
        uploads: list[verbs.Upload] = [Given(path) for path in asked.files]
        delivery = verbs.receive(programme, uploads, by=SYSTEM)
        delivery = _work(delivery)
        _tell(delivery)
        if not asked.apply:
            return 0
        delivery = _work(verbs.apply(delivery, by=SYSTEM))
    except Refused as refusal:
        return _wrong(str(refusal), 1)
    applied = delivery.counts.get("applied", {})
    print(_("Applied: %(new)s new, %(changed)s changed.") % {"new": applied.get("new", 0), "changed": applied.get("changed", 0)})
    return 0 if delivery.state == delivery.State.APPLIED else 1


def _programme(key: str) -> "Programme | None":
    from ortoo.programmes.models import Programme

    return Programme.objects.select_related("unit").filter(key=key).first()


def _work(delivery: "Delivery") -> "Delivery":
    """Do the delivery's work here and now, unless the server's worker has taken it: then wait for it."""
    import time

    from ortoo.kernel import jobs

    if delivery.job_id:
        jobs.run(delivery.job_id)
        while delivery.job and not delivery.job.over:
            time.sleep(0.2)
            delivery.job.refresh_from_db()
    delivery.refresh_from_db()
    return delivery


def _tell(delivery: "Delivery") -> None:
    from django.utils.translation import gettext as _

    from ortoo.intake import wording

    print(
        _("Delivery %(number)s: %(rows)s rows; %(new)s new, %(changed)s changed, %(same)s the same, %(held)s held back.")
        % {
            "number": delivery.number,
            **{name: delivery.counts.get(name, 0) for name in ("rows", "new", "changed", "same", "held")},
        }
    )
    problems = delivery.problems.select_related("file").order_by("file__name", "row", "id")
    for problem in problems[:SHOWN]:
        mark = {"hold": "!", "warn": "?", "note": " "}[problem.severity]
        print(f"{mark} {wording.where(problem)}: {wording.sentence(problem)}")


def _wrong(sentence: str, code: int = 2) -> int:
    print(f"ortoo intake: {sentence}", file=sys.stderr)
    return code
