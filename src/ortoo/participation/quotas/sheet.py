"""A unit's quota as a spreadsheet: its people, or its units below, go out; what was changed comes back.

Each sheet carries how things stood when it went out, in a column beside the one to fill in. Only where the two differ does the
sheet say anything, so that what others did in the meantime is never taken back by an old sheet.
"""

from collections import Counter
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ortoo.kernel.refused import Refused
from ortoo.kernel.sheets.errors import SheetError
from ortoo.kernel.sheets.form import MARK, Form, FormColumn, read_key, write_form
from ortoo.kernel.sheets.workbook import Sheet, Workbook, open_workbook
from ortoo.kernel.text.fold import as_text
from ortoo.participation.quotas.models import Candidate, Quota, QuotaSheet
from ortoo.participation.quotas.queries import units_to_share
from ortoo.people.models import Person

YES = {"是", "√", "✓", "✔", "y", "yes", "1", "x", "推荐"}
MOST_PEOPLE = 5000
MOST_LINES = 6000
Kind = QuotaSheet.Kind


class NotOurSheet(Refused):
    sentence = gettext_lazy("This is not a sheet of quotas that went out from here.")


class OtherSheet(Refused):
    sentence = gettext_lazy("This sheet belongs to another unit, term or programme.")


@dataclass(frozen=True)
class Said:
    """What a returned sheet changes; the shapes are those of `QuotaSheet.said`."""

    kind: str
    add: list[str] = field(default_factory=list)
    drop: list[str] = field(default_factory=list)
    shares: dict[str, list[int]] = field(default_factory=dict)
    wrong: list[list[str]] = field(default_factory=list)


def write_sheet(quota: Quota, kind: str) -> bytes:
    """An xlsx to be filled in and sent back: the unit's people, or the units right below it."""
    columns, rows, note = _people(quota) if kind == Kind.CANDIDATES else _units(quota)
    title = f"{quota.unit.name} {quota.programme.title}{f' {quota.leg.name}' if quota.leg else ''}"
    key = {"quota": str(quota.pk), "programme": quota.programme.key, "kind": kind}
    lines = 20 if kind == Kind.CANDIDATES else 0
    return write_form(Form(_("quota"), title, columns, [note], rows, lines, key, _("Please choose from the list.")))


def read_sheet(quota: Quota, data: bytes, name: str) -> Said:
    """What differs in a sheet of this quota that came back. Raises NotOurSheet, OtherSheet."""
    try:
        book = open_workbook(data, name)
    except SheetError as error:
        raise NotOurSheet from error
    key = read_key(book) or {}
    if key.get("kind") not in Kind.values:
        raise NotOurSheet
    if key.get("quota") != str(quota.pk) or key.get("programme") != quota.programme.key:
        raise OtherSheet
    lines = _lines(book)
    return _said_of_people(lines) if key["kind"] == Kind.CANDIDATES else _said_of_units(lines)


def _people(quota: Quota) -> tuple[list[FormColumn], list[list[object]], str]:
    columns = [
        FormColumn("staff_no", "工号", 11, must=True, hint=_("With its leading zeros.")),
        FormColumn("name", "姓名", 12),
        FormColumn("unit", "单位", 22),
        FormColumn("post", "职务", 18),
        FormColumn("was", "现状", 12),
        FormColumn("chosen", "推荐", 8, choices=("是",), strict=True, must=True),
    ]
    known = {each.person_id: each for each in quota.candidates.all()}
    elsewhere = Candidate.objects.filter(programme=quota.programme_id).exclude(quota=quota).exclude(state="sent_back")
    people = Person.objects.filter(unit__path__startswith=quota.unit.path).exclude(pk__in=elsewhere.values("person_id"))
    rows: list[list[object]] = []
    for person in people.select_related("unit").order_by("unit__path", "staff_no")[:MOST_PEOPLE]:
        found = known.get(person.pk)
        mark = "是" if found and found.counts else ""
        rows.append(
            [
                person.staff_no,
                person.name,
                person.unit.name,
                person.post,
                found.get_state_display() if mark and found else "",
                mark,
            ]
        )
    return columns, rows, _("Write 是 in the last column beside whom you put forward, empty it beside whom you withdraw.")


