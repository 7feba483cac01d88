"""A program cut off from every network but its own machine: `python -m ortoo.commands.alone COMMAND…` inside `unshare --net`."""

import fcntl
import os
import shutil
import socket
import struct
import subprocess
import sys
from functools import lru_cache

_GET_FLAGS, _SET_FLAGS, _UP = 0x8913, 0x8914, 0x1  # ioctl numbers and the flag of <linux/sockios.h>, <net/if.h>.


def alone(command: list[str]) -> list[str]:
    """The command line that runs `command` with loopback as its only network; `command` itself where that can't be had."""
    return [*_unshare(), sys.executable, "-m", "ortoo.commands.alone", *command] if can_be_alone() else command


@lru_cache(maxsize=1)
def can_be_alone() -> bool:
    """Whether this machine lets us make a network of our own (Linux, as root or with user namespaces)."""
    if not shutil.which("unshare"):
        return False
    probe = [*_unshare(), sys.executable, "-m", "ortoo.commands.alone", "true"]
    return subprocess.run(probe, check=False, capture_output=True).returncode == 0


def _unshare() -> list[str]:
    """Root needs no user namespace; anybody else keeps the name they have (PostgreSQL refuses to run as root)."""
    return ["unshare", "--net"] if os.geteuid() == 0 else ["unshare", "--user", "--map-current-user", "--keep-caps", "--net"]


def raise_loopback() -> None:
    """A new network has its loopback switched off; raises OSError where we may not switch it on."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as link:
        answer = fcntl.ioctl(link, _GET_FLAGS, struct.pack("16sH14x", b"lo", 0))
        flags = struct.unpack("16sH14x", answer)[1]
        fcntl.ioctl(link, _SET_FLAGS, struct.pack("16sH14x", b"lo", flags | _UP))


def main(command: list[str]) -> None:
    """Switch loopback on and become the command."""
    raise_loopback()
    os.execvp(command[0], command)


if __name__ == "__main__":
    main(sys.argv[1:])
