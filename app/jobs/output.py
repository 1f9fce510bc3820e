"""The files that `align` makes: all of them whole, or none.

They are written into a hidden folder inside the output folder, which is made before the long work begins (so
that a folder that cannot be written is told at once), and moved to their names when all of them are there.
"""

from __future__ import annotations

import signal
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import astuple, dataclass
from pathlib import Path

from asdelivered.app.errors import AppError
from asdelivered.base.errors import OutputError
from asdelivered.base.scratch import scratch_folder

SPARE = 1 << 20
"""Bytes that the folder must take before the work begins: the files of an hour of speech are about as large."""


@dataclass(frozen=True)
class OutputFiles:
    """Where the files go, or have gone."""

    alignment: Path
    srt: Path
    vtt: Path


def files_in(folder: Path, stem: str) -> OutputFiles:
    """Return the names of the files of the transcript `stem` in `folder`."""
    return OutputFiles(folder / f"{stem}.alignment.json", folder / f"{stem}.srt", folder / f"{stem}.vtt")


@contextmanager
def staged(target: OutputFiles, inputs: Sequence[Path]) -> Iterator[OutputFiles]:
    """Make the output folder if need be, and yield names to write the files to; move them to `target` at the end.

    Where the block raises, nothing is moved and a folder that was made is removed. Files of an earlier run are
    replaced. Raises OutputError where the folder cannot be made, is not a folder, or cannot be written, before
    and after the block; AppError where an output would replace one of the `inputs`.
    """
    folder = target.alignment.parent
    try:
        made = _make(folder)
    except OSError as error:
        raise OutputError(folder, error.strerror or str(error)) from error
    done = False
    try:
        with ExitStack() as stack:
            try:
                hidden = stack.enter_context(scratch_folder(folder))
            except OSError as error:
                raise OutputError(folder, error.strerror or str(error)) from error
            _check_free(folder, target, inputs)
            staging = files_in(hidden, target.srt.stem)
            yield staging
            _move(folder, staging, target)
            done = True
    finally:
        if not done:
            for parent in made:
                # Something else may have been put there meanwhile; it stays.
                with suppress(OSError):
                    parent.rmdir()


def _make(folder: Path) -> list[Path]:
    """Make `folder` and those above it; return what was made, the innermost first."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return missing


def _check_free(folder: Path, target: OutputFiles, inputs: Sequence[Path]) -> None:
    """Raise where the files could not be put there after the work."""
    try:
        for path in astuple(target):
            if path.is_dir():
                raise AppError(
                    f"{path} is a folder, and a file is to be written there: choose another folder with -o"
                )
            for given in inputs:
                if path.exists() and path.samefile(given):
                    raise AppError(f"{path} would be replaced by the output: choose another folder with -o")
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(bytes(SPARE))
    except OSError as error:
        raise OutputError(folder, error.strerror or str(error)) from error


def _move(folder: Path, staging: OutputFiles, target: OutputFiles) -> None:
    """Move the files to their names. The signals that stop a program wait: three renames, then it is over."""
    with _not_stopped():
        try:
            for written, path in zip(astuple(staging), astuple(target), strict=True):
                written.replace(path)
        except OSError as error:
            raise OutputError(folder, error.strerror or str(error)) from error


@contextmanager
def _not_stopped() -> Iterator[None]:
    """Let Ctrl-C and SIGTERM pass without effect inside the block."""
    if threading.current_thread() is not threading.main_thread():
        yield  # signals are the main thread's, and it is not stopped here
        return
    handlers = {number: signal.signal(number, signal.SIG_IGN) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
