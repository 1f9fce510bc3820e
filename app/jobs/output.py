"""The files that `align` writes: all of them complete, or none.

They are written into a hidden folder inside the output folder and delivered once all are there (base/delivery.py). The
hidden folder is created before the long work begins, so that a folder that cannot be written to is reported at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path

from asdelivered.align.errors import AlignError
from asdelivered.app.errors import AppError
from asdelivered.base.delivery import check_replaceable
from asdelivered.base.errors import OutputError
from asdelivered.base.files import check_room, made_folder
from asdelivered.base.scratch import scratch_folder
from asdelivered.subtitles.errors import SubtitleError

SPARE = 1 << 20
"""Bytes that must fit into the folder before the work begins: about as much as the files of an hour of speech."""


@dataclass(frozen=True)
class OutputFiles:
    """The paths of the files."""

    alignment: Path
    srt: Path
    vtt: Path


def files_in(folder: Path, stem: str) -> OutputFiles:
    """Return the paths of the files in `folder` for the transcript named `stem`."""
    return OutputFiles(folder / f"{stem}.alignment.json", folder / f"{stem}.srt", folder / f"{stem}.vtt")


@contextmanager
def writing_to(folder: Path) -> Iterator[None]:
    """Raise what the system has against writing within the block as OutputError, which names `folder` as the user did.

    An AlignError or SubtitleError counts if such an error caused it.
    """
    try:
        yield
    except OSError as error:
        raise OutputError(folder, error.strerror or str(error)) from error
    except (AlignError, SubtitleError) as error:
        cause = error.__cause__
        if isinstance(cause, OSError):
            raise OutputError(folder, cause.strerror or str(cause)) from error
        raise


def check_not_input(target: Path, inputs: Sequence[Path]) -> None:
    """Raise AppError if writing `target` would replace one of the `inputs`. Raises OSError if one cannot be read."""
    if target.exists() and any(given.exists() and target.samefile(given) for given in inputs):
        raise AppError(f"{target} would be replaced by the output: choose another folder with -o")


@contextmanager
def staged(target: OutputFiles, inputs: Sequence[Path], force: bool = False) -> Iterator[OutputFiles]:
    """Create the output folder if it is missing, and yield paths to write to; the block delivers the files itself.

    If the block raises, a folder that was created is removed. Raises OutputError where the folder cannot be created,
    is not a folder or cannot be written to; AppError where an output would replace one of the `inputs`; NotOursError
    where it would replace a person's work.
    """
    folder = target.alignment.parent
    with ExitStack() as stack:
        with writing_to(folder):
            stack.enter_context(made_folder(folder))
            hidden = stack.enter_context(scratch_folder(folder))
        _check_free(folder, target, inputs, force)
        yield files_in(hidden, target.srt.stem)


def _check_free(folder: Path, target: OutputFiles, inputs: Sequence[Path], force: bool) -> None:
    """Raise if the files could not be put there after the work."""
    with writing_to(folder):
        for path in astuple(target):
            if path.is_dir():
                raise AppError(
                    f"{path} is a folder, and a file is to be written there: choose another folder with -o"
                )
            check_not_input(path, inputs)
        check_replaceable(astuple(target), force)
        check_room(folder, SPARE)
