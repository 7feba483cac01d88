"""Everything that the command is given, read and checked before anything is planned."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ortoo.intake.reading.directory import Directory, DirectoryError, read_directory
from ortoo.intake.reading.messages import say
from ortoo.intake.reading.nominee import Nominee, Term
from ortoo.intake.reading.person import Context
from ortoo.intake.reading.returns import Merged, ReadReturn, merge_returns, read_returns
from ortoo.kernel.voice import Voice
from ortoo_solvers.rotation import Nominee as Nominated
from ortoo_solvers.rotation import Problem, RulesError, problem_from_rules


class BadInput(Exception):
    """Something given cannot be used; the text says what and where, in the reader's language."""


@dataclass(frozen=True)
class Given:
    """What was read: the directory, the rules, the list of people, and the problem they make."""

    directory: Directory
    rules: dict[str, Any]
    returns: list[ReadReturn]
    merged: Merged
    problem: Problem

    @property
    def nominees(self) -> list[Nominee]:
        """Everybody who is planned, by staff number."""
        return sorted(self.merged.nominees, key=lambda nominee: nominee.staff_no)


def gather(units: Path, rules: Path, returns: Sequence[Path], voice: Voice) -> Given:
    """Read it all; raises BadInput."""
    try:
        directory = read_directory(_bytes(units, voice), units.name)
    except DirectoryError as error:
        raise BadInput(error.say(voice.language)) from None
    said = _rules(rules, voice)
    terms = tuple(Term(str(term["name"]), term["starts"], term["ends"]) for term in said["term"])
    names = [path.name for path in returns]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise BadInput(voice("two_names", file=twice))
    read = read_returns([(path.name, _bytes(path, voice)) for path in returns], Context(directory, terms))
    _all_read(read, voice)
    merged = merge_returns(read)
    return Given(directory, said, read, merged, _problem(said, merged, directory, rules, voice))


def _bytes(path: Path, voice: Voice) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadInput(voice("no_file", file=path, why=error.strerror or error)) from None


def _rules(path: Path, voice: Voice) -> dict[str, Any]:
    try:
        said = tomllib.loads(_bytes(path, voice).decode("utf-8-sig"))
        problem_from_rules(said, [])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RulesError) as error:
        raise BadInput(voice("bad_rules", file=path.name, why=error)) from None
    return said


def _all_read(read: Sequence[ReadReturn], voice: Voice) -> None:
    """A return of which nothing could be read stops the command: its people would silently be missing."""
    lines = []
    for file in read:
        bad = [problem for problem in file.problems if problem.kind in ("file_unreadable", "header_not_found")]
        lines += [voice("unread", file=problem.file, why=say(problem, voice.language)) for problem in bad]
    if lines:
        raise BadInput("\n".join(lines))


def _problem(said: dict[str, Any], merged: Merged, directory: Directory, rules: Path, voice: Voice) -> Problem:
    names = {code: unit.name for code, unit in directory.units.items()}
    try:
        return problem_from_rules(said, [_nominated(nominee, directory) for nominee in merged.nominees], names)
    except RulesError as error:
        raise BadInput(voice("bad_rules", file=rules.name, why=error)) from None


def _nominated(nominee: Nominee, directory: Directory) -> Nominated:
    prefecture = directory.above(nominee.unit, "prefecture")
    return Nominated(
        nominee.staff_no, nominee.name, nominee.sex, nominee.unit, nominee.county_code or None, prefecture.code if prefecture else None,
        nominee.post, nominee.blocked, nominee.prefers, needs=nominee.needs,
    )  # fmt: skip
