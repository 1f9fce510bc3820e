"""`asdelivered clip`: quotes in, cut-lists and clips out."""

from __future__ import annotations

import json
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from asdelivered.app.commands.captions import known_styles, parse_frame_rate

if TYPE_CHECKING:
    from asdelivered.media.timecode import FrameRate

LONGEST_HANDLES = 600
"""Seconds."""


class Order(StrEnum):
    """How clips follow each other."""

    GIVEN = "given"
    TIME = "time"


def _list_formats(wanted: bool) -> None:
    if not wanted:
        return
    from asdelivered.media.cutlists import FORMATS
    from asdelivered.media.rendering.formats import FORMATS as MEDIA

    typer.echo("Cut-lists, by the ending of the name in --to:")
    for known in FORMATS:
        typer.echo(f"  {known.ending:<18} {known.name}")
    typer.echo(f"Media, by --format: {', '.join(MEDIA)}")
    raise typer.Exit


def parse_rate(text: str | None) -> FrameRate | None:
    """Return "29.97df" and the like as a frame rate with or without drop-frame. Raises typer.BadParameter."""
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
    alignment: Annotated[
        Path, typer.Argument(help="What `asdelivered align` wrote: a .alignment.json file.")
    ],
    quotes: Annotated[
        list[str] | None, typer.Option("--quote", metavar="TEXT", help="A quote; may be given again.")
    ] = None,
    files: Annotated[
        list[Path] | None,
        typer.Option(
            "--quotes",
            metavar="FILE",
            help="Quotes: one a line, a .csv with a column 'quote', or the block quotes of a .md.",
        ),
    ] = None,
    lists: Annotated[
        list[Path] | None,
        typer.Option(
            "--to",
            metavar="FILE",
            help="A cut-list: .edl, .fcpxml, .xml, .otio, .csv, .txt, ... (see --list); may be given again.",
        ),
    ] = None,
    folder: Annotated[
        Path | None,
        typer.Option("--render", metavar="DIR", help="Make the clips themselves, in this folder."),
    ] = None,
    recording: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Where the recording is now, or another one that runs alike."),
    ] = None,
    handles: Annotated[
        float,
        typer.Option(
            metavar="SECONDS", min=0, max=LONGEST_HANDLES, help="What is left on both sides, for the editor."
        ),
    ] = 0.0,
    order: Annotated[Order, typer.Option(help="Of the clips: as given, or as said.")] = Order.GIVEN,
    merge: Annotated[bool, typer.Option("--merge", help="Make one clip of those that overlap.")] = False,
    rate: Annotated[
        str | None,
        typer.Option(
            metavar="RATE",
            help="Frames a second of the lists: 25, 29.97, 29.97df, ...  [default: the recording's, or 25]",
        ),
    ] = None,
    timecode: Annotated[
        str | None,
        typer.Option(
            metavar="HH:MM:SS:FF", help="Where the recording starts.  [default: what it says itself]"
        ),
    ] = None,
    title: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Of the lists.  [default: that of the transcript]")
    ] = None,
    media: Annotated[
        str | None,
        typer.Option("--format", metavar="NAME", help="Of the clips: mp4, mov, webm, m4a, mp3, wav, ..."),
    ] = None,
    reel: Annotated[bool, typer.Option("--reel", help="Make one file of all clips.")] = False,
    fade: Annotated[
        int, typer.Option(metavar="MS", min=0, max=1000, help="Fade of the sound at both ends, in ms.")
    ] = 10,
    loudness: Annotated[
        float | None,
        typer.Option(
            metavar="LUFS", min=-70, max=-5, help="Bring the sound to this loudness; EBU R128: -23."
        ),
    ] = None,
    captions: Annotated[
        str,
        typer.Option(metavar="NAMES", help="Formats of the captions beside each clip, or 'none'."),
    ] = "srt",
    burn_in: Annotated[bool, typer.Option("--burn-in", help="Draw the captions into the picture.")] = False,
    style: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Of the captions.  [default: netflix, or vertical with --vertical]",
            autocompletion=known_styles,
        ),
    ] = None,
    vertical: Annotated[
        bool, typer.Option("--vertical", help="Cut out the middle of the picture, 1080 x 1920.")
    ] = False,
    audiogram: Annotated[
        bool, typer.Option("--audiogram", help="Make a movie of the sound: its wave, and the captions.")
    ] = False,
    poster: Annotated[bool, typer.Option("--poster", help="Make a still of each clip, too.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace files that are there.")] = False,
    list_all: Annotated[
        bool,
        typer.Option(
            "--list", help="List the formats, and do nothing else.", is_eager=True, callback=_list_formats
        ),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print what was made as JSON.")] = False,
) -> None:
    """Make clips of quotes.

    Finds each quote, cuts it in the pauses around it, and writes cut-lists for editors and players, the clips
    themselves, or both. Says what a person should look at: a cut in mid-sentence, applause over an edge, speakers
    at the same time, words that are uncertain. Exit code 1 where a clip could not be made; the others are.
    """
    from asdelivered.app.console.clip_summary import print_report
    from asdelivered.app.console.progress import progress
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
        typer.echo(json.dumps(report.to_json(), indent=2, ensure_ascii=False))
    print_report(report, quiet=as_json)
    if report.failures:
        raise typer.Exit(1)
