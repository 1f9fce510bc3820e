"""A clip by PyAV alone, for installations without FFmpeg's program: the picture as it is, and the sound.

What draws, crops, joins or measures needs the program (media/rendering/ffmpeg.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import cast

import av
import av.codec
import av.container
import av.error
import numpy as np

from asdelivered.base.extras import Extra, MissingExtraError
from asdelivered.media.edit import frame_span
from asdelivered.media.edit_source import EditSource
from asdelivered.media.errors import MediaError
from asdelivered.media.recording import MICROSECONDS, clock_zero, opened
from asdelivered.media.rendering.encoding import CaptionedClip, Rendering, labels
from asdelivered.media.rendering.formats import Codec
from asdelivered.media.rendering.picture import BELATED
from asdelivered.media.rendering.soundtrack import BYTES, Soundtrack
from asdelivered.media.timecode import seconds_at

_LEADS = (Fraction(1), Fraction(12), Fraction(60), None)
"""Seconds before a clip from which to decode, in turn, until a frame before it comes; None: from the start."""
_PIECE = 1024
"""Samples that are encoded at a time."""
_USUAL_RATE = 48_000
"""Samples a second for codecs that do not take the recording's own."""


def render_plainly(
    source: EditSource, captioned: CaptionedClip, track: Soundtrack, rendering: Rendering, made: Path
) -> None:
    """Write a clip's picture, if the format has one, and its sound to the file `made`, both encoded.

    Raises MissingExtraError where more is asked for than that; MediaError where the recording can't be read or
    encoded.
    """
    codec = rendering.format.picture
    turned, ratio = _shape(source) if codec else (False, Fraction(1))
    video = source.recording.video if codec else None
    changed = turned or (video is not None and (video.interlaced or video.is_hdr))
    if captioned.captions or rendering.vertical or rendering.loudness is not None or changed:
        what = (
            "a picture that is turned, interlaced or in HDR"
            if changed
            else "drawing captions, cropping or setting the loudness"
        )
        raise MissingExtraError(Extra.CLIPS, what)
    options = {"movflags": "+faststart"} if "+faststart" in rendering.format.options else {}
    try:
        with av.open(str(made), "w", options=options) as container:
            container.metadata.update(labels(source, captioned.clip, rendering))
            picture = _add_picture(container, source, codec, ratio) if codec else None
            sound = _Sound(container, track, rendering.format.sound)
            if picture is not None:
                _write_picture(container, picture, source, captioned, sound)
            sound.write_rest()
    except av.error.FFmpegError as error:
        raise MediaError(f"{made.name} could not be encoded: {error}") from error


def _shape(source: EditSource) -> tuple[bool, Fraction]:
    """Return whether the picture is to be turned when it is shown, and the aspect ratio of a pixel."""
    video = source.recording.video
    assert video is not None
    with opened(source.path) as container:
        stream = container.streams[video.index]
        frame = next(container.decode(stream), None)
        turned = isinstance(frame, av.VideoFrame) and frame.rotation != 0
        ratio = stream.sample_aspect_ratio if isinstance(stream, av.VideoStream) else None
        return turned, ratio or Fraction(1)


