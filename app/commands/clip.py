"""`asdelivered clip`: quotes in, cut-lists and clips out."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from asdelivered.app.commands.options import AlignmentArgument, JsonOption, known_styles, parse_frame_rate
from asdelivered.app.console.clip_summary import print_report
from asdelivered.app.console.progress import progress
from asdelivered.app.console.text import print_json, print_result
from asdelivered.app.settings import MayBePath, UserOnly

if TYPE_CHECKING:
    from asdelivered.media.timecode import FrameRate

LONGEST_HANDLES = 600
"""Seconds."""


class Order(StrEnum):
    """The order of the clips."""

    GIVEN = "given"
    TIME = "time"


def _list_formats(wanted: bool) -> None:
    if not wanted:
        return
    from asdelivered.media.cutlists import FORMATS
    from asdelivered.media.rendering.formats import FORMATS as MEDIA

    print_result("Cut-lists, by the ending of the file name in --to:")
    for known in FORMATS:
        print_result(f"  {known.ending:<18} {known.name}")
    print_result(f"Media, by --format: {', '.join(MEDIA)}")
    raise typer.Exit


def parse_rate(text: str | None) -> FrameRate | None:
    """Return a frame rate; "29.97df" is one with drop-frame timecode. Raises typer.BadParameter."""
    from asdelivered.media.timecode import FrameRate, TimecodeError

    if text is None:
        return None
    plain = text.lower().removesuffix("df")
    fps = parse_frame_rate(plain)
    assert isinstance(fps, Fraction)
    try:
        return FrameRate(fps, drop=plain != text.lower())
    except TimecodeError as error:
        raise typer.BadParameter(str(error), param_hint="--rate") from error


def clip(
    alignment: AlignmentArgument,
    quotes: Annotated[
        list[str] | None, typer.Option("--quote", metavar="TEXT", help="A quote; may be repeated.")
    ] = None,
    files: Annotated[
        list[Path] | None,
        typer.Option(
            "--quotes",
            metavar="FILE",
            help="A file of quotes: one per line, a .csv with a column 'quote', or the block quotes of a .md.",
        ),
    ] = None,
    lists: Annotated[
        list[Path] | None,
        typer.Option(
            "--to",
            metavar="FILE",
            help="A cut-list to write: .edl, .fcpxml, .xml, .otio, .csv, .txt, ... (see --list); may be repeated.",
        ),
    ] = None,
    folder: Annotated[
        Path | None,
        typer.Option("--render", metavar="DIR", help="Render the clips into this folder."),
    ] = None,
    recording: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Current path of the recording, or a copy with the same timing."),
    ] = None,
    handles: Annotated[
        float,
        typer.Option(
            metavar="SECONDS", min=0, max=LONGEST_HANDLES, help="Handles: extra time on both sides of a clip."
        ),
    ] = 0.0,
    order: Annotated[Order, typer.Option(help="Order of the clips: as given, or by time.")] = Order.GIVEN,
    merge: Annotated[bool, typer.Option("--merge", help="Merge clips that overlap.")] = False,
    rate: Annotated[
        str | None,
        typer.Option(
            metavar="RATE",
            help="Frame rate of the cut-lists: 25, 29.97, 29.97df, ...  [default: the recording's, or 25]",
        ),
    ] = None,
    timecode: Annotated[
        str | None,
        typer.Option(
            metavar="HH:MM:SS:FF", help="Start timecode of the recording.  [default: as the file states]"
        ),
    ] = None,
    title: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help="Title of the cut-lists.  [default: that of the transcript]"),
    ] = None,
    media: Annotated[
        str | None,
        typer.Option(
            "--format", metavar="NAME", help="Format of the clips: mp4, mov, webm, m4a, mp3, wav, ..."
        ),
    ] = None,
    reel: Annotated[bool, typer.Option("--reel", help="Join all clips into one file.")] = False,
    fade: Annotated[
        int, typer.Option(metavar="MS", min=0, max=1000, help="Fade the sound in and out over this time.")
    ] = 10,
    loudness: Annotated[
        float | None,
        typer.Option(
            metavar="LUFS", min=-70, max=-5, help="Normalise the sound to this loudness; EBU R 128: -23."
        ),
    ] = None,
    captions: Annotated[
        str,
        typer.Option(metavar="NAMES", help="Formats of the caption files beside each clip, or 'none'."),
    ] = "srt",
    burn_in: Annotated[bool, typer.Option("--burn-in", help="Burn the captions into the picture.")] = False,
    style: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Style of the captions.  [default: netflix, or vertical with --vertical]",
            autocompletion=known_styles,
        ),
        MayBePath(),
    ] = None,
    vertical: Annotated[
        bool, typer.Option("--vertical", help="Crop the picture to its middle, 1080 x 1920.")
    ] = False,
    audiogram: Annotated[
        bool, typer.Option("--audiogram", help="Make a video of the sound: its waveform and the captions.")
    ] = False,
    poster: Annotated[bool, typer.Option("--poster", help="Also make a still of each clip.")] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Replace existing files."), UserOnly("replaces existing files")
    ] = False,
    list_all: Annotated[
        bool,
        typer.Option("--list", help="List the formats, then exit.", is_eager=True, callback=_list_formats),
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Make clips of quotes.

    Finds each quote, cuts it in the pauses around it, and writes cut-lists for editors and players, the clips
    themselves, or both. Notes what a person should check: a cut in mid-sentence, applause over an edge, several people
    speaking at once, uncertain words. Exit code 1 if a clip could not be made; the others are made.
    """
    from asdelivered.clips import EditOptions, QuoteRequest, RenderOptions, read_quotes
    from asdelivered.clips import clip as clip_quotes

    if not quotes and not files:
        raise typer.BadParameter("give at least one quote", param_hint="--quote")
    if not lists and folder is None:
        raise typer.BadParameter(
            "say what to make: --to cuts.edl, --render clips, or both", param_hint="--to"
        )
    if reel and audiogram:
        raise typer.BadParameter("an audiogram shows one clip", param_hint="--reel")
    if folder is None and (reel or audiogram or poster or burn_in or vertical):
        raise typer.BadParameter("these clips need a folder", param_hint="--render")
    edit = EditOptions(
        handles=round(handles * 1000),
        by_time=order is Order.TIME,
        merge=merge,
        rate=parse_rate(rate),
        timecode=timecode,
        title=title,
    )
    render = RenderOptions(
        format=media,
        reel=reel,
        audiogram=audiogram,
        vertical=vertical,
        poster=poster,
        fade=fade,
        loudness=loudness,
        captions=() if captions == "none" else tuple(name.strip().lower() for name in captions.split(",")),
        burn_in=burn_in,
        style=style,
    )
    requests = [QuoteRequest(quote.strip(), "--quote") for quote in quotes or ()]
    requests += [request for path in files or () for request in read_quotes(path)]
    with progress() as observer:
        report = clip_quotes(
            alignment,
            requests,
            lists=lists or (),
            folder=folder,
            recording=recording,
            edit=edit,
            render=render,
            overwrite=force,
            observer=observer,
        )
    if as_json:
        print_json(report.to_json())
    print_report(report, quiet=as_json)
    if report.failures:
        raise typer.Exit(1)
