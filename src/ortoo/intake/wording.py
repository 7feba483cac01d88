"""The intake's words: what a problem is called, what it says, what its choices are, what an act was."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ortoo.intake.domain.kept import Kept
from ortoo.intake.domain.kinds import WITH_VALUE
from ortoo.intake.models import Problem, ReturnFile
from ortoo.intake.reading import messages
from ortoo.intake.reading.problem import Problem as Found
from ortoo.kernel.models import AuditEntry
from ortoo.people.models import Unit

Text = str | Promise
TITLES: dict[str, tuple[Text, Text]] = {
    "name_missing": (_("No name"), _("The row has a staff number or a unit, but no name.")),
    "staff_no_missing": (_("No staff number"), _("Without it nobody can tell who is meant next time.")),
    "staff_no_odd": (_("Odd staff number"), _("It is longer than staff numbers are, or holds other signs.")),
    "unit_unknown": (_("Unknown unit"), _("The directory has no such unit. Choose the one that is meant.")),
    "unit_elsewhere": (_("Not your unit"), _("You can return people of your own units only.")),
    "date_impossible": (_("Impossible date"), _("A day that no calendar has.")),
    "date_reversed": (_("Dates reversed"), _("The last day is before the first.")),
    "date_unclear": (_("Unclear date"), _("Nobody can tell for certain which days are meant.")),
    "sex_unknown": (_("Unclear sex"), _("Rooms are given by it, so it has to be known.")),
    "duplicate_in_file": (_("Twice in one file"), _("The first row stands. Take the later one if it is the right one.")),
    "same_person_two_files": (
        _("Returned by two units"),
        _("The first row stands. Take the later one if the person belongs there."),
    ),
    "staff_no_taken": (_("One number, two names"), _("The first row stands. Write the right number, or leave this row out.")),
    "cell_formula": (_("Formula without a result"), _("The file was saved without what the formula says.")),
    "date_far": (_("Days far from the programme"), _("Perhaps the year is wrong. They are taken as they are; please check.")),
    "phone_odd": (_("Odd telephone number"), _("It is taken as it is; please check.")),
    "preference_unknown": (_("Unclear wish"), _("It names no term; the person counts as having no wish.")),
    "name_odd": (_("Odd name"), _("It is taken as it is; please check.")),
    "header_not_found": (_("No list found"), _("Open the file's matching, choose the sheet and the row of the column heads.")),
    "file_unreadable": (_("Not readable"), _("Ask the unit to save it as xlsx and send it again.")),
    "sheet_ignored": (_("Sheets not read"), _("For information.")),
    "column_unknown": (_("Columns not used"), _("For information. If one of them matters, match it on the file's page.")),
    "row_skipped": (_("Lines that are no people"), _("For information: totals, signatures, notes.")),
    "macros_ignored": (_("Macros"), _("For information: they were not run.")),
    "column_by_content": (
        _("Columns told by what is in them"),
        _("For information. If one is wrong, match it on the file's page."),
    ),
    "zeros_restored": (_("Leading zeros restored"), _("For information.")),
    "too_long": (_("Too long"), _("Longer than can be kept. It is not cut without your word.")),
    "person_elsewhere": (_("Belongs to another unit"), _("This staff number belongs to a person outside your units.")),
    "not_returned": (
        _("Not in this return"),
        _("They stood in an earlier return of this unit. They stay unless you withdraw them."),
    ),
}
CHOICES: dict[str, Text] = {
    "skip_row": _("Leave this row out"),
    "set_value": _("Write the right value"),
    "set_unit": _("Choose the unit"),
    "ignore_value": _("Take the row without this value"),
    "accept": _("It is right as it is"),
    "keep_first": _("Keep the first row"),
    "take_later": _("Take this later row"),
    "shorten": _("Take it shortened"),
    "keep": _("Keep the nomination"),
    "withdraw": _("Withdraw the nomination"),
}
FIELDS: dict[str, Text] = {
    "name": _("name"), "sex": _("sex"), "unit": _("unit"), "unit_id": _("unit"), "post": _("post"), "in_charge": _("in charge"), "phone": _("phone"),
    "language": _("languages"), "diet": _("diet"), "blocked": _("cannot come on"), "blocked_from": _("cannot come from"), "blocked_to": _("cannot come until"),
    "prefers": _("asked for term"),
    "wish": _("asked for term"), "needs": _("needs"), "attended": _("has attended before"), "remark": _("remark"),
    "seq": _("running number"), "staff_no": _("staff number"), "prefecture": _("prefecture"), "county": _("county"),
    "station": _("station"), "unit_code": _("unit code"), "kind": _("kind"), "lon": _("longitude"), "lat": _("latitude"),
    "notes": _("notes"),
}  # fmt: skip
ACTS: dict[str, Text] = {
    "receive_return": _("received the files"),
    "apply_return": _("applied it: %(new)s new, %(changed)s changed"),
    "undo_return": _("undid it; %(kept)s values had to stay"),
    "match_columns": _("matched the columns of %(file)s"),
}
SENTENCES: dict[str, Text] = {
    "too_long": _("%(name)s: too long for %(fields)s."),
    "person_elsewhere": _("Staff number %(staff_no)s belongs to somebody outside your units."),
    "not_returned": _("%(name)s (%(staff_no)s) stood in an earlier return and is not in this file."),
}
ELSEWHERE = _("%(name)s (%(staff_no)s) has been returned by %(unit)s, with delivery %(delivery)s.")


@dataclass(frozen=True)
class Choice:
    """Something that can be done; `value` says whether it needs one, `options` are (value, shown) to pick from."""

    key: str
    label: str
    value: bool = False
    options: Sequence[tuple[str, str]] = ()


@dataclass
class Kind:
    """The problems of one kind."""

    kind: str
    title: str
    why: str
    severity: str
    all: int
    open: int
    shown: int = 0
    rows: list[Any] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)

    @property
    def open_words(self) -> str:
        """3 open"""
        return ngettext("%(count)s open", "%(count)s open", self.open) % {"count": self.open}

    @property
    def more(self) -> bool:
        """Whether there are more rows than are shown."""
        return self.shown > len(self.rows)

    @property
    def takes_value(self) -> bool:
        """Whether any of its choices needs a value."""
        return any(choice.value for choice in self.choices)

    def show(self, shown: int, problems: Sequence[Problem]) -> None:
        """Show these of `shown` problems, with their sentences and choices."""
        units = _suggested_units(problems)
        self.shown, self.rows = shown, [Shown(problem, units) for problem in problems]
        self.choices = [choice_of(key) for key in problems[0].choices] if problems else []


class Shown:
    """A problem as it is shown: its fields, its sentence, where it is, what can be done."""

    def __init__(self, problem: Problem, units: Mapping[str, str] | None = None) -> None:
        self.problem, self.units = problem, units or {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self.problem, name)

    @property
    def sentence(self) -> str:
        """What is wrong."""
        return sentence(self.problem)

    @property
    def where(self) -> str:
        """File, sheet, row and column."""
        return where(self.problem)

    @property
    def choice_label(self) -> str:
        """What was decided."""
        return str(CHOICES.get(self.problem.choice, self.problem.choice))

    @property
    def offered(self) -> list[Choice]:
        """What can be done, with what may be picked from."""
        suggestions = self.problem.params.get("suggestions") or []
        options = [(value, self.units.get(value, value)) for value in suggestions]
        return [choice_of(key, options if key in WITH_VALUE else ()) for key in self.problem.choices]


def choice_of(key: str, options: Sequence[tuple[str, str]] = ()) -> Choice:
    """A choice in words."""
    return Choice(key, str(CHOICES.get(key, key)), key in WITH_VALUE, options)


def kinds(counted: Sequence[Mapping[str, Any]]) -> list[Kind]:
    """The kinds of a delivery, what has to be decided first."""
    order = {"hold": 0, "warn": 1, "note": 2}
    found = []
    for row in counted:
        title, why = TITLES.get(row["kind"], (row["kind"], ""))
        note = row["severity"] == "note" and row["kind"] != "not_returned"
        found.append(Kind(row["kind"], str(title), str(why), row["severity"], row["all"], 0 if note else row["open"]))
    return sorted(found, key=lambda kind: (order[kind.severity], -kind.open, kind.kind))


def sentence(problem: Problem) -> str:
    """What is wrong, in the reader's language."""
    params = {**problem.params, "name": problem.name or gettext("This person"), "staff_no": problem.staff_no}
    params["fields"] = fields(params.get("fields") or ())
    if problem.kind in SENTENCES:
        return str(SENTENCES[problem.kind]) % params
    if problem.kind == "same_person_two_files" and "delivery" in params:
        return str(ELSEWHERE) % params
    return messages.say(found_of(problem, params), get_language() or "zh-hans")


