"""The bytes of the files that units sent, kept under their SHA-256. Nothing here is ever served as it is."""

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


def keep(pieces: Iterable[bytes]) -> Kept:
    """Write the bytes to disk, whole or not at all; the same bytes again take no room."""
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    descriptor, name = tempfile.mkstemp(dir=folder, prefix="incoming-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            for piece in pieces:
                digest.update(piece)
                size += len(piece)
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        target = path_of(digest.hexdigest())
        target.parent.mkdir(parents=True, exist_ok=True)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Kept(digest.hexdigest(), size)


def path_of(sha256: str) -> Path:
    """Where the bytes with this SHA-256 lie."""
    return _folder() / sha256[:2] / sha256


def bytes_of(sha256: str) -> bytes:
    """The bytes themselves."""
    return path_of(sha256).read_bytes()


def _folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "returns"
