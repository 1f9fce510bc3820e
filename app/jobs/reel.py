"""One film of quotes from several events, each as it was said, with its captions in the picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from asdelivered.app.errors import AppError
from asdelivered.base.clocks import clock
from asdelivered.base.delivery import Delivery, check_replaceable, deliver
from asdelivered.base.files import made_folder
from asdelivered.base.progress import Observer
from asdelivered.base.scratch import scratch_folder
from asdelivered.clips.clipper import clip
from asdelivered.clips.options import RenderOptions
from asdelivered.clips.quote_file import QuoteRequest
from asdelivered.media.recording import open_recording
from asdelivered.media.rendering.ffmpeg import input_file, run_ffmpeg

SIZE = (1920, 1080)
RATE = 25
STEP = "joining"


@dataclass(frozen=True)
class ReelQuote:
    """A quote of an event: its words, and about when they are said, milliseconds. `recording` is where that is now."""

    alignment: Path
    recording: Path
    text: str
    start: int


def make_reel(quotes: Sequence[ReelQuote], target: Path, observer: Observer) -> tuple[str, ...]:
    """Write the film of all quotes, in their order, to `target`, and return remarks.

    Pictures of all sizes and rates become 1920 by 1080 at 25 frames a second; a recording without one shows its
    waveform. Raises AppError: a quote can't be cut; ClipError, MediaError, AlignError, NotOursError, OSError: then
    there is no film.
    """
    if not quotes:
        raise AppError("there are no quotes: add some to the reel")
    remarks: list[str] = []
    check_replaceable([target])
    with made_folder(target.parent), scratch_folder(target.parent) as hidden:
        pieces = []
        for number, quote in enumerate(quotes, start=1):
            report = clip(
                quote.alignment,
                [QuoteRequest(quote.text, f"quote {number}", start=clock(quote.start))],
                folder=hidden / str(number),
                recording=quote.recording,
                render=_rendering(quote.recording),
                observer=observer,
            )
            films = [path for path in report.files if path.suffix == ".mp4"]
            if report.failures or not films:
                reason = report.failures[0].reason if report.failures else "no film was made of it"
                raise AppError(f"“{quote.text}” can't be cut: {reason}; take it out of the reel")
            pieces += films
            remarks += report.remarks
        joined = hidden / target.name
        _join(pieces, joined, observer)
        deliver([Delivery(target, joined)])
    return tuple(dict.fromkeys(remarks))


def _rendering(recording: Path) -> RenderOptions:
    if open_recording(recording).video is None:
        return RenderOptions(format="mp4", audiogram=True, captions=())
    return RenderOptions(format="mp4", burn_in=True, captions=())


def _join(pieces: Sequence[Path], target: Path, observer: Observer) -> None:
    """Encode films one after the other into one, with a black border where their proportions differ."""
    width, height = SIZE
    inputs = [argument for piece in pieces for argument in input_file(piece)]
    shape = (
        f"scale={width}:{height}:force_original_aspect_ratio=decrease,pad={width}:{height}:-1:-1,setsar=1,"
        f"fps={RATE},format=yuv420p"
    )
    chains = []
    for number in range(len(pieces)):
        chains.append(f"[{number}:v:0]{shape}[v{number}]")
        chains.append(f"[{number}:a:0]aresample=48000,aformat=channel_layouts=stereo[a{number}]")
    ends = "".join(f"[v{number}][a{number}]" for number in range(len(pieces)))
    chains.append(f"{ends}concat=n={len(pieces)}:v=1:a=1[v][a]")
    coding = (
        "-c:v",
        "libx264",
        "-preset",
        "veryfast",
        "-crf",
        "20",
        "-c:a",
        "aac",
        "-movflags",
        "+faststart",
    )
    total = sum(open_recording(piece).duration for piece in pieces) / 1000
    observer.started(STEP, total)
    run_ffmpeg(
        [*inputs, "-filter_complex", ";".join(chains), "-map", "[v]", "-map", "[a]", *coding, target.name],
        target.parent,
        lambda seconds: observer.advanced(STEP, seconds),
    )
    observer.finished(STEP)
