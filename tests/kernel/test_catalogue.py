"""The compiled words follow the catalogue, from a clone's first process on."""

import gettext
import os
import subprocess
import sys
from pathlib import Path

import polib
import pytest

from ortoo.kernel.catalogue import compile_catalogue

SPEAK = "import django; django.setup(); from django.utils import translation; translation.activate('zh-hans')"


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    book = polib.POFile()
    book.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
    book.append(polib.POEntry(msgid="station", msgstr="站"))
    book.save(str(tmp_path / "words.po"))
    return tmp_path / "words.po"


def _said(compiled: Path) -> str:
    with compiled.open("rb") as file:
        return gettext.GNUTranslations(file).gettext("station")


def test_catalogue_is_compiled_when_missing_and_when_newer(catalogue: Path) -> None:
    assert _said(compile_catalogue(catalogue)) == "站"
    book = polib.pofile(str(catalogue))
    book[0].msgstr = "车站"
    book.save(str(catalogue))
    os.utime(catalogue, (catalogue.stat().st_mtime + 10,) * 2)
    assert _said(compile_catalogue(catalogue)) == "车站"
    assert sorted(file.name for file in catalogue.parent.iterdir()) == ["words.mo", "words.po"]


def test_catalogue_in_step_is_left_alone(catalogue: Path) -> None:
    before = compile_catalogue(catalogue).stat().st_mtime_ns
    assert compile_catalogue(catalogue).stat().st_mtime_ns == before


def test_any_process_of_a_clone_speaks_chinese(tmp_path: Path) -> None:
    source = Path(__file__).resolve().parents[2] / "src"
    clone = tmp_path / "src"
    subprocess.run(["cp", "-r", str(source), str(clone)], check=True)
    for compiled in clone.rglob("*.mo"):
        compiled.unlink()
    run = subprocess.run(
        [sys.executable, "-c", f"{SPEAK}; print(translation.gettext('Sign in'))"],
        env={**os.environ, "PYTHONPATH": str(clone), "DJANGO_SETTINGS_MODULE": "ortoo.settings", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.strip() == "登录"