def found_of(problem: Problem, params: Mapping[str, Any] | None = None) -> Found:
    """The kept problem as the reader gave it."""
    file = problem.file.name if problem.file else ""
    said = dict(params if params is not None else problem.params)
    return Found(problem.kind, file, problem.sheet, problem.row or 0, problem.column, problem.header, problem.read, said)


def where(problem: Problem) -> str:
    """《file》 sheet, row 12, column D (phone)"""
    parts = [problem.file.name if problem.file else "", problem.sheet]
    if problem.row:
        parts.append(gettext("row %(row)s") % {"row": problem.row})
    if problem.column and problem.kind != "not_returned":
        column = gettext("column %(column)s") % {"column": problem.column}
        parts.append(f"{column} ({problem.header})" if problem.header else column)
    return " · ".join(part for part in parts if part)


def fields(names: Sequence[str] | str) -> str:
    """Names of fields in the reader's language."""
    listed = names.split(", ") if isinstance(names, str) else names
    return gettext(", ").join(str(FIELDS.get(name, name)) for name in listed if name)


def changes(pairs: Mapping[str, Sequence[Any]]) -> str:
    """phone: 1390 → 1391; asked for term: – → 2"""
    return gettext("; ").join(f"{FIELDS.get(n, n)}: {value(a)} → {value(b)}" for n, (a, b) in pairs.items())


