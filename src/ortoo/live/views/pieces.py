"""Large files in pieces: a browser that plays one asks for a range of it, and gets no more at once than a page thread can afford."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")
#: Bytes of one answer: who plays slowly holds a thread for no longer than these take; the browser asks for the next by itself.
AT_ONCE = 2 * 1024 * 1024
CHUNK = 64 * 1024


def in_pieces(request: HttpRequest, file: Path, kind: str) -> HttpResponseBase:
    """The file, or the range asked for (RFC 9110, one range); 416 when there is no such range, 404 when there is no such file."""
    try:
        size = file.stat().st_size
    except OSError as error:
        raise Http404 from error
    asked = RANGE.fullmatch(request.headers.get("Range", ""))
    if asked is None or not any(asked.groups()):
        return FileResponse(file.open("rb"), content_type=kind, headers={"Accept-Ranges": "bytes"})
    first, last = _bounds(asked[1], asked[2], size)
    if not 0 <= first <= last:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    fields = {"Content-Range": f"bytes {first}-{last}/{size}", "Content-Length": str(last - first + 1), "Accept-Ranges": "bytes"}
    return StreamingHttpResponse(_read(file, first, last), status=206, content_type=kind, headers=fields)


def _bounds(begin: str, end: str, size: int) -> tuple[int, int]:
    """First and last byte; `-500` are the last 500."""
    first = int(begin) if begin else max(0, size - int(end))
    last = min(size - 1, int(end) if begin and end else size - 1)
    return first, min(last, first + AT_ONCE - 1)


def _read(file: Path, first: int, last: int) -> Iterator[bytes]:
    with file.open("rb") as stream:
        stream.seek(first)
        left = last - first + 1
        while left and (data := stream.read(min(CHUNK, left))):
            left -= len(data)
            yield data
