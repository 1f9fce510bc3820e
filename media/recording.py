"""Open a recording: its streams, length, start and embedded timecode.

FFmpeg (through PyAV) reads from a file object and may use no protocol: a playlist disguised as a recording can't make
it open other files or reach the network.
"""

from __future__ import annotations

import itertools
import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import av
import av.container
import av.error
import av.stream

from asdelivered.media.errors import MediaError
from asdelivered.media.frame_steps import rate_of_steps
from asdelivered.media.joined import JoinedClock
from asdelivered.media.stated_length import breaks_off, states_length
from asdelivered.media.timecode import FrameRate, TimecodeError, to_label

_PLAYLIST = b"#EXTM3U"
_FRAME_NUMBER = 4
"""Bytes of the sample of a QuickTime timecode track (QuickTime File Format, "Timecode sample data")."""
MICROSECONDS = 1_000_000
SAMPLE_RATES = range(4_000, 768_001)
"""Possible sample rates, in Hz; any other means that the header is damaged."""
MAX_CHANNELS = 64
_VARIED = Fraction(102, 100)
"""How many times the mean rate that of the shorter steps is at least, where the rate varies."""
WIDEST_PIXEL = 4
"""A wider pixel, or a higher one, means that the header is damaged."""
TURNING = frozenset({"mov,mp4,m4a,3gp,3g2,mj2", "matroska,webm"})
"""Formats (FFmpeg's names) that can say that players have to turn the picture."""
FIRST_PACKETS = 1000
"""Packets of a picture in which its first frame is looked for."""
LAST_SECONDS = 60
"""Seconds before the end that are looked at for the last packet of an Ogg file."""
HDR_TRANSFERS = frozenset({16, 18})
"""PQ (SMPTE ST 2084) and HLG (ARIB STD-B67), as numbered in ITU-T H.273."""


@dataclass(frozen=True)
class AudioStream:
    """An audio track. `index` counts all streams of the file, `track` its audio tracks from 1.

    `language` is the file's own tag. `first_channel` is how many channels the tracks before this one have together.
    """

    index: int
    codec: str
    sample_rate: int
    channels: int
    language: str | None
    track: int = 1
    first_channel: int = 0


@dataclass(frozen=True)
class VideoStream:
    """The picture: its size in pixels, and frames per second (None where the file doesn't say).

    `frame_rate` is the mean rate. `base_rate` is the finest rate: all frame times are multiples of its period, as far
    as FFmpeg or the first frames tell; where the two differ, the rate is variable. `start` is when the first frame is
    shown, in seconds on the recording's clock. `index` counts all streams of the file. `pixel_aspect` is the width of a
    pixel for a height of 1. `turned`: it is stored on its side, as phones do, and players turn it by a quarter.
    `is_hdr`: its brightness is coded as PQ or HLG (ITU-R BT.2100), which other screens show grey. `interlaced`: its
    first frame holds two fields, one after the other in time.
    """

    index: int
    codec: str
    width: int
    height: int
    frame_rate: Fraction | None
    base_rate: Fraction | None
    start: Fraction
    pixel_aspect: Fraction = Fraction(1)
    turned: bool = False
    is_hdr: bool = False
    interlaced: bool = False


@dataclass(frozen=True)
class Recording:
    """A recording that can be decoded.

    Its clock is the one that players show: zero is where the first of sound and picture begins. `duration` and
    `start_time` are whole milliseconds; `start_time` is the file's own timestamp at zero. `timecode` is the embedded
    start timecode exactly as in the file ("01:00:00;00" is drop-frame); a broadcast WAV has `samples_since_midnight`
    instead.

    `audio` is the track that is heard, and `channel` the one of its channels, counted from 0 (None: all, mixed);
    `tracks` are all that can be decoded. `media.sound.hearing` chooses another. A file joined from several `parts`
    counts its times anew in each; here they run on, by `offsets` seconds in each part.
    """

    path: Path
    duration: int
    start_time: int
    audio: AudioStream
    video: VideoStream | None
    timecode: str | None
    samples_since_midnight: int | None = None
    tracks: tuple[AudioStream, ...] = ()
    channel: int | None = None
    offsets: tuple[float, ...] = (0.0,)

    @property
    def parts(self) -> int:
        """How many parts the file was joined from."""
        return len(self.offsets)


