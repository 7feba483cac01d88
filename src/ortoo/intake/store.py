"""The bytes of the files that units sent."""

from ortoo.kernel.kept import Folder, Kept

__all__ = ["Kept", "bytes_of", "keep", "path_of"]

_RETURNS = Folder("returns")
keep = _RETURNS.keep
path_of = _RETURNS.path_of
bytes_of = _RETURNS.bytes_of
