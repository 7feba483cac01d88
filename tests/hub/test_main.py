"""`python -m ortoo_hub` by hand."""

import io
import json
from pathlib import Path

import pytest

from ortoo_hub.__main__ import main


def test_wrong_configuration_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "hub.json"
    file.write_text(json.dumps({"folder": str(tmp_path), "secret": "short"}))
    assert main([str(file)]) == 2
    assert "secret" in capsys.readouterr().err
    monkeypatch.setattr("sys.stdin", io.StringIO("not json"))
    assert main(["-"]) == 2
    assert main([]) == 2
    assert main([str(tmp_path / "nothing")]) == 2
