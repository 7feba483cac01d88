"""Measures the live hub beside a bare C broadcaster and beside nginx with nchan, in one run, and prints the bars.

``PYTHONPATH=src:. python -m bench.live.run --tools DIR [--quick] [--write]``. DIR (or ORTOO_BENCH_TOOLS) holds two C sources that
are not part of this repository: ``ssload.c`` opens many streams and stamps each arrival, ``cbcast.c`` is the least that a
broadcaster can do. The client shares the cores with the server: the ratios say more than the times.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.live.servers import CHANNEL, Server, broadcaster, environment, hub, token

from ortoo_hub import Said

README = Path(__file__).with_name("README.md")
MARK = "<!-- figures -->"
FILES_EACH = 19_000
ROUNDS = 3


def watch(tools: Path, server: Server, viewers: int, events: int, pause_ms: int = 0) -> dict[str, Any]:
    """Open ``viewers`` streams, tell ``events`` one after the other; what was seen."""
    done = subprocess.run(watching(tools, server, viewers, events, pause_ms), capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def watching(tools: Path, server: Server, viewers: int, events: int, pause_ms: int) -> list[str]:
    """The command of ``watch``."""
    clients = max(2, -(-viewers // FILES_EACH), len(server.ports))
    return [
        str(tools / "ssload"), "-n", str(viewers), "-c", str(clients), "-k", str(events), "-i", str(pause_ms),
        "-p", ",".join(map(str, server.ports)), "-q", ",".join(map(str, server.publish_ports)),
        "-u", server.watch, "-v", server.publish, "-s", ",".join(map(str, server.pids)), "-l", server.name,
    ]  # fmt: skip


def fan_out(tools: Path, viewers: int, events: int, *, nchan: bool) -> dict[str, list[dict[str, Any]]]:
    """All of them in turn, several times: other work on the machine then disturbs all alike."""
    found: dict[str, list[dict[str, Any]]] = {}
    for _ in range(ROUNDS):
        with broadcaster(tools / "cbcast", -(-viewers // FILES_EACH)) as server:
            found.setdefault("cbcast", []).append(watch(tools, server, viewers, events))
        with hub(viewers) as server:
            found.setdefault("hub", []).append(watch(tools, server, viewers, events))
        if nchan:
            with hub(viewers, "nchan") as server:
                found.setdefault("nchan", []).append(watch(tools, server, viewers, events))
    return found


def say(server: Server, connections: int, seconds: float, rate: float) -> dict[str, Any]:
    """Say things to the hub; also count what it has really kept."""
    assert server.folder is not None
    said = Said(server.folder / "said.sqlite3")
    before, cpu = said.last(), spent(server)
    with tempfile.NamedTemporaryFile("w", suffix=".tokens") as file:
        stamp = time.monotonic_ns()
        file.write("\n".join(token(f"v{stamp}-{n}") for n in range(connections)))
        file.flush()
        command = [
            sys.executable,
            "-m",
            "bench.live.say",
            str(server.ports[0]),
            str(connections),
            str(seconds),
            str(rate),
            file.name,
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found | {"kept": said.last() - before, "cpu_us": 1e6 * (spent(server) - cpu) / found["acknowledged"]}


def spent(server: Server) -> float:
    """CPU seconds of the server's processes so far."""
    files = [file for pid in server.pids for file in Path(f"/proc/{pid}/task").glob("*/schedstat")]
    return sum(int(file.read_text().split()[0]) for file in files) / 1e9


def say_among(tools: Path, viewers: int, rate: float) -> dict[str, Any]:
    """The same while ``viewers`` are being written to all the time."""
    with hub(viewers) as server:
        streams = subprocess.Popen(watching(tools, server, viewers, 40, 1), stdout=subprocess.PIPE, text=True)
        while _viewers(server) < viewers:
            time.sleep(0.2)
        found = say(server, 200, 8, rate)
        streams.communicate()
    return found


def _viewers(server: Server) -> int:
    from ortoo_hub import Publisher

    assert server.folder is not None
    publisher = Publisher(server.folder / "hub.sock")
    there = publisher.status()["viewers"].get(CHANNEL, 0)
    publisher.close()
    return int(there)


def middle(rows: Sequence[dict[str, Any]], name: str) -> float:
    """The median of what was measured."""
    return statistics.median(float(row[name]) for row in rows)


def line(what: str, found: float, bar: float, unit: str, *, least: bool = False) -> str:
    """One line of the table."""
    well = found >= bar if least else found <= bar
    return f"| {what} | {found:,.2f} {unit} | {'≥' if least else '≤'} {bar:,g} | {'yes' if well else '**no**'} |"


