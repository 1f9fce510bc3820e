"""Proof of a rendered clip: it is opened again, and its sound and first picture are compared with the recording's.

The sound is cross-correlated with the recording's at the in-point and at the out-point. The first picture is compared
with the frames of the recording around the wanted one, which PyAV decodes, so a mistake of FFmpeg's seek can't hide.
The words are looked for by their energy: where one was said, the clip must not be silent.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import av.container
import av.error
import numpy as np
from numpy.typing import NDArray

from asdelivered.base.span import TimeSpan
from asdelivered.media.audio_reader import AudioReader, open_audio
from asdelivered.media.edit import Clip, frame_span
from asdelivered.media.edit_source import EditSource
from asdelivered.media.errors import MediaError
from asdelivered.media.mixing import channel_lost_in_mix, mixed
from asdelivered.media.recording import clock_zero, open_recording, opened
from asdelivered.media.rendering.framing import MIDDLE
from asdelivered.media.rendering.picture import BELATED
from asdelivered.media.rendering.upright import pixel_aspect, upright
from asdelivered.media.timecode import seconds_at

LATEST = 5.0
"""Milliseconds by which the sound may be off."""
ALIKE = 0.5
"""The least correlation of the clip's sound with the recording's; codecs leave over 0.9 of speech."""
COMPARED = Fraction(20)
"""Seconds of sound that are compared at each end of a clip."""
SILENT = -70.0
"""dB of full scale below which there is no sound to compare."""
BELOW_SPEECH = 30.0
"""dB below the loud parts of a clip; where nothing in a word's time is louder, the word is not in the clip."""
_NEAR_BEST = 0.98
"""Share of the best correlation that one within LATEST must have to be believed: hum is alike at many offsets."""
_BLOCK = 20
"""Milliseconds over which levels are measured."""
_LEADS = (2, 12, 60)
"""Seconds before a frame from which to decode, in turn, where the seek ends after it."""
_AROUND = 3
"""Frames to look at before and after the wanted one."""
_GRID = 32
"""Columns and rows of the coarse picture in which frames are compared."""
_CODED = 4.0
"""Grey levels by which coding changes a coarse picture at most."""
_CURE = "convert the recording to MP4 first, and name it with --recording"
_FLAT = 2.0
"""Grey levels (standard deviation) below which a picture shows nothing that could be told apart."""

Grid = NDArray[np.float64]


@dataclass(frozen=True)
class ClipProof:
    """What was measured in a rendered clip.

    frame: the frame of the recording (counted from its first) that the first picture shows; None without a picture, or
        where the picture shows nothing that could be told apart.
    offset: milliseconds by which the sound is late against the recording's; None where both are silent.
    match: correlation of the two sounds, 0 to 1.
    sounding, words: how many of the clip's words have sound where they were said, and how many have a time.
    heard: how many of them a recogniser heard; None where it did not listen, since the sound was proof enough.
    """

    frame: int | None
    offset: float | None
    match: float | None
    sounding: int
    words: int
    heard: int | None = None

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON values."""
        sound = None
        if self.offset is not None and self.match is not None:
            sound = {"offset_ms": round(self.offset, 2), "match": round(self.match, 3)}
        words: dict[str, Any] = {"sounding": self.sounding, "of": self.words, "by": "energy"}
        if self.heard is not None:
            words |= {"heard": self.heard, "by": "recognition"}
        return {"first_frame": self.frame, "sound": sound, "words": words}


@dataclass(frozen=True)
class Part:
    """A clip in a rendered file, whole or within a reel, and when each of its words was said (ms, on the recording).

    `crop_at` is where its first picture was cropped: shares of the room beside and above the crop.
    """

    clip: Clip
    words: tuple[TimeSpan, ...] = ()
    crop_at: tuple[float, float] = MIDDLE


def prove(
    source: EditSource,
    parts: Sequence[Part],
    path: Path,
    *,
    has_picture: bool,
    is_drawn_on: bool = False,
    after: Fraction | int = 0,
) -> tuple[ClipProof, ...]:
    """Compare a rendered file with the recording: the `parts` that it holds, one directly after the other.

    `has_picture`: the picture is the recording's own, and is to be compared. `is_drawn_on`: something covers it, or it
    was cropped, or its colours were changed; then it need only be more like the wanted frame than like its neighbours.
    `after`: seconds that follow the last part, an end card.
    Raises MediaError, a sentence, where the file is not what was asked for.
    """
    made = open_recording(path)
    proofs: list[ClipProof] = []
    at = Fraction(0)
    pictures = _Pictures(path) if has_picture else None
    with open_audio(made) as clip_sound, open_audio(source.recording) as sound:
        for part in parts:
            first, _ = frame_span(part.clip, source)
            start, end = rendered_span(source, part.clip, has_picture=made.video is not None)
            offset, match = _sound_match(clip_sound, at, sound, start, end)
            sounding = _sounding(clip_sound, at, part.words, start, end)
            frame = None
            if pictures is not None:
                frame = _frame_shown(source, first, pictures.at(at), is_drawn_on, part.crop_at)
            proof = ClipProof(frame, offset, match, sounding, len(part.words))
            _check(proof, part, first, path)
            proofs.append(proof)
            at += end - start
    at += after
    if pictures is not None and abs(pictures.end - at) > Fraction(3, 2) / source.rate.fps:
        raise MediaError(
            f"{path.name} is not kept: its pictures last {float(pictures.end):.2f} s and its sound {float(at):.2f} s; "
            "convert the recording to MP4 with a constant frame rate first"
        )
    return tuple(proofs)


def rendered_span(source: EditSource, clip: Clip, *, has_picture: bool) -> tuple[Fraction, Fraction]:
    """Return what a rendered file holds of a clip, in seconds on the recording's clock: whole frames, or the clip."""
    if not has_picture or source.size is None:
        return clip.start, clip.end
    first, last = (source.start + seconds_at(frame, source.rate) for frame in frame_span(clip, source))
    return first, last


