"""Viewing sites with what comes from them, the ledger of reach, and live sessions with what their viewers say."""

from ortoo.live.models.recording import Recording
from ortoo.live.models.session import Caption, Device, HeardThrough, LiveSession, Reaction
from ortoo.live.models.site import Audience, HeadCount, LineTest, Provenance, ReachEntry, SitePhotograph, ViewingSite
from ortoo.live.models.voice import Poll, PollAnswer, Question, Vote

__all__ = [
    "Audience",
    "Caption",
    "Device",
    "HeadCount",
    "HeardThrough",
    "LineTest",
    "LiveSession",
    "Poll",
    "PollAnswer",
    "Provenance",
    "Question",
    "ReachEntry",
    "Reaction",
    "Recording",
    "SitePhotograph",
    "ViewingSite",
    "Vote",
]
