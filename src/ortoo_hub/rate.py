"""How often somebody may speak: a bucket that fills by itself, one for each name."""


class Buckets:
    """``rate`` a second, at most ``burst`` at once. Names whose bucket is full again are forgotten."""

    def __init__(self, rate: float, burst: float, most: int = 200_000) -> None:
        self.rate = rate
        self.burst = burst
        self.most = most
        self._levels: dict[str, tuple[float, float]] = {}

    def __len__(self) -> int:
        return len(self._levels)

    def take(self, name: str, now: float, cost: float = 1) -> float:
        """Take ``cost`` out at monotonic time ``now``. 0 when there was enough, else the seconds until there will be."""
        level, since = self._levels.get(name, (self.burst, now))
        level = min(self.burst, level + (now - since) * self.rate)
        if level < cost:
            return (cost - level) / self.rate
        if len(self._levels) >= self.most and name not in self._levels:
            self._forget(now)
        self._levels[name] = (level - cost, now)
        return 0.0

    def _forget(self, now: float) -> None:
        full = [name for name, (level, since) in self._levels.items() if level + (now - since) * self.rate >= self.burst]
        for name in full or list(self._levels)[: self.most // 2]:
            del self._levels[name]
