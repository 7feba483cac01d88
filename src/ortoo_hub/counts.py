"""Counters of the channels, gathered from all processes, so that each channel gets one frame for all of them."""

import json
from collections.abc import Iterator
from typing import Any


class Counts:
    """Viewers now and at most, reactions so far, and whatever the house counts (the results of a poll)."""

    def __init__(self) -> None:
        self._viewers: dict[object, dict[str, int]] = {}
        self._peaks: dict[str, int] = {}
        self._reactions: dict[str, dict[str, int]] = {}
        self._named: dict[str, dict[str, Any]] = {}
        self._changed: set[str] = set()

    def viewers_in(self, process: object, viewers: dict[str, int]) -> None:
        """A process says how many it has on each channel."""
        before = self._viewers.get(process, {})
        if viewers == before:
            return
        self._viewers[process] = viewers
        for name in set(before) | set(viewers):
            self._peaks[name] = max(self.peak(name), self.viewers(name))
            self._changed.add(name)

    def react(self, channel: str, name: str, times: int) -> None:
        """So many more of a reaction."""
        tally = self._reactions.setdefault(channel, {})
        tally[name] = tally.get(name, 0) + times
        self._changed.add(channel)

    def name(self, channel: str, name: str, value: Any) -> None:
        """Set a counter of the house; None takes it away."""
        named = self._named.setdefault(channel, {})
        if value is None:
            named.pop(name, None)
        else:
            named[name] = value
        self._changed.add(channel)

    def restore_peak(self, channel: str, peak: int) -> None:
        """What was the most before this process began."""
        self._peaks[channel] = max(peak, self.peak(channel))

    def viewers(self, channel: str) -> int:
        """Now."""
        return sum(each.get(channel, 0) for each in self._viewers.values())

    def peak(self, channel: str) -> int:
        """The most there were at once."""
        return self._peaks.get(channel, 0)

    def text(self, channel: str) -> str:
        """As the JSON of a frame."""
        named = self._named.get(channel, {})
        whole = {"viewers": self.viewers(channel), "peak": self.peak(channel), "reactions": self._reactions.get(channel, {})}
        return json.dumps(whole | {"named": named}, ensure_ascii=False, separators=(",", ":"))

    def channels(self) -> set[str]:
        """All that have counters."""
        return set(self._peaks) | set(self._reactions) | set(self._named)

    def changed(self) -> Iterator[str]:
        """Channels whose counters are others than when this was last asked."""
        changed, self._changed = self._changed, set()
        yield from sorted(changed)

    def forget(self, channel: str) -> None:
        """The channel is over."""
        for each in (self._peaks, self._reactions, self._named):
            each.pop(channel, None)
        self._changed.discard(channel)
