"""Simulated viewers of the demo's live session, started by `up`; they watch, ask, vote, answer and clap.

Each has a connection of its own to the real hub and behaves as a browser does, only that it keeps nothing.
"""

import asyncio
import json
import random
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from ortoo.demo.live import session_today
from ortoo.demo.reached import beats
from ortoo.demo.said import said
from ortoo.live.domain import line

VIEWERS = 300
#: Seconds between two things said by all of them together, on average.
BEAT = 30.0
CLAP_EVERY, ASK_EVERY, VOTE_EVERY, ANSWER_EVERY = 1.5, 20.0, 2.5, 1.0


@dataclass
class Crowd:
    """What they know: the hub's address, a token each, and the state as the first of them is told."""

    host: str
    port: int
    channel: str
    tokens: list[str]
    questions: list[str]
    random: random.Random
    topics: dict[str, Any] = field(default_factory=dict)
    said: int = 0
    beats: list[str] = field(default_factory=list)
    pages_port: int = 0

    async def run(self) -> None:
        """Until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            for number, token in enumerate(self.tokens):
                tasks.create_task(self._watch(number, token))
            for every, what in (
                (CLAP_EVERY, self._clap),
                (ASK_EVERY, self._ask),
                (VOTE_EVERY, self._vote),
                (ANSWER_EVERY, self._answer),
            ):
                tasks.create_task(self._now_and_then(every, what))
            if self.pages_port:
                tasks.create_task(self._keep_sites_heard())

    async def _watch(self, number: int, token: str) -> None:
        """Hold a stream; come back when it is cut."""
        await asyncio.sleep(number / 100)
        while True:
            try:
                reader, writer = await asyncio.open_connection(self.host, self.port)
                writer.write(self._head("GET", "", token).encode() + b"\r\n")
                await self._read(reader, first=number == 0)
                writer.close()
            except (OSError, ValueError, asyncio.IncompleteReadError):
                pass
            await asyncio.sleep(2 + 3 * self.random.random())

    async def _read(self, reader: asyncio.StreamReader, *, first: bool) -> None:
        if not first:
            while await reader.read(65536):
                pass
            return
        topic = ""
        while line := await reader.readline():
            name, _, value = line.decode().rstrip("\n").partition(": ")
            if name == "event":
                topic = value
            elif name == "data":
                self._take(topic, json.loads(value))

    def _take(self, topic: str, data: Any) -> None:
        if topic == "state":
            self.topics = data["topics"]
        elif topic != "counts":
            self.topics[topic] = data

    async def _now_and_then(self, every: float, what: Any) -> None:
        while True:
            await asyncio.sleep(every * 2 * self.random.random())
            if self.topics.get("session", {}).get("state") == "open" and (words := what()):
                await self._say(*words)

    async def _keep_sites_heard(self) -> None:
        """The pages of viewing sites that are on say so, as `door.js` does."""
        while True:
            for path in self.beats:
                head = f"POST {path} HTTP/1.1\r\nHost: {self.host}:{self.pages_port}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
                try:
                    reader, writer = await asyncio.open_connection(self.host, self.pages_port)
                    writer.write(head.encode())
                    await reader.read()
                    writer.close()
                except OSError:
                    break
            await asyncio.sleep(BEAT)

    def _clap(self) -> tuple[str, dict[str, Any]]:
        return "reaction", {self.random.choice(("clap", "clap", "clap", "rose", "thumb")): self.random.randint(1, 3)}

    def _ask(self) -> tuple[str, dict[str, Any]] | None:
        return ("question", {"text": self.questions.pop(0)}) if self.questions else None

    def _vote(self) -> tuple[str, dict[str, Any]] | None:
        shown = [name for name, data in self.topics.items() if name.startswith("question.") and data]
        return ("vote", {"question": int(self.random.choice(shown).partition(".")[2])}) if shown else None

    def _answer(self) -> tuple[str, dict[str, Any]] | None:
        polls = [(name, data) for name, data in self.topics.items() if name.startswith("poll.") and data]
        asked = [(name, data) for name, data in polls if data["state"] == "open"]
        if not asked:
            return None
        name, poll = self.random.choice(asked)
        # The earlier choices are the likelier ones, so that the bars differ.
        choice = min(self.random.randrange(len(poll["choices"])) for _twice in range(2))
        return "answer", {"poll": int(name.partition(".")[2]), "choice": choice}

    async def _say(self, kind: str, data: dict[str, Any]) -> None:
        self.said += 1
        name = f"{kind}-{self.said}-{self.random.getrandbits(32):x}"
        body = json.dumps({"id": name, "kind": kind, "data": data}, ensure_ascii=False).encode()
        head = self._head("POST", "/say", self.random.choice(self.tokens))
        try:
            reader, writer = await asyncio.open_connection(self.host, self.port)
            writer.write(f"{head}Connection: close\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
            await reader.read()
            writer.close()
        except OSError:
            return

    def _head(self, method: str, what: str, token: str) -> str:
        return f"{method} /live/{self.channel}{what}?token={token} HTTP/1.1\r\nHost: {self.host}\r\n"


def gather(seed: int = 1) -> Crowd | None:
    """The crowd for the session of today; None when there is none. A started-again crowd is the same devices."""
    session = session_today()
    if session is None:
        return None
    tokens = [line.token(session, f"d-demo-{number}", line.VIEWER_SAYS) for number in range(VIEWERS)]
    asked = set(session.questions.values_list("text", flat=True))
    questions = [text for text in said()["live"]["questions"] if text not in asked]
    return Crowd("127.0.0.1", settings.HUB_PORT, session.channel, tokens, questions, random.Random(seed), beats=beats())