def open_recording(path: str | os.PathLike[str]) -> Recording:
    """Open the audio or video file at `path`; at most one picture is decoded yet.

    If it has several audio tracks, the one that the file marks as default is heard, otherwise the first.

    Raises MediaError if it is missing, not a file, empty, unreadable or not a recording, if it has no sound, or
    if it is cut off before its end.

    Examples:
        >>> from asdelivered.media import open_recording
        >>> recording = open_recording("harbour.opus")
        >>> recording.duration, recording.audio.codec  # milliseconds
        (144137, 'opus')

    """
    path = Path(path)
    with opened(path) as container:
        audio = _audio(container, path)
        tracks = _tracks(container, audio)
        audio = next(track for track in tracks if track.index == audio.index)
        zero = clock_zero(container)
        duration = _stated_duration(container, path, zero)
        offsets: tuple[float, ...] = (0.0,)
        if duration is None:
            duration = _duration_of_last_packets(container, path, zero)
        if duration is None:
            duration, offsets = _counted_duration(container, path, zero)
        if _breaks_off(container, path):
            with opened(path) as again, suppress(MediaError):
                duration, _ = _counted_duration(
                    again, path, zero
                )  # what is there, not what the header states
            raise MediaError(
                f"{path} breaks off at {float(duration):.1f} s, in the middle of its data: "
                "the file is truncated; get the whole file"
            )
        return Recording(
            path=path,
            duration=max(0, round(duration * 1000)),
            start_time=round(zero * 1000),
            audio=audio,
            video=_video(container, zero, path),
            timecode=_timecode(container) or _counted_timecode(container, path),
            samples_since_midnight=_samples_since_midnight(container),
            tracks=tracks,
            offsets=offsets,
        )


@contextmanager
def opened(path: Path) -> Iterator[av.container.InputContainer]:
    """Open `path` with FFmpeg, and close it at the end.

    Raises MediaError where it can't be opened.
    """
    if str(path) == "-":
        raise MediaError("a recording can't come from standard input: save it to a file first")
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise MediaError(f"{path} is a folder: give the recording itself")
        if not stat.S_ISREG(mode):
            raise MediaError(f"{path} is not a regular file: save the recording to a file first")
        file = path.open("rb")
    except (FileNotFoundError, NotADirectoryError) as error:
        raise MediaError(f"there is no file {path}: check the path of the recording") from error
    except OSError as error:
        raise MediaError(f"{path} can't be read ({error.strerror}): check its permissions") from error
    with file:
        if path.stat().st_size == 0:
            raise MediaError(f"{path} is empty: get the recording again")
        if file.read(len(_PLAYLIST)) == _PLAYLIST:
            raise MediaError(
                f"{path} is a playlist of a stream (HLS), not a recording: download the recording first (yt-dlp takes "
                f"the address of a playlist; or ffmpeg -i {path.name} -c copy {path.stem}.mkv), then give the file"
            )
        file.seek(0)
        try:
            container = av.open(
                file, "r", container_options={"protocol_whitelist": "none"}, metadata_errors="replace"
            )
        except (av.error.FFmpegError, OSError) as error:
            raise MediaError(
                f"{path} can't be read as a recording (damaged, incomplete, or neither audio nor video): "
                "give a file that a player can play"
            ) from error
        with container:
            yield container


def clock_zero(container: av.container.InputContainer) -> Fraction:
    """Return where the recording's clock begins, in seconds of the file's own timestamps."""
    starts = [_start(stream) for stream in (*container.streams.audio, *_pictures(container))]
    return min((start for start in starts if start is not None), default=Fraction(0))


def _start(stream: av.stream.Stream) -> Fraction | None:
    """Return where a stream begins, in seconds of the file's own timestamps; None where it doesn't say."""
    if stream.start_time is None or not stream.time_base:
        return None
    return stream.start_time * stream.time_base


def _audio(container: av.container.InputContainer, path: Path) -> AudioStream:
    stream = container.streams.best("audio") or next(iter(container.streams.audio), None)
    if stream is None:
        if not _pictures(container) or container.format.name == "tty":
            raise MediaError(f"{path} is not a recording ({container.format.long_name}): give audio or video")
        raise MediaError(f"{path} has pictures but no sound: give a recording with an audio stream")
    if not isinstance(stream, av.AudioStream) or stream.codec_context is None:
        raise MediaError(f"the sound of {path} is in an unknown codec: convert it to FLAC or WAV first")
    sample_rate, channels = stream.codec_context.sample_rate, stream.codec_context.channels
    if not sample_rate:
        sample_rate, channels = _sound_of_first_frame(path, stream.index)
    if sample_rate not in SAMPLE_RATES or not 0 < channels <= MAX_CHANNELS:
        raise MediaError(f"the sound of {path} has a damaged header: get the recording again")
    return AudioStream(
        index=stream.index,
        codec=stream.codec_context.name,
        sample_rate=sample_rate,
        channels=channels,
        language=_language(stream),
    )


