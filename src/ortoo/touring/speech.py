"""Sentences and dates that several of the files share."""

from datetime import date

from ortoo.kernel.voice import Voice
from ortoo.touring.planned import GivenTalk, PlannedStop
from ortoo.touring.words import WEEKDAYS


def day_of(day: date, voice: Voice) -> str:
    """6月19日, 2023-06-19."""
    return day.isoformat() if voice.language == "en" else f"{day.month}月{day.day}日"


def weekday_of(day: date, voice: Voice) -> str:
    """周一, Mon."""
    return WEEKDAYS[day.weekday()][0 if voice.language == "en" else 1]


def why_stand_in(talk: GivenTalk, stop: PlannedStop, voice: Voice) -> str:
    """Why somebody else gives the talk; empty where the speaker does."""
    return voice("blocked", speaker=talk.speaker, date=day_of(stop.day, voice)) if talk.stands_in else ""


def stand_ins(stop: PlannedStop, voice: Voice) -> list[str]:
    """Who stands in for whom."""
    return [voice("stand_in", given_by=t.given_by, speaker=t.speaker) for t in stop.talks if t.stands_in]


def part_of(key: str, stop: PlannedStop, voice: Voice) -> str:
    """What a speaker does at a stop."""
    parts = []
    for talk in stop.talks:
        if talk.talk.key == key:
            parts.append(voice("by_other", name=talk.given_by) if talk.stands_in else voice("own", title=talk.talk.title))
        elif talk.given_by_no == key:
            parts.append(voice("for_other", name=talk.speaker, title=talk.talk.title))
    return voice("and").join(parts)
