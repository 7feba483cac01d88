"""The live hub: one channel per session, told to every viewer as it happens, and what viewers say kept safely.

Pure asyncio: no Django, and nothing of the house. ``serve`` runs it until it is stopped; ``Publisher`` tells a channel
something; ``sign`` lets a viewer in; ``Said`` reads in order what viewers said.
"""

from ortoo_hub.configuration import Configuration, Misconfigured
from ortoo_hub.dispatcher import serve
from ortoo_hub.publisher import HubAway, HubRefused, Publisher
from ortoo_hub.reading import Row, Said
from ortoo_hub.viewer import SCREEN, Viewer, sign

__all__ = [
    "SCREEN",
    "Configuration",
    "HubAway",
    "HubRefused",
    "Misconfigured",
    "Publisher",
    "Row",
    "Said",
    "Viewer",
    "serve",
    "sign",
]
