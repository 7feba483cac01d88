"""The servers of the tests themselves: nobody calls out, and a killed run leaves no PostgreSQL behind."""

import os
import signal
import socket
import subprocess
import sys

import pytest
from tests.servers.live import ROOT, below, command_of, wait_until
from tests.servers.plugin import has_postgres, needs


def test_nobody_is_called_outside_this_machine() -> None:
    with socket.socket() as outside, pytest.raises(PermissionError, match="calls nobody"):
        outside.connect(("192.0.2.1", 80))
    with pytest.raises(PermissionError, match="calls nobody"):
        socket.getaddrinfo("ortoo.invalid", 80)


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks at processes in /proc")
def test_killed_run_takes_its_cluster_along() -> None:
    needs("PostgreSQL", has_postgres())
    hold = (
        "import time\nfrom tests.servers.postgres import cluster\nwith cluster() as url: print(url, flush=True); time.sleep(600)"
    )
    environment = os.environ | {"PYTHONPATH": f"{ROOT}:{ROOT / 'src'}"}
    with subprocess.Popen([sys.executable, "-c", hold], env=environment, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        assert run.stdout.readline().startswith("postgres://")
        servers = [pid for pid, line in below(run.pid).items() if "postgres" in line]
        run.send_signal(signal.SIGKILL)
    assert servers
    wait_until(lambda: not any(command_of(pid) for pid in servers), 30)


@pytest.mark.xdist_group("together")
def test_groups_are_heeded(request: pytest.FixtureRequest) -> None:
    """Tests of one group run in one process: pytest 9.2 with pytest-xdist 3.8 forgets that in silence."""
    assert "PYTEST_XDIST_WORKER" not in os.environ or request.node.nodeid.endswith("@together")
