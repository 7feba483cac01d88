"""1,200 people through four doors without a line, then the line is back: how long a door takes, and how long the merge.

    PYTHONPATH=src:. python -m bench.checkin.run [--people 1200] [--write]

Four telephones are four contexts of one real Chromium, offline, at the pace at which it can go (20 minutes would be one person
in 4 s at each door). At each door a code is shown as a PNG picture: decoded by zxing-wasm, looked up in the list, written into
IndexedDB, answered. Every 20th ticket is shown at a second door too. The server is `ortoo up` with SQLite.
"""

import argparse
import base64
import io
import os
import platform
import statistics
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import segno

README = Path(__file__).with_name("README.md")
DOORS = 4
AGAIN = 20
LIMIT_MS = 300
CONTEXT = {"viewport": {"width": 360, "height": 740}, "locale": "zh-CN"}
#: The picture is decoded from its PNG bytes, not from a canvas that is there already: that is what a frame costs and more.
SHOW = """(picture) => new Promise((resolve) => {
  const bytes = Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0));
  const input = document.getElementById("picture");
  const files = new DataTransfer();
  files.items.add(new File([bytes], "ticket.png", { type: "image/png" }));
  const word = document.querySelector(".checkin-word");
  const begun = performance.now();
  const seen = new MutationObserver(() => {
    seen.disconnect();
    resolve([performance.now() - begun, document.getElementById("answer").className]);
  });
  seen.observe(word, { childList: true });
  input.files = files.files;
  input.dispatchEvent(new Event("change"));
})"""


def main() -> None:
    """Build, scan, merge, print; with --write into the README beside this file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1200)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"ORTOO_DATA": folder, "DJANGO_SETTINGS_MODULE": "ortoo.settings"}
        os.environ |= {"ORTOO_DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3", "DJANGO_ALLOW_ASYNC_UNSAFE": "1"}
        table = _run(Path(folder), asked.people)
    print(table)
    if asked.write:
        parts = README.read_text(encoding="utf-8").split("<!-- table -->")
        README.write_text(f"{parts[0]}<!-- table -->\n{table}\n<!-- table -->{parts[2]}", encoding="utf-8")


def _run(folder: Path, people: int) -> str:
    import django

    django.setup()
    from django.core.management import call_command
    from tests.servers.live import LiveApp

    call_command("migrate", verbosity=0)
    stop, links, codes = _hall(people)
    app = LiveApp(folder, os.environ["ORTOO_DATABASE_URL"])
    app.start()
    try:
        scanned, merged, total = _scan(app.url, links, codes)
    finally:
        app.stop()
    return _table(people, scanned, merged, total, stop)


def _hall(people: int) -> tuple[Any, list[str], list[str]]:
    """A stop with so many named seats; the links of four doors; the tickets."""
    from django.urls import reverse
    from tests.participation.delegations import build_house, lay
    from tests.programmes.stage import build

    from ortoo.kernel.actor import SYSTEM
    from ortoo.participation.delegations.tickets import code_of as ticket_code
    from ortoo.participation.domain.door import code_of, open_door
    from ortoo.participation.domain.seat import give_seats
    from ortoo.participation.domain.seat_names import Name, name_seats
    from ortoo.programmes.models import Hall

    house = build_house(build())
    width = -(-people // 30)
    Hall.objects.filter(leg=house.leg).update(seats=30 * width, rows=[[width]] * 30)
    delegation = house.late
    delegation.asked = people
    delegation.save()
    give_seats(house.leg, {delegation: people}, by=SYSTEM)
    lay(house.leg)
    name_seats(delegation, [Name(f"来宾{n:04}") for n in range(people)], by=SYSTEM)
    doors = [open_door(house.leg, f"{n + 1} 号门", by=SYSTEM) for n in range(DOORS)]
    links = [reverse("participation:door", args=[door.key, code_of(door)]) for door in doors]
    return house.leg, links, [ticket_code(seat) for seat in delegation.seats.all()]


def _scan(url: str, links: list[str], codes: list[str]) -> tuple[list[float], float, int]:
    """Milliseconds of each scan, seconds of the merge, and how many lines were written."""
    from playwright.sync_api import sync_playwright
    from tests.browser.chromium import PATH, QUIET

    with ThreadPoolExecutor(2) as pool:
        pictures = list(pool.map(_picture, codes))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=PATH, args=QUIET)
        pages = [browser.new_context(base_url=url, **CONTEXT).new_page() for _link in links]  # type: ignore[arg-type]
        for page, link in zip(pages, links, strict=True):
            page.goto(link)
            page.locator("[data-ready]").wait_for(state="attached", timeout=60_000)
            page.context.set_offline(True)
        shown = [(number % DOORS, picture) for number, picture in enumerate(pictures)]
        shown += [((number + 1) % DOORS, pictures[number]) for number in range(0, len(pictures), AGAIN)]
        taken = []
        for door, picture in shown:
            milliseconds, answer = pages[door].evaluate(SHOW, picture)
            assert "is-admitted" in answer, answer
            taken.append(milliseconds)
        begun = time.perf_counter()
        for page in pages:
            page.context.set_offline(False)
            page.evaluate("window.dispatchEvent(new Event('online'))")
        for page in pages:
            page.locator("#line[data-left='0']").wait_for(state="attached", timeout=120_000)
        merged = time.perf_counter() - begun
        browser.close()
    return taken, merged, len(shown)


def _picture(code: str) -> str:
    out = io.BytesIO()
    segno.make(code, error="m", micro=False).save(out, kind="png", scale=6)
    return base64.b64encode(out.getvalue()).decode()


def _table(people: int, scanned: list[float], merged: float, lines: int, stop: Any) -> str:
    from ortoo.participation.checkin import queries
    from ortoo.participation.models import Scan

    cuts = statistics.quantiles(scanned, n=100, method="inclusive")
    kept, admitted, doubles = Scan.objects.count(), queries.admitted_count(stop), len(queries.doubles(stop, 1000))
    rows = [
        f"{os.cpu_count()} cores, Python {platform.python_version()}, SQLite, {people:,} tickets, {DOORS} doors.\n",
        "| what | measured | bar |",
        "|---|---|---|",
        f"| a scan without a line, p50 | {cuts[49]:.0f} ms | |",
        f"| a scan without a line, p99 | {cuts[98]:.0f} ms | {LIMIT_MS} ms |",
        f"| the slowest scan | {max(scanned):.0f} ms | |",
        f"| merge of {DOORS} doors, {lines:,} lines | {merged:.1f} s | seconds |",
        f"| lines kept of those written | {kept:,} of {lines:,} | all |",
        f"| people counted | {admitted:,} of {people:,} | all |",
        f"| the same ticket at two doors, shown as double | {doubles} of {lines - people} | all |",
    ]
    return "\n".join(rows)


if __name__ == "__main__":
    main()
