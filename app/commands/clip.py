"""`asdelivered clip`: quotes in, cut-lists and clips out."""

from __future__ import annotations

import sys
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from asdelivered.app.commands.options import AlignmentArgument, JsonOption, known_styles, parse_frame_rate
from asdelivered.app.console.clip_summary import print_report
from asdelivered.app.console.progress import progress
from asdelivered.app.console.text import print_json, print_message, print_result
from asdelivered.app.settings import MayBePath, UserOnly

if TYPE_CHECKING:
    from asdelivered.clips import QuoteList, QuoteRequest
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


def _quotes(quotes: list[str], at: list[str], speaker: str | None, nth: int | None) -> list[QuoteRequest]:
    """Return what --quote and --at ask for. Raises typer.BadParameter where the two don't go together."""
    from asdelivered.clips import ClipError, QuoteRequest
    from asdelivered.clips.times import parse_range

    try:
        ranges = [parse_range(time) for time in at]
    except ClipError as error:
        raise typer.BadParameter(str(error), param_hint="--at") from error
    if not quotes:
        return [
            QuoteRequest("", f"--at {time}", start=start, end=end)
            for time, (start, end) in zip(at, ranges, strict=True)
        ]
    if len(at) > 1:
        raise typer.BadParameter(
            "with --quote, give one --at: the place nearest to it is cut", param_hint="--at"
        )
    start = ranges[0][0] if ranges else None
    return [QuoteRequest(quote.strip(), "--quote", speaker=speaker, nth=nth, start=start) for quote in quotes]


def _lines(asked: list[str]) -> list[QuoteRequest]:
    from asdelivered.clips import QuoteRequest

    return [QuoteRequest("", f"--lines {lines}", lines=lines) for lines in asked]


def _quote_list(path: Path) -> QuoteList:
    from asdelivered.clips import parse_quotes, read_quote_list

    if str(path) != "-":
        return read_quote_list(path)
    return parse_quotes(sys.stdin.buffer.read(), "standard input")


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
            help="A file of quotes, or - for standard input: one per line, a .csv with columns such as quote, start, "
            "end, speaker, label, or the block quotes of a .md.",
        ),
    ] = None,
    at: Annotated[
        list[str] | None,
        typer.Option(
            metavar="TIME",
            help="When the quote was said, if it occurs more than once. Without a quote, what to cut: the line said at "
            "this time, or all of START-END; may be repeated. On the recording's clock, or its timecode.",
        ),
    ] = None,
    lines_of: Annotated[
        list[str] | None,
        typer.Option("--lines", metavar="L0003-L0007", help="Lines to cut, by their ids; may be repeated."),
    ] = None,
    speaker: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who said the quote: the name, or a part of it.")
    ] = None,
    nth: Annotated[
        int | None,
        typer.Option(metavar="N", min=1, help="Which one to take where the quote was said more than once."),
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
            help="Style of the captions.  [default: netflix, or vertical with --vertical or a narrow --ratio]",
            autocompletion=known_styles,
        ),
        MayBePath(),
    ] = None,
    vertical: Annotated[bool, typer.Option("--vertical", help="Crop the picture to 1080 x 1920.")] = False,
    ratio: Annotated[
        str | None, typer.Option(metavar="RATIO", help="Crop the picture to 16:9, 1:1, 4:5 or 9:16.")
    ] = None,
    highlight: Annotated[
        bool,
        typer.Option("--highlight", help="Burn the captions in, and highlight each word while it is said."),
    ] = False,
    lower_third: Annotated[
        bool, typer.Option("--lower-third", help="Show the speaker's name and role during the first seconds.")
    ] = False,
    progress_bar: Annotated[
        bool, typer.Option("--progress-bar", help="Draw a bar that grows with the clip.")
    ] = False,
    brand: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="A brand file (TOML): logo, font, margin and colours of the clips."
        ),
    ] = None,
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
    from asdelivered.clips import EditOptions, RenderOptions
    from asdelivered.clips import clip as clip_quotes

    if not (quotes or files or at or lines_of):
        raise typer.BadParameter("give at least one quote", param_hint="--quote")
    if (speaker or nth) and not quotes:
        raise typer.BadParameter("it chooses among the places of a --quote", param_hint="--speaker, --nth")
    if not lists and folder is None:
        raise typer.BadParameter(
            "say what to make: --to cuts.edl, --render clips, or both", param_hint="--to"
        )
    if reel and audiogram:
        raise typer.BadParameter("an audiogram shows one clip", param_hint="--reel")
    drawn = burn_in or highlight or lower_third or progress_bar or brand is not None
    if folder is None and (reel or audiogram or poster or drawn or vertical or ratio):
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
        ratio=ratio,
        highlight=highlight,
        lower_third=lower_third,
        progress=progress_bar,
        brand=brand,
        poster=poster,
        fade=fade,
        loudness=loudness,
        captions=() if captions == "none" else tuple(name.strip().lower() for name in captions.split(",")),
        burn_in=burn_in,
        style=style,
    )
    requests = [*_quotes(quotes or [], at or [], speaker, nth), *_lines(lines_of or [])]
    for path in files or ():
        listed = _quote_list(path)
        requests += listed.requests
        for remark in listed.remarks:
            print_message(f"asdelivered: {remark}")
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
