"""Where the house knocks: a socket in the file system that only its own user may open, one JSON line for each wish."""

import asyncio
import json
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ortoo_hub.publisher import HubRefused, short

LARGEST = 256 * 1024
Wish = Callable[[dict[str, Any]], dict[str, Any]]


async def open_door(path: Path, fulfil: Wish) -> asyncio.AbstractServer:
    """Answer each line with a line; ``fulfil`` may raise ``HubRefused``."""

    async def visitor(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while line := await reader.readline():
                writer.write(json.dumps(_answer(line, fulfil), ensure_ascii=False).encode() + b"\n")
                await writer.drain()
        except (ValueError, ConnectionError):
            pass  # Longer than LARGEST, or gone.
        except asyncio.CancelledError:
            pass  # The hub ends while somebody holds the line: nothing is left to be said, and nothing went wrong.
        finally:
            writer.close()

    path.unlink(missing_ok=True)
    before = os.umask(0o177)
    try:
        with short(path) as address:
            return await asyncio.start_unix_server(visitor, address, limit=LARGEST)
    finally:
        os.umask(before)


def _answer(line: bytes, fulfil: Wish) -> dict[str, Any]:
    try:
        return fulfil(json.loads(line))
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        if isinstance(error, HubRefused):
            return {"refused": str(error)}
        return {"refused": f"not understood: {type(error).__name__}"}
    except sqlite3.Error as error:
        return {"refused": f"could not be written: {error}"}
