"""What a source sends, kept byte by byte while there is room: a full disk must neither cut the picture nor keep the hub from
writing down what viewers say."""

import shutil
import time
from pathlib import Path
from typing import BinaryIO

#: Bytes that are left free for everything else on this disk.
RESERVE = 1_000_000_000
_LOOK_SECONDS = 2.0


class Recording:
    """One file. ``write`` never fails; ``over`` says why nothing more is kept, empty while all is."""

    def __init__(self, file: Path, reserve: int = RESERVE) -> None:
        self.file = file
        self.reserve = reserve
        self.over = ""
        self._looked = 0.0
        self._stream: BinaryIO | None = None

    def write(self, data: bytes) -> None:
        """Keep these bytes, too."""
        if self.over or not self._has_room():
            return
        try:
            self._stream = self._stream or self.file.open("ab")
            self._stream.write(data)
        except OSError as error:
            self._end(f"the recording has ended: {error.strerror}")

    def close(self) -> None:
        """Nothing more comes."""
        stream, self._stream = self._stream, None
        if stream is not None:
            try:
                stream.close()
            except OSError as error:
                self.over = self.over or f"the recording has ended: {error.strerror}"

    def _has_room(self) -> bool:
        now = time.monotonic()
        if now - self._looked > _LOOK_SECONDS:
            self._looked = now
            if shutil.disk_usage(self.file.parent).free < self.reserve:
                self._end("the recording has ended: the disk is nearly full")
        return not self.over

    def _end(self, why: str) -> None:
        self.over = why
        self.close()