def _units(quota: Quota) -> tuple[list[FormColumn], list[list[object]], str]:
    columns = [
        FormColumn("code", "单位代码", 12),
        FormColumn("unit", "单位", 22),
        FormColumn("used", "已用", 8),
        FormColumn("was", "现有名额", 10),
        FormColumn("count", "名额", 8, must=True),
    ]
    rows: list[list[object]] = [
        [unit.code, unit.name, found.used if found else 0, found.given if found else 0, found.given if found else 0]
        for unit, found in units_to_share(quota)
    ]
    return columns, rows, _("Write the new quotas into the last column.")


def _lines(book: Workbook) -> list[tuple[int, dict[str, str]]]:
    """(line as a reader counts it, {key of the column: text}) below the hidden row of keys."""
    sheet, top, columns = _keys(book)
    found = []
    for number, row in enumerate(sheet.rows[top + 2 : top + 2 + MOST_LINES], top + 3):
        said = {key: as_text(row[column]).strip() for key, column in columns.items() if column < len(row)}
        if any(said.values()):
            found.append((number, said))
    return found


def _keys(book: Workbook) -> tuple[Sheet, int, dict[str, int]]:
    for sheet in book.sheets:
        for number, row in enumerate(sheet.rows[:20]):
            texts = [as_text(cell).strip() for cell in row]
            keys = {text.removeprefix(MARK): column for column, text in enumerate(texts) if text.startswith(MARK)}
            if "was" in keys:
                return sheet, number, keys
    raise NotOurSheet


def _said_of_people(lines: list[tuple[int, dict[str, str]]]) -> Said:
    said, twice = Said(Kind.CANDIDATES), _twice(lines, "staff_no")
    numbers = [texts.get("staff_no", "")[:20] for _line, texts in lines]
    names = dict(Person.objects.filter(staff_no__in=numbers).values_list("staff_no", "name"))
    for line, texts in lines:
        number, mark, name = texts.get("staff_no", ""), texts.get("chosen", "").casefold(), texts.get("name", "")
        added, dropped = mark in YES and not texts.get("was"), mark not in YES and bool(texts.get("was"))
        if mark and mark not in YES | {"否", "no", "0"}:
            said.wrong.append([str(line), mark[:40], "mark"])
        elif not number:
            said.wrong.append([str(line), name[:40], "number"])
        elif number in twice:
            said.wrong.append([str(line), number[:40], "twice"])
        elif (added or dropped) and name and _bare(names.get(number, name)) != _bare(name):
            said.wrong.append([str(line), f"{number} {name}"[:40], "name"])
        elif added or dropped:
            (said.add if added else said.drop).append(number[:20])
    return said


def _said_of_units(lines: list[tuple[int, dict[str, str]]]) -> Said:
    said, twice = Said(Kind.SHARES), _twice(lines, "code")
    for line, texts in lines:
        before, after, code = texts.get("was", ""), texts.get("count", ""), texts.get("code", "")
        if code in twice:
            said.wrong.append([str(line), code[:40], "twice"])
        elif not all(text.isascii() and text.isdecimal() and len(text) <= 5 for text in (before, after)):
            said.wrong.append([str(line), after[:40], "count"])
        elif int(before) != int(after):
            said.shares[code[:20]] = [int(before), int(after)]
    return said


def _twice(lines: list[tuple[int, dict[str, str]]], key: str) -> set[str]:
    """What stands in more than one line: which of them is meant nobody can say, so that none is taken."""
    counts = Counter(texts.get(key, "") for _line, texts in lines)
    return {text for text, count in counts.items() if text and count > 1}


def _bare(name: str) -> str:
    """A name without the blanks with which short ones are drawn out."""
    return "".join(name.split()).casefold()
