"""Why there is no tour, in words, Chinese ("zh") and English ("en"), with the problem's own names."""

from collections.abc import Callable, Iterable
from datetime import date

from ortoo_solvers.route.collision import Collision, HallDay, Step, StopDays
from ortoo_solvers.route.distance import kilometres
from ortoo_solvers.route.problem import Problem, Talk

_ZH = {
    "no_day": "以下站点没有可用的日子：",
    "no_order": "以下站点各自都有可用的日子，但排不成一条线路，缺了其中任何一站才排得开：",
    "first": "（首站）", "last": "（末站）", "no_hall": "没有任何场地可用日期", "list": "、", "clauses": "；", "end": "。",
    "usable": "{days}可用", "window": "{hall}{day}不在巡讲日期内", "early": "{hall}{day}太早", "pin": "{hall}{day}与固定的安排不符",
    "where": "{hall}{day}", "talks": "{where}：{why}", "blocked": "{speaker}那天不能参加，{understudy}",
    "nobody": "没有指定替讲人", "away": "替讲人{people}也不能参加", "full": "替讲人{people}已讲满{most}场",
    "too_many": "{speaker}一站要讲超过{most}场",
    "far": "{here}到{there}{km:.1f}公里，中间须空一天", "mend": "改动最小的办法：{steps}。",
    "hall_day": "{stop}的{hall}再争取{day}这一天", "understudy": "{day}请{people}替{speaker}讲《{talk}》",
    "or": "或", "speaker_day": "请{speaker}{day}到场", "step_pin": "取消{stop}的固定安排", "longer": "巡讲延到{day}结束", "hall": "为{stop}落实场地",
}  # fmt: skip
_EN = {
    "no_day": "These stops have no possible day: ",
    "no_order": "Each of these stops has possible days, but they do not fit one after another; without any one of them they would: ",
    "first": " (first stop)", "last": " (last stop)", "no_hall": "no hall is free on any day", "list": ", ", "clauses": "; ", "end": ".",
    "usable": "{days} possible", "window": "{hall} on {day}: outside the tour's days", "early": "{hall} on {day}: too early", "pin": "{hall} on {day}: pinned elsewhere",
    "where": "{hall} on {day}", "talks": "{where}: {why}", "blocked": "{speaker} cannot come and {understudy}",
    "nobody": "no understudy is named", "away": "the understudy {people} cannot come either", "full": "the understudy {people} has {most} talks already",
    "too_many": "{speaker} would have more than {most} talks at one stop",
    "far": "{here} to {there} is {km:.1f} km, with a day of travel between", "mend": "The cheapest loosening: {steps}.",
    "hall_day": "{stop}: {hall} on {day} too", "understudy": "on {day} {people} stands in for {speaker} ({talk})",
    "or": " or ", "speaker_day": "{speaker} comes on {day} after all", "step_pin": "the pin of {stop} is dropped",
    "longer": "the tour ends on {day}", "hall": "{stop} needs a hall",
}  # fmt: skip


