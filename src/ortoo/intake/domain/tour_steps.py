"""What a tour's plan says against how the tour stands: step by step what is new, what changes in which field, what is the same."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ortoo.intake.reading.tour.delegations import ReadDelegation
from ortoo.intake.reading.tour.read import ReadTour
from ortoo.intake.reading.tour.speakers import ReadSpeaker
from ortoo.intake.reading.tour.stops import ReadStop
from ortoo.people.models import Person, Unit
from ortoo.programmes.models import Leg, Programme, Speaker, Talk

Fields = dict[str, Any]
Key = tuple[str, str]
STORIES = {"本人": "own", "自己": "own", "师父": "mentor", "同事": "colleague", "战友": "comrade"}
MINUTES, PRIORITY = 20, 3
NOUNS = ("stop", "hall", "speaker", "understudy", "talk", "delegation")


@dataclass(frozen=True)
class Step:
    """One thing of the plan. `key` is (name, "") or (stop, name); `before` None where the tour has no such thing yet."""

    noun: str
    key: Key
    before: Fields | None
    after: Fields

    @property
    def kind(self) -> str:
        """`new`, `changed` or `same`."""
        return "new" if self.before is None else "same" if self.before == self.after else "changed"

    @property
    def differs(self) -> list[tuple[str, Any, Any]]:
        """(field, before, after) where they differ; all fields of what is new."""
        before = self.before or {}
        return [(name, before.get(name), value) for name, value in self.after.items() if before.get(name) != value]

    @property
    def said(self) -> Fields:
        """As JSON."""
        return {"noun": self.noun, "key": list(self.key), "before": self.before, "after": self.after}


def steps(tour: Programme, read: ReadTour) -> list[Step]:
    """In the order in which they can be done: stops that lose a mark before those that gain it, things before what names them."""
    stands = standing(tour)
    said = [*_of_stops(read.stops), *_of_speakers(read.speakers, stands), *_of_delegations(tour, read, stands)]
    found = [Step(noun, key, stands.get((noun, key)), after) for noun, key, after in said]
    return sorted(found, key=lambda step: (NOUNS.index(step.noun), bool(step.after.get("mark"))))


def standing(tour: Programme) -> dict[tuple[str, Key], Fields]:
    """Everything of which a plan speaks, as it stands; five queries."""
    found: dict[tuple[str, Key], Fields] = {}
    for leg in tour.legs.select_related("base").prefetch_related("halls", "delegations"):
        found["stop", (leg.name, "")] = {"county": leg.base.code if leg.base else "", "mark": leg.mark}
        for hall in leg.halls.all():
            found["hall", (leg.name, hall.name)] = {"seats": hall.seats, "free": sorted(hall.free)}
        for each in leg.delegations.all():
            found["delegation", (leg.name, each.name)] = {
                "kind": each.kind, "asked": each.asked, "priority": each.priority, "wheelchairs": each.wheelchairs,
                "companions": each.companions, "contact": each.contact, "phone": each.phone,
            }  # fmt: skip
    speakers = list(tour.speakers.select_related("person", "unit", "understudy__person"))
    for speaker in speakers:
        key = (key_of(speaker), "")
        found["speaker", key] = {
            "name": str(speaker), "county": speaker.unit.code if speaker.unit and not speaker.person else "",
            "language": speaker.language, "blocked": _days(speaker, tour), "remark": speaker.remark,
        }  # fmt: skip
        found["understudy", key] = {"understudy": key_of(speaker.understudy) if speaker.understudy else ""}
    keys = {speaker.pk: key_of(speaker) for speaker in speakers}
    for talk in tour.talks.all():
        found["talk", (talk.title, "")] = {
            "speaker": keys[talk.speaker_id], "minutes": talk.minutes, "story": talk.story, "whose": talk.whose, "language": talk.language,
        }  # fmt: skip
    return found


def key_of(speaker: Speaker) -> str:
    """Staff number of one of our people, name of a guest."""
    return speaker.person.staff_no if speaker.person else speaker.name


def last_stop(tour: Programme, read: ReadTour) -> str:
    """To which stop delegations come: the one marked as the last, else the last of the list; empty when there is none."""
    marked = [stop.name for stop in read.stops if stop.last]
    names = marked or [stop.name for stop in read.stops[-1:]]
    stands = tour.legs.filter(mark=Leg.Mark.LAST).values_list("name", flat=True).first() or ""
    return names[0] if names else stands


def _of_stops(stops: Sequence[ReadStop]) -> Iterator[tuple[str, Key, Fields]]:
    for stop in stops:
        mark = Leg.Mark.FIRST if stop.first else Leg.Mark.LAST if stop.last else Leg.Mark.NONE
        yield "stop", (stop.name, ""), {"county": stop.halls[0].county if stop.halls else "", "mark": mark.value}
    for stop in stops:
        for hall in stop.halls:
            yield "hall", (stop.name, hall.name), {"seats": hall.seats or 0, "free": sorted(day.isoformat() for day in hall.days)}


def _of_speakers(lines: Sequence[ReadSpeaker], stands: Mapping[tuple[str, Key], Fields]) -> Iterator[tuple[str, Key, Fields]]:
    ours = dict(Person.objects.filter(staff_no__in=[line.staff_no for line in lines]).values_list("staff_no", "name"))
    codes = set(Unit.objects.filter(code__in=[line.county for line in lines]).values_list("code", flat=True))
    keys = {line.key: line.staff_no if line.staff_no in ours else line.name for line in lines}
    for key, name in keys.items():
        own = [line for line in lines if line.key == key]
        line, blocked = own[0], sorted({day.isoformat() for each in own for day in each.blocked})
        guest = name not in ours
        county = line.county if guest and line.county in codes else ""
        fields = {
            "name": ours.get(name, line.name),
            "county": county,
            "language": line.language,
            "blocked": blocked,
            "remark": line.remark,
        }
        yield "speaker", (name, ""), fields
        others = [keys[each] for one in own for each in one.understudies if each in keys]
        yield "understudy", (name, ""), {"understudy": others[0] if others else ""}
    for line in lines:
        if line.title:
            stood = stands.get(("talk", (line.title, "")), {})
            story = STORIES.get(line.about, Talk.Story.OTHER.value if line.about else stood.get("story", Talk.Story.OWN.value))
            whose = line.about if line.about and line.about not in STORIES else ""
            minutes = line.minutes or stood.get("minutes", MINUTES)
            told: Fields = {
                "speaker": keys[line.key],
                "minutes": minutes,
                "story": story,
                "whose": whose,
                "language": line.language,
            }
            yield "talk", (line.title, ""), told


def _of_delegations(
    tour: Programme, read: ReadTour, stands: Mapping[tuple[str, Key], Fields]
) -> Iterator[tuple[str, Key, Fields]]:
    stop = last_stop(tour, read)
    for each in read.delegations if stop else ():
        yield "delegation", (stop, each.name), _asked(each, stands.get(("delegation", (stop, each.name)), {}))


def _asked(each: ReadDelegation, stands: Fields) -> Fields:
    """A plan without a word about wheelchairs leaves what stands of them, as far as they still fit into what is asked."""
    wheelchairs = min(stands.get("wheelchairs", 0), each.asked) if each.wheelchairs is None else each.wheelchairs
    companions = min(stands.get("companions", 0), wheelchairs) if each.companions is None else each.companions
    return {
        "kind": each.category, "asked": each.asked, "priority": each.priority or PRIORITY, "wheelchairs": wheelchairs,
        "companions": min(companions, each.asked - wheelchairs), "contact": each.contact, "phone": each.phone,
    }  # fmt: skip


def _days(speaker: Speaker, tour: Programme) -> list[str]:
    """The tour's days on which they cannot come."""
    assert tour.starts is not None and tour.ends is not None
    days = (tour.starts + timedelta(days=number) for number in range((tour.ends - tour.starts).days + 1))
    return [day.isoformat() for day in days if speaker.blocked_on(day)]


def day_of(said: str) -> date:
    """A day from its ISO text."""
    return date.fromisoformat(said)