def _check(proof: ClipProof, part: Part, first: int, path: Path) -> None:
    if proof.match is not None and proof.match < ALIKE:
        raise MediaError(
            f"{path.name} is not kept: its sound is not the recording's (match {proof.match:.2f}); {_CURE}"
        )
    if proof.offset is not None and proof.offset > LATEST:
        raise MediaError(f"{path.name} is not kept: its sound is {proof.offset:.0f} ms late; {_CURE}")
    if proof.offset is not None and proof.offset < -LATEST:
        raise MediaError(f"{path.name} is not kept: its sound is {-proof.offset:.0f} ms early; {_CURE}")
    if proof.frame is not None and proof.frame != first:
        raise MediaError(
            f"{path.name} is not kept: its first picture is frame {proof.frame}, not {first}; {_CURE}"
        )
    if 2 * proof.sounding < proof.words:
        raise MediaError(
            f"{path.name} is not kept: only {proof.sounding} of the {proof.words} words of “{part.clip.name}” have "
            "sound where they should be; check that the alignment belongs to this recording"
        )


def _sound_match(
    made: AudioReader, at: Fraction, original: AudioReader, start: Fraction, end: Fraction
) -> tuple[float | None, float | None]:
    """Return the worst offset in ms, and the least correlation, at both ends of a clip that begins at `at`."""
    length = min(COMPARED, end - start)
    results: list[tuple[float, float]] = []
    for begin in dict.fromkeys((start, end - length)):
        place = at + begin - start
        there, read = _as_one(
            original.read(begin, begin + length).samples, made.read(place, place + length).samples
        )
        if _level(there) < SILENT and _level(read) < SILENT:
            continue
        seconds = np.arange(len(there)) / original.sample_rate
        here = np.interp(seconds, np.arange(len(read)) / made.sample_rate, read)
        results.append(_offset(here, there, original.sample_rate))
    if not results:
        return None, None
    return max((offset for offset, _ in results), key=abs), min(match for _, match in results)


def _as_one(original: NDArray[np.int32], made: NDArray[np.int32]) -> tuple[Grid, Grid]:
    """Return two sounds of several channels mixed to one, or the same channel of both, where the mix would lose it.

    Of two channels that are opposite, one is the negative of the other.
    """
    lost = channel_lost_in_mix(original)
    if lost is None or original.shape[1] != made.shape[1]:
        return mixed(original), mixed(made)
    return original[:, lost].astype(np.float64), made[:, lost].astype(np.float64)


def _offset(here: Grid, there: Grid, rate: int) -> tuple[float, float]:
    """Return by how many ms `here` is late, and how well the two correlate then."""
    size = 1 << (2 * len(there) - 1).bit_length()
    spectrum = np.fft.rfft(here, size) * np.conj(np.fft.rfft(there, size))
    correlation = np.fft.irfft(spectrum, size) / (np.linalg.norm(here) * np.linalg.norm(there) + 1e-9)
    near = round(LATEST * rate / 1000)
    around = np.concatenate([correlation[-near:], correlation[: near + 1]])
    shift = int(np.argmax(around)) - near
    if around.max() < _NEAR_BEST * correlation.max():
        shift = int(np.argmax(correlation))
        shift -= size if shift > size // 2 else 0
    return 1000 * shift / rate, float(max(0.0, correlation[shift]))


