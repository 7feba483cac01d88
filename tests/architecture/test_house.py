"""What the import contracts cannot see: keys and templates that point up, forbidden names, long files, missing docs."""

import re
import shutil
import subprocess
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from ortoo_hub import Configuration

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "ortoo"
ROWS = [["kernel"], ["ui"], ["people"], ["programmes"], ["participation", "exchange"],
        ["intake", "planning", "learning", "live"], ["outcomes"], ["demo", "rotate", "touring"]]  # fmt: skip
FLOOR = {name: floor for floor, row in enumerate(ROWS) for name in row}
FORBIDDEN = {"utils", "util", "helpers", "helper", "common", "services", "service", "manager", "managers", "misc"}
SOURCES = sorted(p for p in (ROOT / "src").rglob("*.py") if "migrations" not in p.parts)
TEMPLATES = sorted(PACKAGE.rglob("templates/**/*.html"))


def _may_use(app: str, other: str) -> bool:
    """Down, or inside itself; never up, never a sibling."""
    return app == other or FLOOR[other] < FLOOR[app]


def test_foreign_keys_point_down() -> None:
    up = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.ManyToManyField)
        and model._meta.app_label in FLOOR
        and field.related_model._meta.app_label in FLOOR
        and not _may_use(model._meta.app_label, field.related_model._meta.app_label)
    ]
    assert up == []


def test_templates_include_and_extend_downwards() -> None:
    said = re.compile(r"{%\s*(?:include|extends)\s+[\"']([a-z_]+)/")
    up = [
        f"{file.relative_to(PACKAGE)} → {other}"
        for file in TEMPLATES
        for other in said.findall(file.read_text(encoding="utf-8"))
        if other in FLOOR and not _may_use(file.relative_to(PACKAGE).parts[0], other)
    ]
    assert up == []


def test_tables_are_named_by_hand_without_the_app() -> None:
    wrong = [
        model._meta.db_table
        for model in apps.get_models()
        if model._meta.app_label in FLOOR and model._meta.db_table.startswith(f"{model._meta.app_label}_")
    ]
    assert wrong == []


def test_module_names_say_something() -> None:
    assert [str(p) for p in SOURCES if p.stem in FORBIDDEN or p.parent.name in FORBIDDEN] == []


def test_files_are_short() -> None:
    assert [str(p.name) for p in SOURCES if len(p.read_text(encoding="utf-8").splitlines()) > 400] == []


def test_settings_are_documented() -> None:
    named = set(re.findall(r"ORTOO_[A-Z_]+", (PACKAGE / "settings.py").read_text(encoding="utf-8")))
    told = set(re.findall(r"`(ORTOO_[A-Z_]+)`", (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")))
    named |= {"ORTOO_PYTHON", "ORTOO_HOST", "ORTOO_PORT"}  # Read by the launcher and by `up`.
    assert named - {"ORTOO_"} == told


@pytest.mark.parametrize("app", sorted(p.parent.name for p in PACKAGE.glob("*/apps.py")))
def test_app_has_a_page(app: str) -> None:
    assert (ROOT / "docs" / "apps" / f"{app}.md").exists()


@pytest.mark.parametrize("solver", sorted(p.parent.name for p in (ROOT / "src" / "ortoo_solvers").glob("*/solve.py")))
def test_solver_has_a_page(solver: str) -> None:
    assert (ROOT / "docs" / "solvers" / f"{solver}.md").exists()


def test_live_hub_has_a_page_that_names_every_setting() -> None:
    told = set(re.findall(r"`([a-z_]+)`", (ROOT / "docs" / "live-hub.md").read_text(encoding="utf-8")))
    assert {field.name for field in fields(Configuration)} - told == set()


def test_nothing_lies_about_in_the_clone() -> None:
    """What is in the clone is there on purpose: nobody's notes, no folder or user of somebody's machine."""
    known = {"LICENSE", "NOTICE", "README.md", "ortoo", "pyproject.toml", ".gitignore"}
    git = ["git", "ls-files", "-z"]
    listed = (
        subprocess.run(git, cwd=ROOT, capture_output=True, text=True, check=False).stdout.split("\0")
        if shutil.which("git")
        else [""]
    )
    if listed == [""]:
        pytest.skip("an unpacked archive: only git knows what belongs to the clone, and there is none or no record of it here")
    top = {name for name in listed if name and "/" not in name and not name.startswith("requirements")}
    assert top <= known
    machine = re.compile(r"(?<![\w.])/(?:home|Users|root|work|tmp)/\w")
    text = (".py", ".md", ".toml", ".html", ".css", ".conf", ".service", ".timer", ".sh", ".tsv")
    told = [
        ROOT / name
        for name in listed
        if name.endswith(text) and "vendor" not in name and not name.startswith("tests/architecture")
    ]
    assert [str(p.relative_to(ROOT)) for p in told if p.exists() and machine.search(p.read_text(encoding="utf-8"))] == []


def test_links_in_docs_lead_somewhere() -> None:
    link = re.compile(r"\]\((?!https?:|#|mailto:)([^)#]+)")
    dead = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
        for target in link.findall(page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]
    assert dead == []


def test_nothing_is_loaded_from_elsewhere() -> None:
    """Templates, styles and scripts of our own name no other origin (comments and links a person clicks apart)."""
    load = re.compile(
        r"(?:src|href|action)=[\"'](?:https?:)?//|url\(\s*[\"']?(?:https?:)?//|import\s+[\"']https?:|fetch\([\"']https?:"
    )
    own = [p for kind in ("html", "css", "js") for p in PACKAGE.rglob(f"*.{kind}") if "vendor" not in p.parts]
    assert [str(p.relative_to(PACKAGE)) for p in own if load.search(p.read_text(encoding="utf-8"))] == []


def test_no_inline_script_or_style() -> None:
    inline = re.compile(r"<script(?![^>]*(?:\bsrc=|type=[\"']application/json))|<style|\sstyle=|\son[a-z]+=[\"']", re.I)
    assert [str(p.relative_to(PACKAGE)) for p in TEMPLATES if inline.search(p.read_text(encoding="utf-8"))] == []


def test_vendored_assets_carry_licence_and_version() -> None:
    bare = [
        str(folder.relative_to(PACKAGE))
        for vendor in PACKAGE.rglob("vendor")
        for folder in vendor.iterdir()
        if folder.is_dir() and not (any(folder.glob("LICENSE*")) and any(folder.glob("VERSION*")))
    ]
    assert bare == []


def test_locks_name_no_index() -> None:
    for lock in ROOT.glob("requirements*.lock"):
        assert "://" not in lock.read_text()


def test_every_direct_package_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    locked = {line.split("==")[0].split("[")[0].lower() for line in (ROOT / "requirements.lock").read_text().splitlines()}
    wanted = {re.split(r"[\[<>=;]", name)[0].lower() for name in project["dependencies"]}
    assert wanted <= locked
