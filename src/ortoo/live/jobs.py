"""Long work of live sessions."""

import subprocess
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from ortoo.kernel import jobs
from ortoo.live.domain.recording import REPLAY, file_of, replay_of
from ortoo.live.models import Recording
from ortoo_hub import ffmpeg
from ortoo_hub.processes import end_with_parent


def abandoned(*, recording: int) -> None:
    """What nobody makes any more is not shown either."""
    Recording.objects.filter(pk=recording, replay_size=0).update(shown=False)


@jobs.kind(REPLAY, abandoned=abandoned)
def make_replay(progress: jobs.Progress, *, recording: int) -> dict[str, Any]:
    """A recording as a file that browsers play; nothing is encoded anew. Whole or not at all."""
    found = Recording.objects.filter(pk=recording).first()
    if found is None:
        return {"left": "the recording is gone"}
    source, target = file_of(found), replay_of(found)
    part = target.with_suffix(".part")
    try:
        _wrap(progress, source, part)
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        abandoned(recording=recording)
        raise
    size = target.stat().st_size
    if not Recording.objects.filter(pk=recording).update(replay_size=size):
        target.unlink(missing_ok=True)  # It was removed meanwhile.
    return {"size": size}


def _wrap(progress: jobs.Progress, source: Path, part: Path) -> None:
    whole = source.stat().st_size
    process = subprocess.Popen(
        ffmpeg.wrap(source, part), stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=end_with_parent
    )
    try:
        while process.poll() is None:
            done = part.stat().st_size if part.exists() else 0
            progress.say(_("Making the recording playable"), min(done, whole) // 1024, max(1, whole // 1024))
            try:
                process.wait(0.3)
            except subprocess.TimeoutExpired:
                continue
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
    if process.returncode or not part.exists():
        raise RuntimeError(f"ffmpeg ended with {process.returncode}")
