"""Who gives which talk on a day: the speaker, or an understudy who is free and has not too many already."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from ortoo_solvers.route.problem import Problem, Talk


@dataclass(frozen=True, slots=True)
class Cast:
    """``given``: talk's key to who gives it; ``uncovered``: talks that nobody may give, as few as can be."""

    given: dict[str, str]
    uncovered: tuple[str, ...]


def cast_of(problem: Problem, day: int) -> Cast:
    """The same for every stop on that day: speakers and understudies do not depend on the place.

    A largest matching of talks to people by augmenting paths, talks and understudies in the order given, so that it
    leaves the fewest talks uncovered and the same ones each time.
    """
    blocked = blocked_on(problem, day)
    may = {talk.key: _may_give(talk, blocked) for talk in problem.talks}
    given: dict[str, str] = {}
    for talk in sorted(problem.talks, key=lambda talk: talk.speaker in blocked):
        _place(talk.key, may, given, problem.most_talks, set())
    return Cast({talk.key: given[talk.key] for talk in problem.talks if talk.key in given},
                tuple(talk.key for talk in problem.talks if talk.key not in given))  # fmt: skip


def blocked_on(problem: Problem, day: int) -> frozenset[str]:
    """Speakers who cannot come that day."""
    return frozenset(speaker.key for speaker in problem.speakers if day in speaker.blocked)


def could_stand_in(problem: Problem, day: int, talks: Iterable[str]) -> tuple[str, ...]:
    """Speakers who are there that day and could take one talk more, if they were named; not those of ``talks`` themselves."""
    blocked, busy = blocked_on(problem, day), Counter(cast_of(problem, day).given.values())
    own = {talk.speaker for talk in problem.talks if talk.key in set(talks)}
    return tuple(
        speaker.key for speaker in problem.speakers if speaker.key not in blocked | own and busy[speaker.key] < problem.most_talks
    )


def _may_give(talk: Talk, blocked: frozenset[str]) -> tuple[str, ...]:
    if talk.speaker not in blocked:
        return (talk.speaker,)
    return tuple(dict.fromkeys(key for key in talk.understudies if key not in blocked))


def _place(talk: str, may: dict[str, tuple[str, ...]], given: dict[str, str], most: int, seen: set[str]) -> bool:
    for person in may[talk]:
        if person in seen:
            continue
        seen.add(person)
        theirs = [other for other, who in given.items() if who == person]
        if len(theirs) < most or any(_place(other, may, given, most, seen) for other in theirs):
            given[talk] = person
            return True
    return False