def figures(found: dict[str, list[dict[str, Any]]], viewers: int, p99_bar: float) -> list[str]:
    """Lines about one number of viewers."""
    bare, ours = found["cbcast"], found["hub"]
    ratio = statistics.median(a["srv_us_deliv"] / b["srv_us_deliv"] for a, b in zip(ours, bare, strict=True))
    lines = [
        line(
            f"{viewers:,} viewers: not connected, or an event lost",
            sum(viewers - each["open"] + each["lost"] for each in ours),
            0,
            "",
        ),
        line(f"{viewers:,} viewers: all connected after", middle(ours, "conn_s"), 6, "s"),
        line(f"{viewers:,} viewers: user memory each", middle(ours, "kb_conn"), 2, "KB"),
        line(f"{viewers:,} viewers: 99 of 100 have an event after", middle(ours, "p99_ms"), p99_bar, "ms"),
        line(f"{viewers:,} viewers: CPU per delivery, times cbcast's", ratio, 1.25, ""),
        f"| {viewers:,} viewers: µs per delivery (hub; cbcast) | {middle(ours, 'srv_us_deliv'):.1f}; {middle(bare, 'srv_us_deliv'):.1f} | | |",
        f"| {viewers:,} viewers: cbcast's 99 of 100 | {middle(bare, 'p99_ms'):.0f} ms | | |",
    ]
    if theirs := found.get("nchan"):
        compared = statistics.median(a["srv_us_deliv"] / b["srv_us_deliv"] for a, b in zip(ours, theirs, strict=True))
        lines += [
            f"| {viewers:,} viewers: CPU per delivery, times nchan's | {compared:.2f} ({middle(theirs, 'srv_us_deliv'):.1f} µs) | | |",
            f"| {viewers:,} viewers: nchan's 99 of 100; its connecting | {middle(theirs, 'p99_ms'):.0f} ms; {middle(theirs, 'conn_s'):.1f} s | | |",
        ]
    return lines


def heard(found: dict[str, Any], fast: bool) -> list[str]:
    """Lines about what was said."""
    lost = line("said: acknowledged and not kept", max(0, found["acknowledged"] - found["kept"]), 0, "")
    if fast:
        rate = line("said: acknowledged after the disk had it", found["per_second"], 10_000, "/s", least=True)
        return [rate, lost, f"| said: CPU of the hub for each | {found['cpu_us']:.0f} µs | | |"]
    what = f"said, {found['per_second']:,.0f}/s while 15,000 are written to: 99 of 100 acknowledged after"
    return [line(what, found["p99_ms"], 150, "ms"), lost]


def build(sources: Path, folder: Path) -> Path:
    """Compile the two programs."""
    for name in ("ssload", "cbcast"):
        subprocess.run(["gcc", "-O2", "-w", "-o", folder / name, sources / f"{name}.c"], check=True)
    return folder


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tools", type=Path, default=os.environ.get("ORTOO_BENCH_TOOLS"), help="folder of ssload.c and cbcast.c")
    parser.add_argument("--quick", action="store_true", help="10,000 viewers only")
    parser.add_argument("--write", action="store_true", help="put the table into README.md")
    options = parser.parse_args()
    if options.tools is None:
        parser.error("--tools or ORTOO_BENCH_TOOLS: where ssload.c and cbcast.c are")
    table = [
        f"{environment()}; load average at the start {os.getloadavg()[0]:.1f}.",
        "",
        "| what | measured | bar | kept |",
        "|---|---|---|---|",
    ]

    def tell(lines: list[str]) -> None:
        table.extend(lines)
        print("\n".join(lines), flush=True)

    print("\n".join(table), flush=True)
    with tempfile.TemporaryDirectory(prefix="ortoo-tools-") as folder:
        tools = build(options.tools, Path(folder))
        tell(figures(fan_out(tools, 10_000, 20, nchan=True), 10_000, 250))
        with hub(1_000) as server:
            tell(heard(say(server, 400, 8, 0), fast=True))
        tell(heard(say_among(tools, 15_000, 1_000), fast=False))
        if not options.quick:
            tell(figures(fan_out(tools, 40_000, 10, nchan=False), 40_000, 1_000))
    if options.write:
        before, _, rest = README.read_text(encoding="utf-8").partition(MARK)
        after = rest.partition(MARK)[2]
        README.write_text(f"{before}{MARK}\n" + "\n".join(table) + f"\n{MARK}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
