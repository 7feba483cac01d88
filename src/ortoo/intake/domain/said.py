"""What a row says, in the shape in which it is kept; and what is too long to be kept as it is."""

from dataclasses import dataclass, field
from typing import Any

from ortoo.intake.reading.problem import Decisions, Problem
from ortoo.intake.reading.returns import ReadRow
from ortoo.participation.models import Nomination
from ortoo.people.models import Person

# Our field, the nominee's attribute, the column of the file that has to be there for it to count as said.
FIELDS = {
    "sex": ("sex", "sex"), "post": ("post", "post"), "phone": ("phone", "phone"), "language": ("language", "language"),
    "diet": ("diet", "diet"), "wish": ("prefers", "wish"), "needs": ("needs", "needs"), "attended": ("attended", "remark"),
    "remark": ("remark", "remark"),
}  # fmt: skip
LONGEST: dict[str, int] = {
    name: getattr(model._meta.get_field(name), "max_length", 0)
    for model, names in ((Person, ("name", "post", "phone", "language", "diet")), (Nomination, ("remark",)))
    for name in names
}
NOT_KEPT = str.maketrans("", "", "\x00")


@dataclass
class Said:
    """A row's own words, safe to keep in any database."""

    sheet: str
    staff_no: str
    name: str
    values: dict[str, Any] = field(default_factory=dict)


def plain(text: object, most: int = 400) -> str:
    """Text without the characters that a database refuses, at most so long."""
    return str(text).translate(NOT_KEPT).encode("utf-8", "replace").decode()[:most]


def said_of(row: ReadRow, columns: set[str]) -> Said:
    """What the row says of its person; fields whose column the file does not have are left unsaid."""
    sheet, nominee = plain(row.sheet, 120), row.nominee
    if nominee is None:
        return Said(sheet, plain(row.cells.get("staff_no", ""), 20), plain(row.cells.get("name", ""), 60))
    values = {ours: _kept(getattr(nominee, theirs)) for ours, (theirs, column) in FIELDS.items() if column in columns}
    values = {name: plain(value, LONGEST[name]) if name in LONGEST else value for name, value in values.items()}
    if "blocked" in columns:
        values["blocked"] = [[first.isoformat(), last.isoformat()] for first, last in nominee.blocked]
    return Said(sheet, plain(nominee.staff_no, 20), plain(nominee.name, 60), {"name": plain(nominee.name, 60), **values})


def own_problems(row: ReadRow, decisions: Decisions) -> list[Problem]:
    """Texts that are longer than may be kept: held back, so that nothing is cut without asking."""
    if row.nominee is None:
        return []
    long = [name for name in LONGEST if len(str(getattr(row.nominee, name))) > LONGEST[name]]
    if not long:
        return []
    params = {"name": row.nominee.name[:60], "staff_no": row.nominee.staff_no, "fields": long}
    problem = Problem("too_long", row.file, row.sheet, row.row, read=str(getattr(row.nominee, long[0]))[:80], params=params)
    return [] if problem.place in decisions else [problem]


def _kept(value: Any) -> Any:
    if isinstance(value, tuple):
        return [plain(item, 80) for item in value]
    return value
