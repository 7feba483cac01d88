"""The whole product as a person starts it: `up` in a process of its own, on a free port, with a data folder of its own."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from tests.servers.postgres import free_port

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Product:
    """A running Ortoo: where it answers, its data folder, what it printed at the start."""

    url: str
    data: Path
    process: subprocess.Popen[bytes]
    log: Path

    def password(self, name: str) -> str:
        """The first password that `up` printed for this sign-in."""
        found = re.search(rf"^\s+{name}\s+(\S+)", self.log.read_text(encoding="utf-8"), re.M)
        assert found, self.log.read_text(encoding="utf-8")
        return found[1]

    def stop(self) -> None:
        """End it as Ctrl-C would."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(30)


def start(data: Path, *options: str, database: str = "", port: int = 0) -> Product:
    """Start it and wait until it answers."""
    port = port or free_port()
    log = data.parent / f"{data.name}.log"
    environment = os.environ | {"ORTOO_DATA": str(data), "PYTHONPATH": str(ROOT / "src"), "ORTOO_SECRET_KEY": ""}
    environment.pop("ORTOO_DATABASE_URL", None)
    if database:
        environment["ORTOO_DATABASE_URL"] = database
    command = [sys.executable, "-m", "ortoo", "up", "--port", str(port), *options]
    with log.open("ab") as stream:
        process = subprocess.Popen(command, cwd=data.parent, env=environment, stdout=stream, stderr=stream)
    product = Product(f"http://127.0.0.1:{port}", data, process, log)
    _wait(product)
    return product


def _wait(product: Product) -> None:
    for _try in range(600):
        if product.process.poll() is not None:
            raise AssertionError(product.log.read_text(encoding="utf-8"))
        try:
            urllib.request.urlopen(f"{product.url}/sign-in/", timeout=5).close()
            return
        except OSError:
            time.sleep(0.2)
    product.stop()
    raise AssertionError("it did not answer: " + product.log.read_text(encoding="utf-8"))
