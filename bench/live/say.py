"""Says things to a hub as fast as they are acknowledged, or at a steady rate, and measures how long each took.

``python -m bench.live.say PORT CONNECTIONS SECONDS RATE TOKENS`` (RATE 0: as fast as it goes; TOKENS: a file, one a line).
Prints JSON: acknowledged, per second, milliseconds at the 50th and 99th of a hundred, and what was not acknowledged.
"""

import json
import select
import socket
import sys
import time
from pathlib import Path

CHANNEL = "bench"
_OK = b"HTTP/1.1 200"


class Line:
    """One connection, one thing at a time."""

    def __init__(self, port: int, token: str) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.setblocking(False)
        self.head = f"POST /live/{CHANNEL}/say?token={token} HTTP/1.1\r\nHost: bench\r\nContent-Length: "
        self.count = 0
        self.sent_at = 0.0

    def say(self, due: float) -> None:
        """The next question; ``due`` is when it should have been said."""
        self.count += 1
        body = f'{{"id":"q{self.count}","kind":"question","data":{{"text":"第{self.count}个问题：最难的一次出警是怎样的？"}}}}'.encode()
        self.sent_at = due
        self.socket.send(f"{self.head}{len(body)}\r\n\r\n".encode() + body)


def load(port: int, tokens: list[str], seconds: float, rate: float) -> dict[str, float]:
    """``tokens``: one connection each."""
    lines = {line.socket.fileno(): line for line in (Line(port, token) for token in tokens)}
    poll = select.epoll()
    for number in lines:
        poll.register(number, select.EPOLLIN)
    took: list[float] = []
    refused = 0
    idle = list(lines.values())
    began = time.perf_counter()
    due = began
    while (now := time.perf_counter()) - began < seconds:
        while idle and (not rate or due <= now):
            idle.pop().say(due if rate else time.perf_counter())
            due += 1 / rate if rate else 0
        for number, _ in poll.poll(0.001 if rate else 1):
            line = lines[number]
            answer = line.socket.recv(4096)
            if answer.startswith(_OK):
                took.append(time.perf_counter() - line.sent_at)
            else:
                refused += 1
            idle.append(line)
    elapsed = time.perf_counter() - began
    took.sort()
    return {
        "acknowledged": len(took),
        "per_second": len(took) / elapsed,
        "p50_ms": 1000 * took[len(took) // 2],
        "p99_ms": 1000 * took[len(took) * 99 // 100],
        "refused": refused,
    }


if __name__ == "__main__":
    port, connections, seconds, rate, file = sys.argv[1:]
    tokens = Path(file).read_text().split()[: int(connections)]
    json.dump(load(int(port), tokens, float(seconds), float(rate)), sys.stdout)
