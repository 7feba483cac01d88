"""How ffmpeg is called: to take a source in, to cut it into pieces, to make the holding picture."""

import re
import subprocess
from pathlib import Path

import imageio_ffmpeg

_QUIET = ["-hide_banner", "-nostdin", "-nostats", "-loglevel", "warning"]
# What ffmpeg says, and goes on all the same, when a sender gives another application or key than the one it listens for.
WRONG_KEY = ("Unexpected stream", "App field don't match")
_DURATION = re.compile(rb"Duration: (\d+):(\d\d):(\d\d(?:\.\d+)?)")


def program() -> str:
    """The ffmpeg that came with the packages."""
    return str(imageio_ffmpeg.get_ffmpeg_exe())


def written(host: str) -> str:
    """A host as addresses write it: numbers of IPv6 in brackets."""
    return f"[{host}]" if ":" in host else host


def take_rtmp(host: str, port: int, key: str) -> list[str]:
    """Wait for one sender and write what it sends to standard output as MPEG-TS, untouched."""
    source = f"rtmp://{written(host)}:{port}/live/{key}"
    return [program(), *_QUIET, "-listen", "1", "-i", source, "-c", "copy", "-f", "mpegts", "pipe:1"]


def take_srt(host: str, port: int, key: str) -> list[str]:
    """The same for SRT, where the key is the passphrase: a sender with another one does not get in."""
    source = f"srt://{written(host)}:{port}?mode=listener&passphrase={key}"
    return [program(), *_QUIET, "-i", source, "-c", "copy", "-f", "mpegts", "pipe:1"]


def cut(folder: Path) -> list[str]:
    """Standard input (MPEG-TS with H.264 and AAC) to pieces of a second, with picture and as sound alone."""
    return [program(), *_QUIET, "-fflags", "+genpts", "-i", "pipe:0", *_pieces(folder, ["-c", "copy"])]


def hold(folder: Path, picture: Path | None, size: str) -> list[str]:
    """The holding picture, with silence, until it is ended."""
    still = (
        ["-loop", "1", "-framerate", "5", "-i", str(picture)]
        if picture
        else ["-f", "lavfi", "-i", f"color=c=0x1f2d3d:s={size}:r=5"]
    )
    sound = ["-f", "lavfi", "-i", "anullsrc=r=48000:cl=stereo"]
    shape = [
        "-vf",
        f"scale={size.replace('x', ':')}:force_original_aspect_ratio=decrease,pad={size.replace('x', ':')}:-1:-1,format=yuv420p",
    ]
    coding = ["-c:v", "libx264", "-preset", "ultrafast", "-tune", "stillimage", "-g", "5", "-c:a", "aac", "-b:a", "64k"]
    return [program(), *_QUIET, "-re", *still, "-re", *sound, *_pieces(folder, [*shape, *coding])]


def _pieces(folder: Path, coding: list[str]) -> list[str]:
    """fMP4 pieces of both renditions. RTMP and SRT bring sound framed for a stream; a file wants its header apart."""
    streams = (
        ["-map", "0:v:0", "-map", "0:a:0", "-map", "0:a:0"] if "copy" in coding else ["-map", "0:v", "-map", "1:a", "-map", "1:a"]
    )
    filters = ["-bsf:a", "aac_adtstoasc"] if "copy" in coding else []
    hls = ["-f", "hls", "-hls_time", "1", "-hls_list_size", "40", "-hls_segment_type", "fmp4"]
    flags = ["-hls_flags", "independent_segments+temp_file+omit_endlist", "-var_stream_map", "v:0,a:0,name:video a:1,name:audio"]
    names = ["-hls_fmp4_init_filename", "init.mp4", "-hls_segment_filename", f"{folder}/%v/%06d.m4s"]
    return [*streams, *coding, *filters, *hls, *flags, *names, f"{folder}/%v/list.m3u8"]


def wrap(source: Path, target: Path) -> list[str]:
    """A recording as MP4 with its index in front, so that it plays and can be skipped through while it is fetched. Nothing is
    encoded anew; what was broken in the middle goes on with the next whole picture."""
    steady = ["-fflags", "+genpts+discardcorrupt", "-i", str(source)]
    return [
        program(),
        *_QUIET,
        *steady,
        *["-c", "copy", "-bsf:a", "aac_adtstoasc", "-movflags", "+faststart", "-f", "mp4", "-y"],
        str(target),
    ]


def seconds_of(file: Path) -> int | None:
    """How long a recording is, in whole seconds; None when that cannot be told."""
    said = subprocess.run([program(), "-hide_banner", "-nostdin", "-i", str(file)], capture_output=True, check=False, timeout=60)
    found = _DURATION.search(said.stderr)
    return round(int(found[1]) * 3600 + int(found[2]) * 60 + float(found[3])) if found else None
