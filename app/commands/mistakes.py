"""What people give in place of the file that is meant: an address, or the arguments in the wrong order."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import typer

from asdelivered.app.errors import AppError

_ADDRESS = re.compile(r"(https?|ftp|s3|gs):/+(?=[^/])", re.IGNORECASE)
_ADVICE = {
    "recording": "download the recording first (with yt-dlp, or from the press kit), then give the file",
    "transcript": "save the page in the browser (Save page as), then give the file",
}
_ADVICE |= {"file": _ADVICE["transcript"], "translation": _ADVICE["transcript"]}
"""By the names of parameters."""


def check_no_address(ctx: Any, param: Any, value: Any) -> Any:
    """Return the value of a parameter that names files. Raises typer.BadParameter where it is a web address."""
    for one in value if isinstance(value, list | tuple) else [value]:
        if isinstance(one, str | Path) and _ADDRESS.match(str(one)):
            # A path has lost one of the two slashes.
            address = _ADDRESS.sub(r"\1://", str(one), count=1)
            advice = _ADVICE.get(param.name, "give a file or folder on this machine")
            raise typer.BadParameter(f"{address} is an address: {advice}", ctx=ctx, param=param)
    return value


def check_order(transcript: Path, recording: Path) -> None:
    """Raise AppError where the transcript and the recording were given in the wrong order."""
    from asdelivered.transcripts.formats.recognise import is_recording

    if (
        is_recording(_beginning(transcript))
        and recording.is_file()
        and not is_recording(_beginning(recording))
    ):
        raise AppError(
            f"{transcript} is a recording: the transcript comes first, then the recording: "
            f"asdelivered align {recording} {transcript}"
        )


def check_quote(quote: str, place: Path) -> None:
    """Raise AppError where a file was given for the quote, and the quote for the file to search."""
    if _is_file(quote) and not place.exists():
        raise AppError(f'the quote comes first, then the alignment: asdelivered find "{place}" {quote}')


def _is_file(name: str) -> bool:
    try:
        return Path(name).is_file()
    except (OSError, ValueError):  # too long, or with a zero byte
        return False


def _beginning(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(1024)
    except (OSError, ValueError):
        return b""  # whoever reads the file says why it cannot be read