def _tracks(container: av.container.InputContainer, taken: AudioStream) -> tuple[AudioStream, ...]:
    """Return all audio tracks that can be decoded; `taken` is one of them. Others are left out, but count."""
    tracks: list[AudioStream] = []
    first_channel = 0
    for number, stream in enumerate(container.streams.audio, start=1):
        if stream.index == taken.index:
            track = taken
        elif (
            (context := stream.codec_context) is None
            or context.sample_rate not in SAMPLE_RATES
            or not 0 < context.channels <= MAX_CHANNELS
        ):
            continue
        else:
            track = AudioStream(
                stream.index, context.name, context.sample_rate, context.channels, _language(stream)
            )
        tracks.append(replace(track, track=number, first_channel=first_channel))
        first_channel += track.channels
    return tuple(tracks)


def _sound_of_first_frame(path: Path, index: int) -> tuple[int, int]:
    """Return sample rate and channels of a sound that begins so late that FFmpeg's probe of the start missed it."""
    with opened(path) as container:
        for packet in container.demux(container.streams[index]):
            try:
                frames = packet.decode()
            except av.error.FFmpegError:
                continue  # a capture may begin in the middle of a frame
            for frame in frames:
                assert isinstance(frame, av.AudioFrame)
                return frame.sample_rate, frame.layout.nb_channels
    raise MediaError(f"no sound of {path} can be decoded: the file is damaged; get it again")


def _language(stream: av.AudioStream) -> str | None:
    language: str = stream.metadata.get("language", "und")
    return None if language == "und" else language


def _pictures(container: av.container.InputContainer) -> list[av.VideoStream]:
    """Return the video streams, without cover art; first those that the file marks as the ones to be shown."""
    pictures = [
        stream
        for stream in container.streams.video
        if not stream.disposition & av.stream.Disposition.attached_pic
    ]
    return sorted(pictures, key=lambda stream: not stream.disposition & av.stream.Disposition.default)


def _video(container: av.container.InputContainer, zero: Fraction, path: Path) -> VideoStream | None:
    for stream in _pictures(container):
        if stream.codec_context is not None:
            start, first = _start(stream), _first_frame(path, stream.index)
            mean, base = stream.average_rate or stream.guessed_rate, stream.base_rate
            return VideoStream(
                index=stream.index,
                codec=stream.codec_context.name,
                width=stream.codec_context.width,
                height=stream.codec_context.height,
                frame_rate=mean or None,
                base_rate=_faster_steps(path, stream.index, mean) if mean and mean == base else base or None,
                start=Fraction(0) if start is None else start - zero,
                pixel_aspect=_pixel_aspect(stream),
                turned=container.format.name in TURNING and first is not None and first.rotation % 180 != 0,
                is_hdr=stream.codec_context.color_trc in HDR_TRANSFERS,
                interlaced=first is not None and bool(first.interlaced_frame),
            )
    return None


def _first_frame(path: Path, index: int) -> av.VideoFrame | None:
    """Return the first frame, for FFmpeg says of frames alone how they are shown; None where none can be decoded."""
    with opened(path) as container, suppress(av.error.FFmpegError):
        for packet in itertools.islice(container.demux(container.streams[index]), FIRST_PACKETS):
            # Damage at the start, or a capture that begins between two keyframes; the rest may be good.
            with suppress(av.error.FFmpegError):
                for frame in packet.decode():
                    if isinstance(frame, av.VideoFrame):
                        return frame
    return None


def _faster_steps(path: Path, index: int, stated: Fraction) -> Fraction:
    """Return the rate of the first frames where it is clearly higher than the mean that is `stated`, or else that."""
    with opened(path) as container:
        found = rate_of_steps(container, index)
    return found if found and found > stated * _VARIED else stated


def _pixel_aspect(stream: av.VideoStream) -> Fraction:
    stated = Fraction(stream.sample_aspect_ratio or 1)
    return stated if WIDEST_PIXEL >= stated >= 1 / WIDEST_PIXEL else Fraction(1)


def _timecode(container: av.container.InputContainer) -> str | None:
    """Return the start timecode of the picture, or else of a timecode track, or else of the whole file."""
    streams = (*_pictures(container), *container.streams.data)
    for metadata in (*(stream.metadata for stream in streams), container.metadata):
        for key, value in metadata.items():
            if key.lower() == "timecode" and value:
                return value
    return None


