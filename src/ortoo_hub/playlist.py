"""HLS playlists (RFC 8216): what one run of the packager wrote, and the public list that joins one run to the next.

ffmpeg cannot go on in a list whose pictures have another shape, as when a holding picture takes the place of the camera. So each
run writes a folder of its own, and the public list names the pieces of all runs, with a discontinuity and the new run's
header between them.
"""

import math
import re
from collections import deque
from dataclasses import dataclass, field

_PIECE = re.compile(r"#EXTINF:([0-9.]+),[^\n]*\n(?:#[^\n]*\n)*([^#\n]+)")
_BREAKS = re.compile(r"#EXT-X-DISCONTINUITY-SEQUENCE:([0-9]{1,9})\n")
_MAP = re.compile(r'#EXT-X-MAP:URI="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Piece:
    """Some ``seconds`` of run ``run``: ``file`` and the ``header`` that a player needs before it, both below the public list."""

    run: int
    file: str
    header: str
    seconds: float


def pieces(text: str, run: int, folder: str) -> list[Piece]:
    """The pieces in a list that ffmpeg wrote into ``folder``."""
    header = _MAP.search(text)
    if header is None:
        return []
    return [Piece(run, f"{folder}/{file}", f"{folder}/{header[1]}", float(seconds)) for seconds, file in _PIECE.findall(text)]


@dataclass
class PublicList:
    """The last ``most`` pieces. Numbers go on however often the source changes."""

    most: int = 30
    window: deque[Piece] = field(default_factory=deque)
    first: int = 0
    breaks: int = 0
    _known: set[str] = field(default_factory=set)

    def take(self, found: list[Piece]) -> list[str]:
        """Add what is new; gives the files that fell out of the window."""
        gone = []
        for piece in found:
            if piece.file in self._known:
                continue
            self._known.add(piece.file)
            self.window.append(piece)
        while len(self.window) > self.most:
            old = self.window.popleft()
            self.first += 1
            self.breaks += bool(self.window) and self.window[0].run != old.run
            gone.append(old.file)
        return gone

    def text(self) -> str:
        """The list as a player wants it."""
        longest = math.ceil(max((piece.seconds for piece in self.window), default=1))
        lines = ["#EXTM3U", "#EXT-X-VERSION:7", f"#EXT-X-TARGETDURATION:{longest}", f"#EXT-X-MEDIA-SEQUENCE:{self.first}"]
        lines.append(f"#EXT-X-DISCONTINUITY-SEQUENCE:{self.breaks}")
        run = None
        for piece in self.window:
            if piece.run != run:
                lines += [] if run is None else ["#EXT-X-DISCONTINUITY"]
                lines.append(f'#EXT-X-MAP:URI="{piece.header}"')
                run = piece.run
            lines += [f"#EXTINF:{piece.seconds:.6f},", piece.file]
        return "\n".join(lines) + "\n"


def next_break(text: str) -> int:
    """The discontinuity number of what follows all of a public list; 0 after none. Players keep a place for each number from 0
    on (hls.js walks through them), so it cannot be taken from the clock."""
    begun = _BREAKS.search(text)
    return int(begun[1]) + text.count("#EXT-X-DISCONTINUITY\n") + 1 if begun else 0


def master(bandwidth: int) -> str:
    """Picture with sound, or sound alone for weak lines. ``bandwidth`` of the picture in bit/s."""
    return (
        "#EXTM3U\n#EXT-X-VERSION:7\n"
        f'#EXT-X-STREAM-INF:BANDWIDTH={bandwidth},CODECS="avc1.4d401f,mp4a.40.2"\nvideo.m3u8\n'
        '#EXT-X-STREAM-INF:BANDWIDTH=140000,CODECS="mp4a.40.2"\naudio.m3u8\n'
    )
