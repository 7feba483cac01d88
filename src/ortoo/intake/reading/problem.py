"""What is wrong at one place of one file, and what can be done about it."""

from dataclasses import dataclass, field
from typing import Any

from ortoo.intake.reading.tour import messages as tour

HOLD, WARN, NOTE = "hold", "warn", "note"
SEVERITY = {
    "name_missing": HOLD, "staff_no_missing": HOLD, "unit_unknown": HOLD, "unit_elsewhere": HOLD, "date_impossible": HOLD,
    "date_reversed": HOLD, "date_unclear": HOLD, "sex_unknown": HOLD, "staff_no_odd": HOLD,
    "staff_no_taken": HOLD, "cell_formula": HOLD, "duplicate_in_file": HOLD, "same_person_two_files": HOLD,
    "phone_odd": WARN, "preference_unknown": WARN, "name_odd": WARN, "date_far": WARN,
    "sheet_ignored": NOTE, "column_unknown": NOTE, "row_skipped": NOTE, "macros_ignored": NOTE, "zeros_restored": NOTE, "column_by_content": NOTE,
    "header_not_found": HOLD, "file_unreadable": HOLD,
    **tour.SEVERITY,
}  # fmt: skip
CHOICES = {
    "name_missing": ("skip_row", "set_value"),
    "staff_no_missing": ("skip_row", "set_value"),
    "staff_no_odd": ("skip_row", "set_value", "accept"),
    "unit_unknown": ("set_unit", "skip_row"),
    "unit_elsewhere": ("skip_row",),
    "date_impossible": ("set_value", "ignore_value", "skip_row"),
    "date_reversed": ("set_value", "ignore_value", "skip_row"),
    "date_unclear": ("set_value", "ignore_value", "skip_row"),
    "sex_unknown": ("set_value", "skip_row"),
    "duplicate_in_file": ("keep_first", "take_later"),
    "same_person_two_files": ("keep_first", "take_later"),
    "phone_odd": ("accept", "set_value", "ignore_value"),
    "preference_unknown": ("ignore_value", "set_value"),
    "name_odd": ("accept", "set_value"),
    "date_far": ("accept", "set_value", "ignore_value"),
    "staff_no_taken": ("set_value", "skip_row", "take_later"),
    "cell_formula": ("set_value", "ignore_value", "skip_row"),
    **tour.CHOICES,
}


@dataclass(frozen=True)
class Problem:
    """One problem. `row` is the sheet's own number from 1, `column` its letter, `header` what stands above, `read` what was read.

    `suggestions` are values for a choice, best first, such as unit codes for set_unit.
    """

    kind: str
    file: str
    sheet: str = ""
    row: int = 0
    column: str = ""
    header: str = ""
    read: str = ""
    params: dict[str, Any] = field(default_factory=dict)
    suggestions: tuple[str, ...] = ()

    @property
    def severity(self) -> str:
        """hold: the row waits; warn: it goes in, please check; note: for information."""
        return SEVERITY[self.kind]

    @property
    def choices(self) -> tuple[str, ...]:
        """Keys of what can be done."""
        return CHOICES.get(self.kind, ())

    @property
    def place(self) -> str:
        """A name for this problem that is the same whenever the file is read again."""
        return "|".join((self.file, self.sheet, str(self.row), self.column, self.kind))


@dataclass(frozen=True)
class Decision:
    """What somebody decided: a choice of the problem's, with a value where it needs one."""

    choice: str
    value: str = ""


Decisions = dict[str, Decision]