def _add_picture(
    container: av.container.OutputContainer, source: EditSource, codec: Codec, ratio: Fraction
) -> av.VideoStream:
    assert source.size is not None
    options = _options(codec)
    form = options.pop("pix_fmt", "yuv420p")
    stream = cast(av.VideoStream, container.add_stream(codec.encoder, rate=source.rate.fps, options=options))
    # Half the colours of yuv420p need whole pairs of pixels.
    stream.width, stream.height = (size // 2 * 2 for size in source.size)
    stream.pix_fmt = form
    stream.codec_context.sample_aspect_ratio = ratio
    stream.codec_context.time_base = 1 / source.rate.fps
    return stream


def _write_picture(
    container: av.container.OutputContainer,
    stream: av.VideoStream,
    source: EditSource,
    captioned: CaptionedClip,
    sound: _Sound,
) -> None:
    """Encode the picture, and beside each frame its sound, so that a player finds both in one place."""
    number = -1
    for number, frame in enumerate(_frames(source, *frame_span(captioned.clip, source))):
        shown = frame.reformat(stream.width, stream.height, stream.pix_fmt)
        shown.pts, shown.time_base = number, 1 / source.rate.fps
        shown.pict_type = 0  # the encoder chooses
        container.mux(stream.encode(shown))
        sound.write_until(seconds_at(number, source.rate))
    if number < 0:
        raise MediaError(f"{source.path} has no picture at {float(captioned.clip.start):.2f} s")
    container.mux(stream.encode(None))


def _frames(source: EditSource, first: int, last: int) -> Iterator[av.VideoFrame]:
    """Yield the frames shown at `first` up to `last`, one for each, at the rate of `source`."""
    late = BELATED * seconds_at(1, source.rate)
    times = [source.start + seconds_at(number, source.rate) for number in range(first, last)]
    shown: av.VideoFrame | None = None
    given = 0
    for frame, time in _decoded(source, times[0] + late):
        while given < len(times) and shown is not None and times[given] + late <= time:
            yield shown
            given += 1
        if given == len(times):
            return
        shown = frame
    while given < len(times) and shown is not None:
        yield shown
        given += 1


def _decoded(source: EditSource, wanted: Fraction) -> Iterator[tuple[av.VideoFrame, Fraction]]:
    """Yield frames with their times, from one at or before `wanted` on, if the recording has it."""
    video = source.recording.video
    assert video is not None
    for lead in _LEADS:
        with opened(source.path) as container:
            zero = clock_zero(container)
            stream = container.streams[video.index]
            if lead is not None and wanted > lead:
                container.seek(round((wanted - lead + zero) * MICROSECONDS))
            began = False
            for frame in container.decode(stream):
                if not isinstance(frame, av.VideoFrame) or frame.pts is None or frame.time_base is None:
                    continue
                time = frame.pts * frame.time_base - zero
                if not began and time > wanted and lead is not None and wanted > lead:
                    break  # the seek ended too late
                began = True
                yield frame, time
            if began:
                return


class _Sound:
    """The sound of a clip, encoded piece by piece."""

    def __init__(self, container: av.container.OutputContainer, track: Soundtrack, codec: Codec) -> None:
        options = _options(codec)
        bits = options.pop("b:a", None)
        rates = av.codec.Codec(codec.encoder, "w").audio_rates
        rate = track.sample_rate if not rates or track.sample_rate in rates else _USUAL_RATE
        self._container = container
        self._track = track
        self._stream = cast(av.AudioStream, container.add_stream(codec.encoder, rate=rate, options=options))
        self._stream.layout = {1: "mono", 2: "stereo"}.get(track.channels, f"{track.channels}c")
        if bits is not None:
            self._stream.bit_rate = int(bits.removesuffix("k")) * 1000
        self._pieces = self._write()
        self._time = Fraction(0)

    def write_until(self, time: Fraction) -> None:
        """Encode the sound up to a time of the clip, in seconds."""
        while self._time < time and next(self._pieces, None) is not None:
            pass

    def write_rest(self) -> None:
        """Encode what is left."""
        for _ in self._pieces:
            pass

    def _write(self) -> Iterator[int]:
        stream, track = self._stream, self._track
        resampler = av.AudioResampler(stream.format, stream.layout, stream.rate, _PIECE)
        done = 0
        with track.path.open("rb") as file:
            while piece := file.read(_PIECE * BYTES * track.channels):
                samples = np.frombuffer(piece, "<i4").reshape(1, -1)
                frame = av.AudioFrame.from_ndarray(samples, "s32", stream.layout)
                frame.sample_rate = track.sample_rate
                frame.pts, frame.time_base = done, Fraction(1, track.sample_rate)
                done += samples.shape[1] // track.channels
                self._encode(resampler.resample(frame))
                self._time = Fraction(done, track.sample_rate)
                yield done
        self._encode([*resampler.resample(None), None])

    def _encode(self, frames: Iterable[av.AudioFrame | None]) -> None:
        for frame in frames:
            self._container.mux(self._stream.encode(frame))


def _options(codec: Codec) -> dict[str, str]:
    names = [name.removeprefix("-") for name in codec.options[::2]]
    return dict(zip(names, codec.options[1::2], strict=True))
