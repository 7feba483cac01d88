"""Everything that can be set about the hub, in one frozen object. The hub itself reads no environment."""

from dataclasses import asdict, dataclass, fields
from pathlib import Path

ENGINES = ("hub", "nchan")


class Misconfigured(ValueError):
    """A setting that cannot be; the sentence names it."""


@dataclass(frozen=True)
class Configuration:
    """Times in seconds, sizes in bytes, rates per second; ``Misconfigured`` names what cannot be.

    ``folder`` holds what must outlive a crash (``said.sqlite3``, ``told.sqlite3``) and the publishing socket. With
    engine ``nchan`` nginx listens on ``port`` and the hub behind it on ``inner_port``, its publishing side on
    ``nchan_port``. ``pages_port`` names the one other port of the same host whose pages may read the answers; None: only pages
    that come from the hub's own address.
    """

    folder: str
    secret: str
    host: str = "127.0.0.1"
    port: int = 8001
    engine: str = "hub"
    inner_port: int = 8002
    nchan_port: int = 8003
    pages_port: int | None = None
    trusted_proxies: tuple[str, ...] = ()
    viewers: int = 10_000
    processes: int = 0
    benchmark: bool = False

    ring_seconds: float = 120.0
    ring_bytes: int = 2_000_000
    counts_seconds: float = 0.5
    heartbeat_seconds: float = 15.0
    retry_seconds: tuple[float, float] = (1.0, 4.0)
    slow_reader_bytes: int = 64 * 1024
    socket_bytes: int = 64 * 1024
    head_bytes: int = 8 * 1024
    body_bytes: int = 32 * 1024
    request_seconds: float = 10.0
    idle_seconds: float = 30.0
    per_address: int = 5_000
    say_rate: float = 2.0
    say_burst: float = 20.0
    address_rate: float = 300.0
    address_burst: float = 3_000.0
    commit_seconds: float = 0.005
    end_seconds: float = 8.0

    def __post_init__(self) -> None:
        """Refuse what would only show later, in the middle of a session."""
        if len(self.secret.encode()) < 16:
            raise Misconfigured("secret: at least 16 bytes")
        if self.engine not in ENGINES:
            raise Misconfigured(f"engine: {' or '.join(ENGINES)}, not {self.engine!r}")
        if not 0 <= self.processes <= 64:
            raise Misconfigured("processes: 0 (as many as are needed) to 64")
        if not 0 <= self.retry_seconds[0] <= self.retry_seconds[1]:
            raise Misconfigured("retry_seconds: the shortest first, then the longest")
        if self.benchmark and self.host not in ("127.0.0.1", "::1", "localhost"):
            raise Misconfigured("benchmark: only where nobody but this machine can reach it (host 127.0.0.1)")
        for name in _POSITIVE:
            if getattr(self, name) <= 0:
                raise Misconfigured(f"{name}: more than 0")

    @property
    def said(self) -> Path:
        """The file of what viewers said."""
        return Path(self.folder) / "said.sqlite3"

    @property
    def told(self) -> Path:
        """The file of what viewers were told."""
        return Path(self.folder) / "told.sqlite3"

    @property
    def socket(self) -> Path:
        """Where the publisher knocks."""
        return Path(self.folder) / "hub.sock"

    def as_data(self) -> dict[str, object]:
        """Plain values for JSON."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: dict[str, object]) -> "Configuration":
        """Raises ``Misconfigured`` for a name that is not known or a value of the wrong kind."""
        names = {field.name for field in fields(cls)}
        if unknown := set(data) - names:
            raise Misconfigured(f"{', '.join(sorted(unknown))}: not known")
        values = {name: tuple(value) if isinstance(value, list) else value for name, value in data.items()}
        try:
            return cls(**values)  # type: ignore[arg-type]
        except (TypeError, AttributeError) as error:
            raise Misconfigured(str(error)) from None


_POSITIVE = (
    *("viewers", "ring_seconds", "ring_bytes", "counts_seconds", "heartbeat_seconds", "slow_reader_bytes"),
    *("socket_bytes", "head_bytes", "body_bytes", "request_seconds", "idle_seconds", "per_address", "say_rate", "say_burst"),
    *("address_rate", "address_burst", "commit_seconds", "end_seconds"),
)