def _level(sound: Grid) -> float:
    return float(20 * np.log10(np.sqrt(np.mean(np.square(sound / 2**31))) + 1e-12)) if len(sound) else -240.0


def _sounding(
    made: AudioReader, at: Fraction, words: Sequence[TimeSpan], start: Fraction, end: Fraction
) -> int:
    """Return how many words have sound in the clip, from `at` on in its file and from `start` on in the recording."""
    block = made.sample_rate * _BLOCK // 1000
    powers = [*_powers(made, at, at + end - start, block)]
    if not powers:
        return 0
    levels = 10 * np.log10(np.array(powers) + 1e-12)
    quiet = max(SILENT, float(np.percentile(levels, 95)) - BELOW_SPEECH)
    count = 0
    for word in words:
        first = max(0, int((word.start - start * 1000) // _BLOCK))
        last = max(first + 1, int((word.end - start * 1000) // _BLOCK) + 1)
        count += bool(levels[first:last].size and levels[first:last].max() >= quiet)
    return count


def _powers(made: AudioReader, start: Fraction, end: Fraction, block: int) -> Iterator[float]:
    waiting = np.zeros(0)
    for piece in made.stream(start, end):
        waiting = np.concatenate([waiting, mixed(piece) / 2**31 if len(piece) else np.zeros(0)])
        whole = len(waiting) // block * block
        yield from np.square(waiting[:whole].reshape(-1, block)).mean(axis=1).tolist()
        waiting = waiting[whole:]


@dataclass(frozen=True)
class _Picture:
    """A decoded picture, and the width of its pixels for a height of 1."""

    frame: av.VideoFrame
    aspect: Fraction


class _Pictures:
    """The pictures of a rendered file; `end` is when the last one ends, in seconds."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with opened(path) as container:
            stream = container.streams.video[0]
            tick = stream.time_base or Fraction(1)
            ends = (
                (packet.pts + (packet.duration or 0)) * tick
                for packet in container.demux(stream)
                if packet.pts is not None
            )
            self.end = max(ends, default=Fraction(0)) - clock_zero(container)

    def at(self, time: Fraction) -> _Picture:
        """Return the picture that is shown at a time. Raises MediaError where there is none."""
        with opened(self._path) as container:
            stream = container.streams.video[0]
            tick, zero = stream.time_base or Fraction(1), clock_zero(container)
            aspect = pixel_aspect(stream)
            shown: av.VideoFrame | None = None
            try:
                if time:
                    container.seek(round((time + zero) / tick), stream=stream)
                for frame in container.decode(stream):
                    assert isinstance(frame, av.VideoFrame)
                    late = frame.pts is not None and frame.pts * tick - zero > time + Fraction(1, 500)
                    if shown is not None and late:
                        break
                    shown = frame
                    if not time:
                        break
            except av.error.FFmpegError as error:
                raise MediaError(f"{self._path.name} is not kept: its picture can't be decoded") from error
        if shown is None:
            raise MediaError(f"{self._path.name} is not kept: it has no picture at {float(time):.2f} s")
        return _Picture(shown, aspect)


def _frame_shown(
    source: EditSource, first: int, made: _Picture, is_drawn_on: bool, crop_at: tuple[float, float]
) -> int | None:
    """Return the frame of the recording that a picture shows; `first`, unless another is clearly more alike.

    None where the picture is flat, or the recording can't be decoded there. Raises MediaError where it is unlike all.
    """
    candidates = _frames_around(source, first)
    if not candidates:
        return None
    shown = upright(made.frame, made.aspect)
    wanted = _coarse(shown, shown.shape)
    if float(wanted.std()) < _FLAT:
        return None
    unlike = {
        number: _difference(wanted, _coarse(picture, shown.shape, crop_at))
        for number, picture in candidates.items()
    }
    best = min(unlike, key=lambda number: (unlike[number], abs(number - first)))
    if not is_drawn_on and unlike[best] > _CODED + _shifted(candidates[best], shown.shape):
        time = float(source.start + seconds_at(first, source.rate))
        raise MediaError(
            f"the clip at {time:.2f} s of {source.path.name} is not kept: its first picture is none of the "
            f"recording's around that time; {_CURE}"
        )
    # A crop that follows a face lies on other pixels than the one that is compared.
    spare = 0.5 if crop_at == MIDDLE else 0.5 + _shifted(candidates[best], shown.shape)
    if first in unlike and unlike[first] <= 1.5 * unlike[best] + spare:
        return first
    return best


def _frames_around(source: EditSource, first: int) -> dict[int, Grid]:
    """Return the pictures of the recording around a frame, by number; the one shown longest takes its first number."""
    video = source.recording.video
    assert video is not None
    frame = seconds_at(1, source.rate)
    time = source.start + first * frame
    with opened(source.path) as container:
        stream = container.streams[video.index]
        assert isinstance(stream, av.VideoStream)
        zero, aspect = clock_zero(container), pixel_aspect(stream)
        tick = stream.time_base or Fraction(1)
        for lead in (*_LEADS, None):
            begin = Fraction(0) if lead is None else max(Fraction(0), time - lead)
            try:
                container.seek(round((begin + zero) / tick), stream=stream)
                shown = [*_shown(container, stream.index, zero, time, frame)]
            except av.error.FFmpegError:
                continue
            if shown and shown[0][0] <= max(source.start, time - frame) + frame / 2:
                break
            if not begin:
                break
        else:
            return {}
    kept: dict[int, Grid] = {}
    for (at, picture), (after, _) in itertools.pairwise([*shown, (time + (_AROUND + 1) * frame, None)]):
        begins, ends = (math.ceil((moment - source.start) / frame - BELATED) for moment in (at, after))
        # One that begins and ends between two frames is never shown.
        if picture is not None and first - _AROUND < ends > begins <= first + _AROUND:
            # What is still shown at the wanted time is the wanted picture, whenever it began.
            kept[first if begins <= first < ends else begins] = upright(picture, aspect)
    return kept


def _shown(
    container: av.container.InputContainer, index: int, zero: Fraction, time: Fraction, frame: Fraction
) -> Iterator[tuple[Fraction, av.VideoFrame]]:
    """Yield the frames from a little before a time to a little after it, each with its own time."""
    tick = container.streams[index].time_base or Fraction(1)
    last: tuple[Fraction, av.VideoFrame] | None = None
    started = False
    for decoded in container.decode(container.streams[index]):
        if not isinstance(decoded, av.VideoFrame) or decoded.pts is None:
            continue
        at = decoded.pts * tick - zero
        if at < time - (_AROUND + Fraction(1, 2)) * frame:
            last = at, decoded
            continue
        if last is not None and not started:
            yield last
        started = True
        if at > time + (_AROUND + Fraction(1, 2)) * frame:
            return
        yield at, decoded
    if not started and last is not None:
        yield last


def _coarse(picture: Grid, shape: tuple[int, ...], crop_at: tuple[float, float] = MIDDLE) -> Grid:
    """Return a picture, cropped to the proportions of `shape` at its middle or elsewhere, as a coarse picture."""
    height, width = picture.shape
    wanted = shape[1] / shape[0]
    columns, rows = min(width, height * wanted), min(height, width / wanted)
    across = _averages(picture, (width - columns) * crop_at[0], columns)
    return _averages(across.T, (height - rows) * crop_at[1], rows).T


def _shifted(picture: Grid, shape: tuple[int, ...]) -> float:
    """Return by how many grey levels a picture differs from itself a pixel farther: crops lie on even pixels."""
    farther = np.roll(picture, (1, 1), axis=(0, 1))
    return float(np.sqrt(np.mean(np.square(_coarse(picture, shape) - _coarse(farther, shape)))))


def _averages(picture: Grid, first: float, length: float) -> Grid:
    """Return the means of _GRID equal parts of each row, from column `first` on, to fractions of a column."""
    sums = np.pad(picture.cumsum(axis=1), ((0, 0), (1, 0)))
    edges = first + np.linspace(0, length, _GRID + 1)
    whole = np.minimum(edges.astype(int), picture.shape[1] - 1)
    at = sums[:, whole] + (edges - whole) * (sums[:, whole + 1] - sums[:, whole])
    means: Grid = np.diff(at, axis=1) * (_GRID / length)
    return means


def _difference(made: Grid, original: Grid) -> float:
    """Return by how many grey levels two pictures differ, whatever their brightness and contrast."""
    if float(original.std()) < _FLAT:
        return float(made.std())
    slope, level = np.polyfit(original.ravel(), made.ravel(), 1)
    return float(np.sqrt(np.mean(np.square(made - max(0.0, slope) * original - level))))