def _counted_timecode(container: av.container.InputContainer, path: Path) -> str | None:
    """Return the start timecode of a QuickTime timecode track that FFmpeg doesn't write out, from its frame number.

    Some cameras call their timecode drop-frame at rates that have none, such as 24: the number then counts all frames.
    """
    picture = next(iter(_pictures(container)), None)
    rate = picture and (picture.average_rate or picture.guessed_rate)
    tracks = [stream.index for stream in container.streams.data if stream.frames == 1]
    if not rate or not tracks or not container.format.name.startswith("mov,"):
        return None
    with opened(path) as again, suppress(av.error.FFmpegError, TimecodeError):
        sample = bytes(next(again.demux(again.streams[tracks[0]])))
        if len(sample) == _FRAME_NUMBER:
            return to_label(int.from_bytes(sample, "big"), FrameRate(rate.limit_denominator(1001)))
    return None


def _samples_since_midnight(container: av.container.InputContainer) -> int | None:
    """Return the time reference of a broadcast WAV (EBU Tech 3285): when its first sample was recorded."""
    stated = container.metadata.get("time_reference", "")
    return int(stated) if stated.isascii() and stated.isdigit() else None


def _stated_duration(container: av.container.InputContainer, path: Path, zero: Fraction) -> Fraction | None:
    """Return the length that the file states, in seconds; None where it states none that can be trusted."""
    # In these formats some files state where they end on their own clock, others how long they last.
    ambiguous = zero > 0 and container.format.name in ("ogg", "matroska,webm")
    if container.duration is None or ambiguous:
        return None
    with path.open("rb") as file:
        if not states_length(file, container.format.name):
            return None
    return Fraction(container.duration, MICROSECONDS)


def _breaks_off(container: av.container.InputContainer, path: Path) -> bool:
    with path.open("rb") as file:
        return breaks_off(file, container.format.name)


def _duration_of_last_packets(
    container: av.container.InputContainer, path: Path, zero: Fraction
) -> Fraction | None:
    """Return where the last packet of an Ogg file of one part ends, from its last seconds alone; None of others.

    In one part, times only grow, and packets are stored in their order.
    """
    with path.open("rb") as file:
        if container.format.name != "ogg" or not states_length(file, container.format.name):
            return None
    before_end = max(0, (container.duration or 0) - LAST_SECONDS * MICROSECONDS)
    end = zero
    try:
        container.seek(before_end)
        for packet in container.demux(*container.streams.audio, *_pictures(container)):
            if packet.pts is not None and packet.time_base:
                end = max(end, (packet.pts + (packet.duration or 0)) * packet.time_base)
    except (av.error.FFmpegError, OSError):
        end = zero  # the whole file is read then
    container.seek(0)
    return end - zero or None


def _counted_duration(
    container: av.container.InputContainer, path: Path, zero: Fraction
) -> tuple[Fraction, tuple[float, ...]]:
    """Return where the last packet ends, found by reading them all, and the offsets of the parts it was joined from.

    FFmpeg would only guess the length from the bit rate, or take that of one part. Packets without timestamps count
    with their durations.
    """
    untimed = Fraction(0)
    clock = JoinedClock()
    streams = (*container.streams.audio, *_pictures(container))
    bases = {stream.index: stream.time_base or Fraction(0) for stream in streams}
    units = {index: float(base) for index, base in bases.items()}
    begins = float(zero)
    ends: dict[
        tuple[int, int], int
    ] = {}  # the last, in units of its stream, by stream and microseconds to add
    try:
        for packet in container.demux(*streams):
            index, length = packet.stream_index, packet.duration or 0
            if packet.pts is not None and bases[index]:
                at = packet.pts * units[index] - begins
                later = clock.time(index, at, length * units[index]) - at
                place = index, round(later * MICROSECONDS)
                end = packet.pts + length
                ends[place] = max(ends.get(place, end), end)
            elif length and packet.stream.type == "audio":
                untimed += length * bases[index]
    except (av.error.FFmpegError, OSError) as error:
        reached = _last_of(ends, bases, zero)
        raise MediaError(f"{path} is damaged at {float(reached):.1f} s: get the recording again") from error
    return max(_last_of(ends, bases, zero), untimed), clock.offsets


def _last_of(ends: Mapping[tuple[int, int], int], bases: Mapping[int, Fraction], zero: Fraction) -> Fraction:
    """Return the latest of these ends, in seconds from `zero`; 0 where none is later."""
    found = (end * bases[i] - zero + Fraction(later, MICROSECONDS) for (i, later), end in ends.items())
    return max((Fraction(0), *found))