def value(thing: Any) -> str:
    """A value as it may be shown; nothing as a dash."""
    if thing in (None, "", [], ()):
        return "–"
    if thing is True or thing is False:
        return gettext("yes") if thing else gettext("no")
    if isinstance(thing, list | tuple):
        return gettext(", ").join("—".join(map(str, each)) if isinstance(each, list | tuple) else str(each) for each in thing)
    return str(thing)


def kept(each: Kept) -> str:
    """Why something can't be undone."""
    who = f"{each.name} ({each.staff_no})"
    if each.why == "place":
        return gettext("%(who)s has a published place") % {"who": who}
    if each.why == "used":
        return gettext("%(who)s is needed elsewhere and stays") % {"who": who}
    named = {"who": who, "field": FIELDS.get(each.field, each.field), "after": value(each.after), "now": value(each.now)}
    return gettext("%(who)s, %(field)s: was set to %(after)s, is now %(now)s") % named


def act(entry: AuditEntry) -> dict[str, Any]:
    """An audit row of a delivery in words."""
    words = str(ACTS.get(entry.verb, entry.verb))
    said = {"new": 0, "changed": 0, "kept": 0, "file": "", **entry.after}
    return {"at": entry.at, "who": entry.by_name, "words": words % said}


def _suggested_units(problems: Sequence[Problem]) -> dict[str, str]:
    codes = {code for problem in problems if "set_unit" in problem.choices for code in problem.params.get("suggestions", ())}
    found = Unit.objects.filter(code__in=codes).select_related("parent") if codes else []
    return {unit.code: f"{unit.parent.name if unit.parent else ''}{unit.name}" for unit in found}


class FileShown:
    """A file as it is shown: its tables with fields in words, the sheets left alone with the reason."""

    def __init__(self, file: ReturnFile) -> None:
        self.file = file

    def __getattr__(self, name: str) -> Any:
        return getattr(self.file, name)

    @property
    def tables(self) -> list[dict[str, Any]]:
        """Each table with its columns: [{sheet, header_row, columns: [{letter, head, field}]}]."""
        return [{**table, "columns": [_column(each) for each in table["columns"]]} for table in self.file.columns]

    @property
    def left_alone(self) -> list[tuple[str, str]]:
        """(sheet, why)"""
        which = messages.language_index(get_language() or "zh")
        return [(each["sheet"], messages.WHYS.get(each["why"], (each["why"],) * 2)[which]) for each in self.file.ignored]


def _column(column: Mapping[str, Any]) -> dict[str, Any]:
    named = str(FIELDS.get(column["field"], column["field"])) if column["field"] else ""
    return {**column, "head": column["head"] or column["letter"], "field": named}
