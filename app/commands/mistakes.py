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
_FILES = {
    f".{ending}"
    for ending in ["json", "srt", "vtt", "ass", "ttml", "xml", "scc", "stl", "txt", "html", "edl", "csv"]
}
"""How names of files end that the program writes."""


def check_place(ctx: Any, param: Any, value: Any) -> Any:
    """Return the value of a parameter that names files.

    Raises typer.BadParameter where it is a web address, or a file for the folder of the output.
    """
    if "--output" in param.opts and param.metavar == "DIR" and _looks_like_a_file(Path(value)):
        raise typer.BadParameter(
            f"{value} is the name of a file, and this is the folder of the files: give a folder, such as "
            f"-o captions{_format_of(Path(value), ctx)}",
            ctx=ctx,
            param=param,
        )
    for one in value if isinstance(value, list | tuple) else [value]:
        if isinstance(one, str | Path) and Path(one).parts[:1] == ("~",) and not Path(one).exists():
            raise typer.BadParameter(
                f"{one}: ~ stands for your own folder only without quotation marks and after a blank: "
                f"give {Path(one).expanduser()}",
                ctx=ctx,
                param=param,
            )
        if isinstance(one, str | Path) and _ADDRESS.match(str(one)):
            # A path has lost one of the two slashes.
            address = _ADDRESS.sub(r"\1://", str(one), count=1)
            advice = _ADVICE.get(param.name, "give a file or folder on this machine")
            raise typer.BadParameter(f"{address} is an address: {advice}", ctx=ctx, param=param)
    return value


def extra_argument_advice(error: Any) -> str:
    """Return what to do about an argument too many, or about a file in the place of a command; else ""."""
    name = error.ctx.command.name if error.ctx is not None else ""
    if "No such command" in error.message:
        return _command_first(error.message)
    if "unexpected extra argument" not in error.message:
        return ""
    if name == "clip":
        return ': a quote is given as --quote "...", and -q is --quiet'
    extra = error.message.partition("(s) (")[2].removesuffix(")").split()
    if all(map(_is_file, extra)):
        return ": it takes no more files, so call it once for each"
    return ": put a quote, or a name with spaces, between quotation marks"


def _command_first(message: str) -> str:
    """Return what to do where a file was given, and no command."""
    given = message.partition("'")[2].rpartition("'")[0]
    if not _is_file(given) and not Path(given).suffix:
        return ""
    return " A command comes first, as in: asdelivered align TRANSCRIPT RECORDING"


def _format_of(path: Path, ctx: Any) -> str:
    """Return the option that asks for files like this one alone, if the command has it; else ""."""
    from asdelivered.subtitles.formats import FORMATS

    name = path.suffix[1:].lower()
    takes_formats = any(one.name == "formats" for one in ctx.command.params)
    return f" --format {name}" if takes_formats and name in FORMATS else ""


def _looks_like_a_file(path: Path) -> bool:
    return path.suffix.lower() in _FILES and not path.is_dir()


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
