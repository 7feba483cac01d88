"""The launcher, in a copy of the clone whose locks name no package, so that setting up takes seconds and no network."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest
from tests.servers.live import ROOT, wait_until

pytestmark = pytest.mark.slow
SETTING_UP = "setting up .venv"


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """The launcher, the code and two empty locks, in a folder with a blank in its name."""
    folder = tmp_path / "a clone"
    shutil.copytree(ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("*.xlsx", "static", "__pycache__"))
    shutil.copy2(ROOT / "ortoo", folder / "ortoo")
    for lock in ("requirements.lock", "requirements-dev.lock"):
        (folder / lock).write_text("")
    return folder


def start(launcher: Path, **more: str) -> "subprocess.Popen[str]":
    """The launcher with --help, from another folder, in a group of its own."""
    return subprocess.Popen(
        [str(launcher), "--help"],
        cwd="/",
        env=os.environ | {"PYTHONPATH": "", "LC_ALL": "en_GB.UTF-8"} | more,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def run(launcher: Path, **more: str) -> tuple[int, str, str]:
    """Exit code, what it said, and what it complained about."""
    with start(launcher, **more) as process:
        said, complained = process.communicate(timeout=120)
    return process.returncode, said, complained


def test_launcher_sets_up_once_from_any_folder_and_through_a_link(clone: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(clone / "ortoo")
    code, said, complained = run(link)
    assert (code, "./ortoo up" in said, SETTING_UP in complained) == (0, True, True), complained
    assert run(clone / "ortoo")[2] == ""
    (clone / "requirements.lock").write_text("# another lock\n")
    (clone / "requirements-dev.lock").write_text("# another lock\n")
    assert run(clone / "ortoo")[0] == 0


def test_two_launchers_at_once_set_up_once(clone: Path) -> None:
    both = [start(clone / "ortoo") for _ in range(2)]
    complained = [process.communicate(timeout=120)[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], complained
    assert "".join(complained).count(SETTING_UP) == 1


def test_launcher_follows_one_that_was_killed(clone: Path) -> None:
    process = start(clone / "ortoo")
    wait_until(lambda: (clone / ".venv").exists(), 60)
    time.sleep(0.5)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    code, said, complained = run(clone / "ortoo")
    assert (code, "./ortoo up" in said) == (0, True), complained
    assert not (clone / ".venv" / "ortoo.unfinished").exists()


def test_launcher_says_what_is_missing(clone: Path, tmp_path: Path) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("sh", "dirname", "readlink", "cksum", "cat", "id"):
        (tools / name).symlink_to(str(shutil.which(name)))
    old = tools / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    code, _said, complained = run(clone / "ortoo", PATH=str(tools))
    assert (code, complained.count("Python 3.11")) == (1, 1)
    assert not (clone / ".venv").exists()


def test_launcher_leaves_a_linked_environment_alone(clone: Path, tmp_path: Path) -> None:
    run(clone / "ortoo")
    (clone / ".venv").rename(tmp_path / "shared")
    (clone / ".venv").symlink_to(tmp_path / "shared")
    (clone / "requirements.lock").write_text("no-such-package==1.0\n")
    code, _said, complained = run(clone / "ortoo")
    assert (code, "is a link" in complained) == (0, True)
    assert (clone / ".venv").is_symlink()
