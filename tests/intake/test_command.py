"""`./ortoo intake` from the shell."""

from pathlib import Path

import pytest
from tests.intake.conftest import RETURNS, World

from ortoo.intake import command
from ortoo.programmes.domain.programme import close_programme


def test_command_prints_the_summary_and_every_problem(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["--lang", "en", "--programme", world.programme.key, *map(str, RETURNS)]) == 0
    said = capsys.readouterr().out
    assert "1101 new" in said
    assert sum(line.startswith("!") for line in said.splitlines()) == 15
    assert world.programme.nominations.count() == 0


def test_command_applies_when_asked(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["--lang", "en", "--programme", world.programme.key, "--apply", str(RETURNS[11])]) == 0
    assert world.programme.nominations.count() > 30
    assert command.main(["--lang", "en", "--programme", world.programme.key, "--apply", str(RETURNS[11])]) == 1
    assert "Nothing in this delivery" in capsys.readouterr().err


def test_command_says_what_is_wrong_with_what_it_was_given(world: World, tmp_path: Path) -> None:
    assert command.main(["--programme", "nowhere", str(RETURNS[0])]) == 2
    assert command.main(["--programme", world.programme.key, str(tmp_path / "none.xlsx")]) == 2
    close_programme(world.programme, by=world.organiser)
    assert command.main(["--programme", world.programme.key, str(RETURNS[0])]) == 1
