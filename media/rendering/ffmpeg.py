"""Run FFmpeg, the program in imageio-ffmpeg's wheel or on the PATH: one process for each file."""

from __future__ import annotations

import functools
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import av
import av.codec

from asdelivered.base.extras import Extra, MissingExtraError
from asdelivered.media.errors import MediaError

_MICROSECONDS = re.compile(r"out_time_us=(\d+)")
_PLAIN = ("-hide_banner", "-nostdin", "-nostats", "-y", "-loglevel", "info", "-progress", "pipe:1")


def run_ffmpeg(
    arguments: Sequence[str], folder: Path, advanced: Callable[[float], None] = lambda seconds: None
) -> str:
    """Run FFmpeg in a folder; call `advanced` with the seconds of output done so far; return its log.

    Raises MediaError where it fails, with its last error. However this function ends, the process has ended too.
    """
    with tempfile.TemporaryFile("w+", dir=folder, encoding="utf-8", errors="replace") as log:
        with subprocess.Popen(
            [_program(), *_PLAIN, *arguments],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            encoding="utf-8",
            errors="replace",
        ) as process:
            try:
                for line in process.stdout or ():
                    match = _MICROSECONDS.match(line)
                    if match:
                        advanced(int(match[1]) / 1_000_000)
            except BaseException:
                process.kill()
                raise
        log.seek(0)
        said = log.read()
    if process.returncode:
        raise MediaError(f"FFmpeg could not write the file: {_complaint(said)}")
    return said


def input_file(path: Path) -> list[str]:
    """Return the arguments that open a local file, and no other file that it may refer to."""
    return ["-protocol_whitelist", "file", "-i", f"file:{path.absolute()}"]


@functools.cache
def encoders() -> frozenset[str]:
    """Return the names of the encoders that this FFmpeg has, or PyAV where there is none."""
    if find_ffmpeg() is None:
        return frozenset(av.codec.codecs_available)
    run = subprocess.run(
        [_program(), "-hide_banner", "-encoders"],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    return frozenset(re.findall(r"^ [VAS][A-Z.]{5} (\S+)", run.stdout, re.MULTILINE))


@functools.cache
def find_ffmpeg() -> str | None:
    """Return FFmpeg's program: the one in IMAGEIO_FFMPEG_EXE, that of the extra "clips", or one on the PATH."""
    with suppress(ImportError, RuntimeError):
        import imageio_ffmpeg

        program: str = imageio_ffmpeg.get_ffmpeg_exe()
        return program
    return os.environ.get("IMAGEIO_FFMPEG_EXE") or shutil.which("ffmpeg")


def _program() -> str:
    program = find_ffmpeg()
    if program is None:
        raise MissingExtraError(Extra.CLIPS, "this kind of clip")
    return program


def _complaint(said: str) -> str:
    """Return the most telling line of the log: the last one about an error."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    telling = [line for line in lines if re.search(r"error|invalid|unable|cannot|no space|not ", line, re.I)]
    return (telling or lines or ["it says nothing"])[-1][:300]