class Sentences:
    """Words for the parts of one problem; days are date ordinals unless ``day`` says how to write them."""

    def __init__(self, problem: Problem, language: str = "zh", day: Callable[[int], str] | None = None) -> None:
        self.problem, self.words = problem, _EN if language.startswith("en") else _ZH
        self.day = day or (lambda number: _ordinal(number, language))
        self.people = {speaker.key: speaker.name or speaker.key for speaker in problem.speakers}
        self.talks = {talk.key: talk for talk in problem.talks}
        self.stops = {stop.key: stop.name or stop.key for stop in problem.stops}
        self.halls = {(stop.key, hall.key): hall.name or hall.key for stop in problem.stops for hall in stop.halls}

    def collision(self, collision: Collision) -> str:
        """What collides, line by line, and what would mend it."""
        far = [
            self.words["far"].format(here=self.stops[a], there=self.stops[b], km=kilometres(way)) for a, b, way in collision.far
        ]
        lines = [self.words[collision.kind], *(f"  {self.stop(each)}" for each in collision.stops)]
        lines += [f"  {self.words['clauses'].join(far)}{self.words['end']}"] if far else []
        return "\n".join([*lines, self.mend(collision.loosening)])

    def mend(self, steps: Iterable[Step]) -> str:
        """The loosening in one sentence."""
        return self.words["mend"].format(steps=self.words["clauses"].join(map(self.step, steps)))

    def stop(self, days: StopDays) -> str:
        """A stop and what stands in the way of each of its days."""
        marks = "".join(self.words[mark] for mark in ("first", "last") if getattr(self.problem, mark) == days.stop)
        usable = sorted({each.day for each in days.days if not each.why})
        parts = [self.words["usable"].format(days=self.words["list"].join(map(self.day, usable)))] if usable else []
        parts += self._hall_days(days.stop, [each for each in days.days if each.why])
        colon = ": " if self.words is _EN else "："
        return f"{self.stops[days.stop]}{marks}{colon}{self.words['clauses'].join(parts) or self.words['no_hall']}{self.words['end']}"

    def step(self, step: Step) -> str:
        """One loosening."""
        talk = self.talks.get(step.talk)
        return self.words["step_pin" if step.kind == "pin" else step.kind].format(
            stop=self.stops.get(step.stop, ""), hall=self.halls.get((step.stop, step.hall), ""),
            day="" if step.kind == "hall" else self.day(step.day),
            people=self.words["or"].join(self.people[key] for key in step.people), talk=talk.name or talk.key if talk else "",
            speaker=self.people[talk.speaker] if talk else "",
        )  # fmt: skip

    def _hall_days(self, stop: str, days: list[HallDay]) -> list[str]:
        """What stands in the way, once for all the hall days that it concerns."""
        together: dict[tuple[str, str], list[HallDay]] = {}
        for each in days:
            why = self.words["clauses"].join(self.uncovered(talk, each.day) for talk in each.talks)
            together.setdefault((each.why, why) if why else (each.why, f"{each.hall} {each.day}"), []).append(each)
        return [self._together(stop, kind, why, alike) for (kind, why), alike in together.items()]

    def _together(self, stop: str, kind: str, why: str, days: list[HallDay]) -> str:
        names = [(self.halls[stop, each.hall], self.day(each.day)) for each in days]
        where = self.words["list"].join(self.words["where"].format(hall=hall, day=day) for hall, day in names)
        return self.words[kind].format(hall=names[0][0], day=names[0][1], where=where, why=why)

    def uncovered(self, key: str, day: int) -> str:
        """Why nobody may give the talk on the day."""
        talk = self.talks[key]
        blocked = {speaker.key for speaker in self.problem.speakers if day in speaker.blocked}
        if talk.speaker not in blocked:
            return self.words["too_many"].format(speaker=self.people[talk.speaker], most=self.problem.most_talks)
        also = self._no_understudy(talk, blocked)
        return self.words["blocked"].format(speaker=self.people[talk.speaker], understudy=also)

    def _no_understudy(self, talk: Talk, blocked: set[str]) -> str:
        """Why none of those named helps: away as well, or with all the talks that one may give."""
        parts = []
        for kind, people in (
            ("away", [one for one in talk.understudies if one in blocked]),
            ("full", [one for one in talk.understudies if one not in blocked]),
        ):
            if people:
                named = self.words["list"].join(self.people[person] for person in people)
                parts.append(self.words[kind].format(people=named, most=self.problem.most_talks))
        return ("，" if self.words is _ZH else ", ").join(parts) or self.words["nobody"]


def _ordinal(number: int, language: str) -> str:
    day = date.fromordinal(number) if number > 0 else None
    if day is None or day.year < 1900:
        return f"day {number}" if language.startswith("en") else f"第{number}天"
    return day.isoformat() if language.startswith("en") else f"{day.month}月{day.day}日"
