"""Giving a unit its own file back, with the cells in question marked and what is asked written beside them."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from ortoo.intake import store, wording
from ortoo.intake.models import Problem, ReturnFile
from ortoo.kernel.sheets.annotate import Mark, annotate


def marked_file(file: ReturnFile) -> tuple[str, bytes]:
    """The file as the unit sent it, open problems marked; gives its name and bytes."""
    problems = file.problems.filter(choice="", row__isnull=False).exclude(severity=Problem.Severity.NOTE)
    return annotate(store.bytes_of(file.sha256), file.name, marks_of(problems.select_related("file")))


def marks_of(problems: Iterable[Problem]) -> list[Mark]:
    """A mark for each problem: where, and what is asked."""
    return [Mark(p.sheet, p.row or 0, p.column, _words(p)) for p in problems]


def _words(problem: Problem) -> str:
    done = _("Please correct this row and send the file again.")
    return f"{wording.sentence(problem)}\n{done}"
