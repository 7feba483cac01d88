"""Bytes kept on disk under their SHA-256, in folders beside each other. Nothing here is ever served as it was sent."""

import hashlib
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True)
class Kept:
    """Where bytes went: their SHA-256 in hex and their number."""

    sha256: str
    size: int


@dataclass(frozen=True)
class Folder:
    """One folder below the files of this installation, by name."""

    name: str

    def keep(self, pieces: Iterable[bytes]) -> Kept:
        """Write the bytes to disk, whole or not at all; the same bytes again take no room."""
        self.path.mkdir(parents=True, exist_ok=True)
        digest, size = hashlib.sha256(), 0
        descriptor, name = tempfile.mkstemp(dir=self.path, prefix="incoming-")
        try:
            with os.fdopen(descriptor, "wb") as file:
                for piece in pieces:
                    digest.update(piece)
                    size += len(piece)
                    file.write(piece)
                file.flush()
                os.fsync(file.fileno())
            target = self.path_of(digest.hexdigest())
            target.parent.mkdir(parents=True, exist_ok=True)
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        return Kept(digest.hexdigest(), size)

    def path_of(self, sha256: str) -> Path:
        """Where the bytes with this SHA-256 lie."""
        return self.path / sha256[:2] / sha256

    def bytes_of(self, sha256: str) -> bytes:
        """The bytes themselves."""
        return self.path_of(sha256).read_bytes()

    @property
    def path(self) -> Path:
        """The folder itself; asked each time, as the installation's files may be elsewhere in a test."""
        return Path(settings.MEDIA_ROOT) / self.name
