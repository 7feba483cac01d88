"""Programmes and what hangs on them: legs, roles, duties, halls, speakers, talks."""

from ortoo.programmes.models.duty import Duty, DutyTemplate, Lesson
from ortoo.programmes.models.hall import Hall
from ortoo.programmes.models.programme import Leg, Programme, ProgrammeRole
from ortoo.programmes.models.speaker import Speaker
from ortoo.programmes.models.talk import Appearance, Rehearsal, Script, ScriptComment, Talk

__all__ = [
    "Appearance",
    "Duty",
    "DutyTemplate",
    "Hall",
    "Leg",
    "Lesson",
    "Programme",
    "ProgrammeRole",
    "Rehearsal",
    "Script",
    "ScriptComment",
    "Speaker",
    "Talk",
]
