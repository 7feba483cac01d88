"""The suite itself runs where nothing but this machine can be reached, so whatever it shows works on a closed network."""

import os
import socket
import subprocess
import sys

import pytest
from tests.servers.plugin import needs

from ortoo.commands.alone import alone, can_be_alone

ONLY_LOOPBACK = "import socket; print([name for _, name in socket.if_nameindex()])"
ASKS_OUTSIDE = "import socket; socket.create_connection(('192.0.2.1', 80), 1)"


@pytest.fixture(autouse=True)
def _own_network() -> None:
    needs("a network of our own", can_be_alone())


def test_alone_leaves_only_loopback() -> None:
    done = subprocess.run(alone([sys.executable, "-c", ONLY_LOOPBACK]), capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['lo']"


def test_alone_reaches_nobody_outside() -> None:
    done = subprocess.run(alone([sys.executable, "-c", ASKS_OUTSIDE]), capture_output=True, text=True, check=False)
    assert "Network is unreachable" in done.stderr


def test_alone_can_serve_itself() -> None:
    serves = "import socket; s = socket.create_server(('127.0.0.1', 0)); socket.create_connection(s.getsockname()); print('yes')"
    done = subprocess.run(alone([sys.executable, "-c", serves]), capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "yes"


def test_the_suite_runs_alone() -> None:
    """Under `./ortoo test`; pytest started by hand has the network that it was started on."""
    if "ORTOO_TEST_COUNTS" not in os.environ:
        pytest.skip("pytest started by hand has the machine's network; ./ortoo test, which the build runs, never leaves this out")
    assert [name for _, name in socket.if_nameindex()] == ["lo"]
