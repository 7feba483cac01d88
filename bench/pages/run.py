"""Server time of every page that shows people or plans: with the demo's 1,101 people, and with many more in the same run.

    PYTHONPATH=src:. python -m bench.pages.run [--people 100000] [--write]

The rows of the large run are inserted directly: units as in the demo, synthetic people spread over its stations, all of them
nominated, planned and placed. Each page is asked for six times by the organiser; the median of the last five counts.
"""

import argparse
import os
import platform
import statistics
import tempfile
import time
from pathlib import Path

LIMIT_MS = 200
README = Path(__file__).with_name("README.md")
BATCH = 5_000


def main() -> None:
    """Build, measure, enlarge, measure, print; with --write into the README beside this file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"ORTOO_DATA": folder, "ORTOO_SECRET_KEY": "bench", "DJANGO_SETTINGS_MODULE": "ortoo.settings"}
        os.environ["ORTOO_DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
        table = _run(asked.people)
    print(table)
    if asked.write:
        parts = README.read_text(encoding="utf-8").split("<!-- table -->")
        README.write_text(f"{parts[0]}<!-- table -->\n{table}\n<!-- table -->{parts[2]}", encoding="utf-8")


def _run(people: int) -> str:
    import django

    django.setup()
    from django.core.management import call_command

    from ortoo.demo.build import build_demo

    call_command("migrate", verbosity=0)
    build_demo(say=lambda _said: None)
    small, before = _measure(), _count()
    _enlarge(people - before)
    large = _measure()
    lines = [
        f"{os.cpu_count()} cores, Python {platform.python_version()}, SQLite; milliseconds on the server, median of five.\n",
        f"| page | {before:,} people | {_count():,} people | of {LIMIT_MS} ms | queries |",
        "|---|---|---|---|---|",
    ]
    for name, (milliseconds, queries) in large.items():
        was = small[name][0]
        lines.append(
            f"| {name} | {was:.0f} | {milliseconds:.0f} | {milliseconds / LIMIT_MS:.2f} | {small[name][1]} → {queries} |"
        )
    return "\n".join(lines)


def _count() -> int:
    from ortoo.people.models import Person

    return Person.objects.count()


def _pages() -> dict[str, str]:
    """What the organiser opens day by day, by a name for the table."""
    from ortoo.planning.models import Plan
    from ortoo.programmes.models import Programme

    running, coming = Programme.objects.order_by("pk")
    plan = Plan.objects.filter(programme=running).latest("number")
    someone = plan.places.select_related("person").first().person.staff_no  # type: ignore[union-attr]
    own = f"/p/{running.key}"
    return {
        "home": "/",
        "people": "/people/",
        "people, a name looked for": "/people/?q=李",
        "people, a page in the middle": f"/people/?as=rows&page={_count() // 400}",
        "one person": f"/people/{someone}/",
        "units": "/units/",
        "audit": "/audit/",
        "programme": f"{own}/",
        "nominations": f"{own}/people/",
        "nominations, the last page by name": f"{own}/people/?as=rows&page={_count() // 200}&sort=-person__name",
        "plans": f"{own}/plans/",
        "plan board": f"{own}/plans/{plan.number}/",
        "plan board, one person": f"{own}/plans/{plan.number}/?who={someone}",
        "publish preview": f"/p/{running.key}/plans/{plan.number}/publish/",
        "notices": f"{own}/plans/{plan.number}/notices/",
        "returns": f"/p/{coming.key}/returns/",
    }


def _measure() -> dict[str, tuple[float, int]]:
    """Milliseconds and queries by page."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from ortoo.people.models import Account

    client, found = Client(HTTP_HOST="127.0.0.1"), {}
    client.force_login(Account.objects.get(username="organiser"), backend="django.contrib.auth.backends.ModelBackend")
    for name, path in _pages().items():
        times = []
        for _again in range(6):
            began = time.perf_counter()
            with CaptureQueriesContext(connection) as queries:
                answer = client.get(path)
                _ = answer.content if not answer.streaming else b"".join(answer.streaming_content)  # type: ignore[attr-defined]
            times.append((time.perf_counter() - began) * 1000)
        if answer.status_code != 200:
            raise SystemExit(f"{path} answered {answer.status_code}")
        found[name] = (statistics.median(times[1:]), len(queries))
    return found


def _enlarge(more: int) -> None:
    """So many people more, in both programmes, with a place in the running one."""
    from ortoo.kernel import clock
    from ortoo.participation.models import Nomination, Place
    from ortoo.people.models import Person, Unit
    from ortoo.planning.models import Plan, PlanPlace
    from ortoo.programmes.models import Programme

    stations = list(Unit.objects.filter(kind=Unit.Kind.STATION))
    running, coming = Programme.objects.order_by("pk")
    legs, plan = list(running.legs.all()), Plan.objects.filter(programme=running).latest("number")
    for start in range(0, more, BATCH):
        numbers = range(start, min(start + BATCH, more))
        persons = Person.objects.bulk_create(
            Person(
                staff_no=f"9{n:08}",
                name=f"测试{n}",
                sex="男" if n % 3 else "女",
                unit=stations[n % len(stations)],
                search=f"测试{n}",
            )
            for n in numbers
        )
        for programme in (running, coming):
            Nomination.objects.bulk_create(Nomination(programme=programme, person=person) for person in persons)
        placed = [(person, legs[person.pk % len(legs)]) for person in persons]
        PlanPlace.objects.bulk_create(PlanPlace(plan=plan, person=person, leg=leg) for person, leg in placed)
        Place.objects.bulk_create(
            Place(programme=running, leg=leg, person=person, source=str(plan.pk), given=clock.now()) for person, leg in placed
        )


if __name__ == "__main__":
    main()
