"""Answers as bytes. Nothing here is ever HTML, and nothing is kept by a cache."""

import json
import math
from http import HTTPStatus

from ortoo_hub.refusal import Refusal

_ALWAYS = "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n"
_REASON = {status.value: status.phrase for status in HTTPStatus}


def json_answer(data: object, *, status: int = 200, keep: bool = True, allow: str = "", wait: float = 0) -> bytes:
    """A whole answer; ``allow`` is the origin whose pages may read it, ``wait`` becomes Retry-After."""
    body = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    extra = f"Access-Control-Allow-Origin: {allow}\r\nVary: Origin\r\n" if allow else ""
    extra += f"Retry-After: {math.ceil(wait)}\r\n" if wait else ""
    extra += "" if keep else "Connection: close\r\n"
    head = f"HTTP/1.1 {status} {_REASON[status]}\r\nContent-Type: application/json\r\n{_ALWAYS}{extra}Content-Length: {len(body)}\r\n\r\n"
    return head.encode("latin-1") + body


def refusal_answer(refusal: Refusal, *, keep: bool, allow: str = "") -> bytes:
    """The refusal as JSON: ``{"refused": sentence}``."""
    return json_answer({"refused": refusal.why}, status=refusal.status, keep=keep, allow=allow, wait=refusal.wait)


def stream_head(retry_ms: int, allow: str = "") -> bytes:
    """What begins a stream of events; the browser comes back ``retry_ms`` after it was cut."""
    extra = f"Access-Control-Allow-Origin: {allow}\r\nVary: Origin\r\n" if allow else ""
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n{_ALWAYS}X-Accel-Buffering: no\r\n{extra}Connection: close\r\n\r\n"
    return f"{head}retry: {retry_ms}\n\n".encode("latin-1")
