"""Reading a delivery: rows, problems and the preview, kept whole or not at all; safe to run again."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ortoo.intake import store
from ortoo.intake.domain import directory
from ortoo.intake.domain.applying import Say
from ortoo.intake.domain.delivery import start_reading
from ortoo.intake.domain.evaluation import Evaluation, evaluate
from ortoo.intake.domain.kinds import choices_of, severity_of
from ortoo.intake.domain.outcome import outcome_of
from ortoo.intake.domain.references import pieces
from ortoo.intake.domain.said import plain
from ortoo.intake.models import Decision, Delivery, Problem, ReturnFile, ReturnRow
from ortoo.intake.reading.directory import DirectoryError, read_directory
from ortoo.intake.reading.problem import Problem as Found
from ortoo.intake.reading.returns import ReadReturn, letter
from ortoo.kernel.actor import Actor

INLINE_ROWS = 3000
TAKEN = (ReturnRow.State.NEW, ReturnRow.State.CHANGED, ReturnRow.State.SAME)


def read(delivery: Delivery, *, say: Say) -> dict[str, Any]:
    """Read the files and keep what they would change. Does nothing when the delivery has moved on meanwhile."""
    if delivery.state != Delivery.State.READING:
        return {}
    if delivery.programme is None:
        return _read_directory(delivery, say)
    return _keep(delivery, evaluate(delivery, say=say, afresh=True), say, afresh=True)


def settle(delivery: Delivery, *, by: Actor) -> Delivery:
    """After decisions: make the preview again, at once when the files are small, otherwise as long work."""
    if delivery.counts.get("rows", 0) > INLINE_ROWS:
        return start_reading(delivery, by=by)
    _keep(delivery, evaluate(delivery, say=_silent, afresh=False), _silent, afresh=False)
    return delivery


def _silent(_saying: str, _done: int = 0, _total: int = 0) -> None:
    """Nobody waits for the bar of something so short."""


def _keep(delivery: Delivery, found: Evaluation, say: Say, *, afresh: bool) -> dict[str, Any]:
    say(_("Comparing with what is known"), 0, len(found.rows))
    assert delivery.programme is not None
    taken = [row for row in found.rows if row.state in TAKEN]
    outcome = outcome_of(delivery.programme, taken)
    for row in taken:
        row.state, row.changes = outcome.state_of(row.staff_no), outcome.changes.get(row.staff_no, {})
    say(_("Keeping the preview"), len(found.rows), len(found.rows))
    with transaction.atomic():
        fresh = Delivery.objects.select_for_update(of=("self",)).get(pk=delivery.pk)
        if fresh.state not in (Delivery.State.READING, Delivery.State.READY):
            return {}
        _keep_rows(fresh, found.rows)
        problems = _keep_problems(fresh, found, afresh)
        _keep_files(fresh, found, problems)
        fresh.counts = _counts(fresh, found.rows, problems)
        fresh.fingerprint, fresh.state = outcome.fingerprint, Delivery.State.READY
        fresh.save()
    delivery.refresh_from_db()
    return dict(fresh.counts)


def _keep_rows(delivery: Delivery, rows: Sequence[ReturnRow]) -> None:
    delivery.rows.all().delete()
    ReturnRow.objects.bulk_create(rows, batch_size=500)


def _keep_problems(delivery: Delivery, found: Evaluation, afresh: bool) -> list[Problem]:
    """Problems keep their rows from one reading to the next; decided ones stay to be seen and taken back."""
    decisions = {decision.place: decision for decision in delivery.decisions.all()}
    before = {problem.place: problem for problem in delivery.problems.all()}
    files = {file.name: file for file in delivery.files.all()}
    people = {(row.file_id, row.sheet, row.row): row for row in found.rows}
    kept: dict[str, Problem] = {}
    for each in found.seen.values():
        place = plain(each.place)
        problem = before.get(place) or Problem(delivery=delivery, place=place)
        _fill(problem, each, files.get(each.file), people)
        kept[place] = problem
    if not afresh:
        kept.update({place: old for place, old in before.items() if place in decisions and place not in kept})
    still = {plain(place) for place in found.open}
    for place, problem in kept.items():
        _mark(problem, decisions.get(place), place in still)
    _write_problems(delivery, list(kept.values()), [old.pk for place, old in before.items() if place not in kept])
    return list(kept.values())


def _write_problems(delivery: Delivery, problems: Sequence[Problem], gone: Sequence[int]) -> None:
    for piece in pieces(gone):
        Problem.objects.filter(pk__in=piece).delete()
    names = [field.name for field in Problem._meta.concrete_fields if field.name not in ("id", "delivery", "place")]
    Problem.objects.bulk_update([problem for problem in problems if problem.pk], names, batch_size=40)
    Problem.objects.bulk_create([problem for problem in problems if not problem.pk], batch_size=500)


def _fill(problem: Problem, found: Found, file: ReturnFile | None, people: dict[tuple[int, str, int], ReturnRow]) -> None:
    row = people.get((file.pk if file else 0, plain(found.sheet, 120), found.row))
    problem.file, problem.kind, problem.severity = file, found.kind, severity_of(found.kind)
    problem.sheet, problem.row = plain(found.sheet, 120), found.row or None
    problem.column, problem.header = plain(found.column, 4), plain(found.header, 120)
    problem.read = plain(found.read)
    problem.name = plain(found.params.get("name") or (row.name if row else ""), 60)
    problem.staff_no = plain(found.params.get("staff_no") or (row.staff_no if row else ""), 20)
    problem.unit = row.unit if row else None
    problem.params = {name: plain(v) if isinstance(v, str) else v for name, v in found.params.items()}
    problem.params["suggestions"] = [plain(value, 80) for value in found.suggestions[:10]]
    problem.choices = list(choices_of(found.kind))


def _mark(problem: Problem, decision: Decision | None, still: bool) -> None:
    """A decision that did not help (a value that can't be read either) leaves its value and the question."""
    settled = decision is not None and (not still or problem.kind == "not_returned")
    problem.choice = decision.choice if decision and settled else ""
    problem.value = decision.value if decision else ""
    problem.decided_by = decision.by_name if decision else ""
    problem.decided = decision.at if decision else None


def _keep_files(delivery: Delivery, found: Evaluation, problems: Iterable[Problem]) -> None:
    files = list(delivery.files.all())
    tally: dict[int, dict[str, int]] = {file.pk: {"rows": 0, "held": 0, "problems": 0, "open": 0} for file in files}
    for row in found.rows:
        tally[row.file_id]["rows"] += 1
        tally[row.file_id]["held"] += row.state == ReturnRow.State.HELD
    for problem in problems:
        if problem.file_id and problem.severity != Problem.Severity.NOTE:
            tally[problem.file_id]["problems"] += 1
            tally[problem.file_id]["open"] += not problem.choice
    for file in files:
        file.counts = tally[file.pk]
        if read := found.returns.get(file.name):
            _describe(file, read)
            file.unit = found.homes.get(file.name)
    ReturnFile.objects.bulk_update(files, ["counts", "unit", "sheet", "header_row", "columns", "ignored"], batch_size=100)


def _describe(file: ReturnFile, read: ReadReturn) -> None:
    first = read.layouts[0] if read.layouts else None
    file.sheet = plain("、".join(layout.sheet.name for layout in read.layouts), 120)
    file.header_row = first.header_row if first else None
    file.ignored = [{"sheet": plain(entry.sheet, 120), "why": entry.why} for entry in read.ignored]
    file.columns = [
        {"sheet": plain(layout.sheet.name, 120), "header_row": layout.header_row, "columns": _columns(layout)}
        for layout in read.layouts
    ]


def _columns(layout: Any) -> list[dict[str, Any]]:
    field_at = {place: field for field, place in layout.columns.items()}
    width = max(len(layout.headers), max(field_at, default=-1) + 1)
    heads = [*layout.headers, *[""] * (width - len(layout.headers))]
    return [
        {"place": place, "letter": letter(place), "head": plain(head, 120), "field": field_at.get(place, "")}
        for place, head in enumerate(heads)
        if head or place in field_at
    ]


def _counts(delivery: Delivery, rows: Sequence[ReturnRow], problems: Sequence[Problem]) -> dict[str, int]:
    counts: dict[str, int] = dict.fromkeys(ReturnRow.State.values, 0)
    for row in rows:
        counts[row.state] += 1
    asked = [problem for problem in problems if problem.severity != Problem.Severity.NOTE]
    counts["rows"], counts["files"] = len(rows), delivery.files.count()
    counts["problems"], counts["open"] = len(asked), sum(not problem.choice for problem in asked)
    counts["withdraw"] = sum(p.kind == "not_returned" and p.choice == "withdraw" for p in problems)
    counts["applicable"] = counts["new"] + counts["changed"] + counts["withdraw"]
    return counts


def _read_directory(delivery: Delivery, say: Say) -> dict[str, Any]:
    rows: list[ReturnRow] = []
    word = ""
    seen: set[str] = set()
    for number, file in enumerate(delivery.files.filter(error="").order_by("name")):
        say(_("Reading %(file)s") % {"file": file.name}, number, 0)
        try:
            units = read_directory(store.bytes_of(file.sha256), file.name).units
        except DirectoryError as error:
            word = plain(error.say(get_language() or "zh"))
            continue
        rows += [directory.row_of(delivery, file, unit) for unit in units.values() if unit.code not in seen]
        seen |= units.keys()
    if held := directory.hold_outside(delivery, rows):
        word = _("%(count)s units don't lie below %(unit)s and are held back.") % {"count": held, "unit": delivery.unit}
    fingerprint = directory.outcome_of([row for row in rows if row.state in TAKEN])
    with transaction.atomic():
        _keep_rows(delivery, rows)
        delivery.counts = _counts(delivery, rows, [])
        delivery.fingerprint, delivery.word = fingerprint, word
        delivery.state = Delivery.State.READY if rows else Delivery.State.FAILED
        delivery.save()
    return dict(delivery.counts)
