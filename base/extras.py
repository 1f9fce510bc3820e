"""Parts of the program that an installation may lack, and the line that brings each."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum
from pathlib import Path

from asdelivered.base.errors import AsdeliveredError


class Extra(StrEnum):
    """The extras whose lack a command reports, as in pyproject.toml; named for what people do with them."""

    CLIPS = "clips"
    """All that FFmpeg's program does for clips, OpenTimelineIO, and pyaaf2."""
    WHISPER = "whisper"
    """faster-whisper."""
    SPHINX = "sphinx"
    """PocketSphinx, where an installation comes without it, since it would have to be compiled."""
    CTC = "ctc"
    """ONNX Runtime, for the models that users bring."""


class MissingExtraError(AsdeliveredError):
    """`what` needs a package that this installation lacks, and that `extra` brings."""

    def __init__(self, extra: Extra, what: str) -> None:
        super().__init__(extra, what)
        self.extra = extra
        self.what = what

    def __str__(self) -> str:
        return f"{self.what} needs a part that is not installed: {install_command(self.extra)}"


@contextmanager
def needs(extra: Extra, what: str) -> Iterator[None]:
    """Raise MissingExtraError where an import in the block fails. `what` begins the sentence: "--to cuts.otio"."""
    try:
        yield
    except ImportError as error:
        raise MissingExtraError(extra, what) from error


def install_command(extra: str, prefix: Path | None = None, source: str | None = None) -> str:
    """Return the command that adds an extra to the installation at `prefix` (default: this one).

    `source` is the address of the wheel or the folder that it was installed from; None: as it records itself.
    """
    prefix = prefix or Path(sys.prefix)
    by_name = f"asdelivered[{extra}]"
    # pip takes the installed version for the one that is named; the others would look for the name in an index.
    by_source = f"{by_name} @ {source}" if (source := source or _source()) else by_name
    if (prefix / "uv-receipt.toml").is_file():
        return f'uv tool install "{by_source}"'
    if (prefix / "pipx_metadata.json").is_file():
        return f'pipx install --force "{by_source}"'
    return f'pip install "{by_name}"'


def _source() -> str:
    """Return where this installation came from (PEP 610); empty for an index."""
    # Asked only where something is missing, and it takes a moment to load.
    import json
    from importlib.metadata import PackageNotFoundError, distribution

    with suppress(PackageNotFoundError, ValueError, AttributeError):
        recorded = json.loads(distribution("asdelivered").read_text("direct_url.json") or "{}")
        return str(recorded.get("url", ""))
    return ""
