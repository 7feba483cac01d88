"""tour.xlsx: the overview, a sheet for each stop and each speaker, the seats with their arithmetic, what to look at."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from ortoo.kernel.sheets.write import Table, write_tables
from ortoo.kernel.voice import Voice
from ortoo.touring.gather import REST_BEYOND_KM
from ortoo.touring.planned import Planned, PlannedStop
from ortoo.touring.speech import day_of, part_of, stand_ins, weekday_of, why_stand_in
from ortoo_solvers.seats import ClassShare, Share
from ortoo_solvers.seats import Solution as Seats

Row = list[object]
OVERVIEW = (
    "order",
    "date",
    "weekday",
    "stop",
    "county_code",
    "county",
    "hall",
    "seats",
    "way_here",
    "travel_day",
    "nights_here",
    "stand_ins",
)
TALKS = ("order", "title_head", "speaker", "staff_no", "about", "minutes", "language", "given_by", "why")
SPEAKER = ("order", "date", "weekday", "stop", "county", "hall", "gives")
SHARES = ("order", "delegation", "category", "asked", "priority", "floor", "ceiling", "given", "exactly", "last_won", "next_would", "rule",
          "contact", "phone")  # fmt: skip
ROUNDS = ("class", "round", "delegation", "asked", "divisor", "quotient")
RULES = {"full": "full", "divided": "divided", "floor": "only_floor"}


def write_book(file: Path, planned: Planned, problems: Sequence[Table], voice: Voice) -> None:
    """Write the workbook."""
    tables = [_overview(planned, voice)]
    tables += [_stop(stop, voice) for stop in planned.stops]
    tables += [_speaker(key, name, planned, voice) for key, name in planned.people]
    if planned.seats is not None:
        tables += [_shares(planned, planned.seats, voice), _rounds(planned.seats, voice)]
    write_tables(file, [*tables, *problems])


def _overview(planned: Planned, voice: Voice) -> Table:
    rows: list[Row] = []
    for stop, after in zip(planned.stops, [*planned.stops[1:], None], strict=True):
        nights = after.days_since if after else ""
        far = voice("yes") if stop.way > REST_BEYOND_KM else ""
        rows.append([stop.order, stop.day, weekday_of(stop.day, voice), stop.name, stop.county_code, stop.county, stop.hall, stop.seats,
                     round(stop.way, 1) if stop.order > 1 else "", far, nights, voice("and").join(stand_ins(stop, voice))])  # fmt: skip
    proof = voice("optimal" if planned.solution.optimal else "not_optimal")
    for key, value in (("kilometres", round(planned.kilometres, 3)), ("bound", round(planned.bound, 3)), ("proof", proof),
                       ("nights", planned.solution.nights)):  # fmt: skip
        rows.append(["", "", "", voice(key), "", "", value])
    title = voice("title", first=day_of(planned.stops[0].day, voice), last=day_of(planned.stops[-1].day, voice))
    return Table(voice("overview"), _heads(OVERVIEW, voice), rows, title, [voice("scoring")], widths={6: 18})


def _stop(stop: PlannedStop, voice: Voice) -> Table:
    rows: list[Row] = [
        [number, talk.talk.title, talk.speaker, talk.talk.staff_no, talk.talk.about, talk.talk.minutes, talk.talk.language, talk.given_by,
         why_stand_in(talk, stop, voice)] for number, talk in enumerate(stop.talks, 1)
    ]  # fmt: skip
    minutes = sum(talk.talk.minutes or 0 for talk in stop.talks)
    rows.append(["", voice("total"), "", "", "", minutes, "", "", ""])
    notes = [f"{day_of(stop.day, voice)} {weekday_of(stop.day, voice)} · {stop.county} · {stop.hall}"
             + (f" · {voice('seats_unit', seats=stop.seats)}" if stop.seats else "")]  # fmt: skip
    return Table(f"{stop.order} {stop.name}", _heads(TALKS, voice), rows, stop.name, notes)


def _speaker(key: str, name: str, planned: Planned, voice: Voice) -> Table:
    rows: list[Row] = [
        [stop.order, stop.day, weekday_of(stop.day, voice), stop.name, stop.county, stop.hall, part_of(key, stop, voice)]
        for stop in planned.stops
    ]
    return Table(name, _heads(SPEAKER, voice), rows, voice("page_of", name=name))


def _shares(planned: Planned, seats: Seats, voice: Voice) -> Table:
    divisors = {one.priority: Fraction(*one.up_to) for one in seats.classes if one.up_to}
    rows: list[Row] = [_share(number, share, planned, divisors, voice) for number, share in enumerate(seats.shares, 1)]
    rows.append(["", voice("total"), "", sum(share.asked for share in seats.shares), "", "", "", seats.given])
    notes = [voice("method_note"), *(_class_note(one, voice) for one in seats.classes)]
    last = planned.stops[-1]
    return Table(
        voice("seats_sheet"),
        _heads(SHARES, voice),
        rows,
        f"{last.name} {last.hall} {voice('seats_unit', seats=seats.capacity)}",
        notes,
    )


def _share(number: int, share: Share, planned: Planned, divisors: dict[int, Fraction], voice: Voice) -> Row:
    asked = planned.delegation(share.delegation)
    divisor = divisors.get(share.priority)
    exactly = round(float(share.asked / divisor), 3) if divisor else ""
    won = round(share.asked / (2 * share.seats - 1), 4) if share.seats > share.floor else ""
    more = round(share.asked / (2 * share.seats + 1), 4) if share.seats < share.ceiling else ""
    return [number, share.delegation, asked.category, share.asked, share.priority, share.floor, share.ceiling, share.seats, exactly, won, more,
            voice(RULES[share.rule]), asked.contact, asked.phone]  # fmt: skip


def _class_note(one: ClassShare, voice: Voice) -> str:
    divisor = ""
    if one.up_to:
        above, up_to = (f"{parts[0] / parts[1]:.4f}" for parts in (one.above, one.up_to))
        divisor = voice("divisor_tie", up_to=up_to) if one.above == one.up_to else voice("divisor_note", above=above, up_to=up_to)
    return voice("class_note", priority=one.priority, available=one.available, asked=one.asked, given=one.given,
                 rule=voice(RULES[one.rule]), divisor=divisor)  # fmt: skip


def _rounds(seats: Seats, voice: Voice) -> Table:
    """Seat by seat for the classes that had to be divided."""
    rows: list[Row] = [
        [one.priority, number, each.delegation, each.asked, each.divisor, round(each.asked / each.divisor, 4)]
        for one in seats.classes
        if one.rule == "divided"
        for number, each in enumerate(one.rounds, 1)
    ]
    return Table(voice("arithmetic"), _heads(ROUNDS, voice), rows, notes=[voice("method_note")])


def _heads(keys: Sequence[str], voice: Voice) -> list[str]:
    return [voice(key) for key in keys]
