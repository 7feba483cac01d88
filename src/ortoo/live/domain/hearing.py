"""Takes into the house what viewers said to the hub: in order, each row once, however often either side is killed.

The rows of a batch and the number up to which they were read are one transaction. A row that makes no sense (a vote for a
question that isn't shown, an answer to a closed poll) is passed over: the hub has only checked its form. A question is kept.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime

from django.db import transaction
from django.db.models import F

from ortoo.live.domain.session import mark_changed
from ortoo.live.models import Device, HeardThrough, LiveSession, Poll, PollAnswer, Question, Reaction, Vote
from ortoo.live.models.voice import PUBLIC
from ortoo_hub import SCREEN, Row, Said

BATCH = 500
LONGEST_QUESTION = 500
LONGEST_NAME = 40
#: Questions of one device in one session that wait at the desk; more are kept among the hidden ones.
MOST_QUESTIONS = 20
#: Kept of one device at all: whoever sends more than that asks nothing.
MOST_KEPT = 200
#: Kinds of reaction that a session keeps apart.
MOST_REACTIONS = 12


def take_over(said: Said, most: int = BATCH) -> tuple[int, int]:
    """Take the next rows; gives how many there were, and the number of the last."""
    book = said.book
    if not book:
        return 0, 0
    HeardThrough.objects.get_or_create(book=book)
    with transaction.atomic():
        # Locked: another listener waits here, and then reads on from where this one ended.
        heard = HeardThrough.objects.select_for_update().get(book=book)
        rows = said.after(heard.row, most)
        if rows:
            _apply(rows)
            heard.row = rows[-1].row
            heard.save(update_fields=["row"])
    return len(rows), heard.row


def _apply(rows: list[Row]) -> None:
    of_channel: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        of_channel[row.channel].append(row)
    keys = {channel.rpartition("-")[0] for channel in of_channel}
    sessions = {session.channel: session for session in LiveSession.objects.filter(key__in=keys)}
    for channel, said in of_channel.items():
        if session := sessions.get(channel):
            _take(session, said)


def _take(session: LiveSession, rows: list[Row]) -> None:
    by_kind: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_kind[row.kind].append(row)
    _note_devices(session, by_kind["present"])
    _questions(session, by_kind["question"])
    # What was said before the close counts, however late it is read.
    for kind, take in (("vote", _votes), ("answer", _answers), ("reaction", _reactions)):
        if in_time := [row for row in by_kind[kind] if _in_time(session, row)]:
            take(session, in_time)
    if by_kind["vote"] or by_kind["answer"]:
        mark_changed(session)


def _in_time(session: LiveSession, row: Row) -> bool:
    return session.closed is None or _moment(row) <= session.closed


def _moment(row: Row) -> datetime:
    return datetime.fromtimestamp(row.at / 1000, UTC)


def _note_devices(session: LiveSession, rows: Iterable[Row]) -> None:
    found = [
        Device(session=session, name=row.viewer, first_seen=_moment(row)) for row in rows if not row.viewer.startswith(SCREEN)
    ]
    Device.objects.bulk_create(found, ignore_conflicts=True)


def _questions(session: LiveSession, rows: list[Row]) -> None:
    """What is too many of one device, or comes after the close, is found among the hidden ones."""
    asked = Counter(session.questions.filter(device__in={row.viewer for row in rows}).values_list("device", flat=True))
    fresh = []
    for row in rows:
        text = " ".join(str(row.data.get("text", "")).split())[:LONGEST_QUESTION]
        asked[row.viewer] += 1
        if text and asked[row.viewer] <= MOST_KEPT:
            name = " ".join(str(row.data.get("name") or "").split())[:LONGEST_NAME]
            waits = asked[row.viewer] <= MOST_QUESTIONS and _in_time(session, row)
            state = Question.State.WAITING if waits else Question.State.HIDDEN
            who = {"device": row.viewer, "client_id": row.id, "name": name}
            fresh.append(Question(session=session, text=text, asked=_moment(row), state=state, **who))
    Question.objects.bulk_create(fresh, ignore_conflicts=True)


def _votes(session: LiveSession, rows: list[Row]) -> None:
    wanted = {(row.data.get("question"), row.viewer) for row in rows if isinstance(row.data.get("question"), int)}
    shown = set(session.questions.filter(pk__in={pk for pk, _device in wanted}, state__in=PUBLIC).values_list("pk", flat=True))
    Vote.objects.bulk_create(
        [Vote(question_id=pk, device=device) for pk, device in sorted(wanted, key=str) if pk in shown], ignore_conflicts=True
    )
    counted = Counter(Vote.objects.filter(question__in=shown).values_list("question_id", flat=True))
    for pk, votes in counted.items():
        Question.objects.filter(pk=pk).update(votes=votes)


def _answers(session: LiveSession, rows: list[Row]) -> None:
    polls = {poll.pk: poll for poll in session.polls.filter(state=Poll.State.OPEN)}
    last: dict[tuple[int, str], int] = {}
    for row in rows:
        pk, choice = row.data.get("poll"), row.data.get("choice")
        if type(pk) is int and type(choice) is int and pk in polls and 0 <= choice < len(polls[pk].choices):
            last[pk, row.viewer] = choice
    PollAnswer.objects.bulk_create(
        [PollAnswer(poll_id=pk, device=device, choice=choice) for (pk, device), choice in last.items()],
        update_conflicts=True,
        unique_fields=["poll", "device"],
        update_fields=["choice"],
    )


def _reactions(session: LiveSession, rows: list[Row]) -> None:
    times: Counter[str] = Counter()
    for row in rows:
        for name, count in row.data.items():
            times[name[:16]] += count
    known = set(session.reactions.values_list("name", flat=True))
    for name, count in times.most_common():
        if name in known or len(known) < MOST_REACTIONS:
            known.add(name)
            Reaction.objects.get_or_create(session=session, name=name)
            Reaction.objects.filter(session=session, name=name).update(times=F("times") + count)
