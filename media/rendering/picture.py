"""The picture of a clip: whether it can be copied without encoding, and FFmpeg's arguments where it can't.

Frames are found by their own timestamps; FFmpeg's seek aims a quarter of a frame before the wanted one, and what
comes is looked at. A copy must begin at a keyframe, and may end only where no frame inside needs one from outside.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import av.container
import av.error
import av.stream

from asdelivered.media.edit_source import EditSource
from asdelivered.media.errors import MediaError
from asdelivered.media.recording import MICROSECONDS, clock_zero, opened
from asdelivered.media.rendering.ffmpeg import input_file, run_ffmpeg
from asdelivered.media.rendering.framing import CENTRED, Framing
from asdelivered.media.timecode import seconds_at

TONE_MAPPED = (
    "zscale=transfer=linear:npl=203",
    "format=gbrpf32le",
    "zscale=primaries=bt709",
    "tonemap=mobius:desat=0",
    "zscale=transfer=bt709:matrix=bt709:range=limited",
    "format=yuv420p",
)
"""From PQ or HLG to the brightness and colours of usual screens (BT.709); 203 cd/m2 is white (ITU-R BT.2408)."""
DEINTERLACED = "bwdif=mode=send_frame:deint=interlaced"
"""One picture of each pair of fields: screens show both at once, and what moves would have combs at its edges."""
_LEAD = 2
"""Seconds to read before a clip where the rate varies: the first frame shown may have begun this much earlier."""


BELATED = Fraction(9, 20)
"""Frames by which a picture may begin after the frame that shows it: a little less than half, so that of pictures at
twice the rate it is always the same one."""
_LEADS = (2, 12, 60)
"""Seconds before a clip from which to decode, in turn, where FFmpeg's seek ends after its first frame."""
_GAP = Fraction(3, 2)
"""Frames between two times that are more than rounding: one is missing there."""
_REORDERED = 1
"""Seconds by which frames may be stored before others that are shown earlier."""
_SEEKING = frozenset({"mpegts", "mpeg", "mxf"})
"""Formats (FFmpeg's names) in which its seek need not end at the keyframe before."""
_SHOWN = re.compile(r"Parsed_showinfo.* pts_time:(-?[\d.]+)")


def can_copy(source: EditSource, first: int, last: int) -> bool:
    """Return whether frames `first` up to `last` can be copied without encoding.

    The first must be a keyframe, and the file must store them all in a row, with no other frame among them. A picture
    that encoding would change is never copied (in HDR, interlaced, on its side, with odd sides or pixels that aren't
    square): one clip would be changed, and the next one not.
    Raises MediaError where the recording can't be opened.
    """
    video = source.recording.video
    if video is None or video.is_hdr or video.interlaced or source.displayed != (video.width, video.height):
        return False
    if source.recording.parts > 1 or varies(source, first, last):
        return False
    with opened(source.path) as container:
        stream = container.streams[video.index]
        tick = stream.time_base
        if not tick or container.format.name in _SEEKING:
            return False
        zero = clock_zero(container)
        half = seconds_at(1, source.rate) / 2
        begin, end = (source.start + seconds_at(frame, source.rate) + zero - half for frame in (first, last))
        _seek_frame(container, stream, source, first)
        packets = container.demux(stream)  # the very last packet is empty and has no time

        def is_inside(packet: av.Packet[av.stream.Stream]) -> bool:
            return packet.pts is not None and begin <= packet.pts * tick < end

        keyframe = next(packets)
        if not (keyframe.is_keyframe and is_inside(keyframe)):
            return False
        return all(map(is_inside, itertools.islice(packets, last - first - 1)))


def _seek_frame(
    container: av.container.InputContainer, stream: av.stream.Stream, source: EditSource, first: int
) -> None:
    """Go to the keyframe at frame `first`, or to the one before it."""
    halfway = source.start + (first + Fraction(1, 2)) / source.rate.fps + clock_zero(container)
    container.seek(round(halfway / (stream.time_base or 1)), stream=stream)


def copied_input(source: EditSource, first: int) -> list[str]:
    """Return the arguments that open the recording at the keyframe that is frame `first`, to copy from there."""
    video = source.recording.video
    assert video is not None
    with opened(source.path) as container:
        stream = container.streams[video.index]
        tick = stream.time_base or Fraction(1)
        _seek_frame(container, stream, source, first)
        keyframe = next(container.demux(stream))
        # Its own time, which may differ by a part of a frame: what comes before the time asked for is cut off.
        own = (keyframe.pts or 0) * tick - clock_zero(container)
    # Later than the keyframe by less than a tick of any file: from before it, FFmpeg would go to the previous one.
    time = own + Fraction(2, MICROSECONDS)
    return ["-ss", _seconds(_from_start(source, time)), *input_file(source.path)]


@dataclass(frozen=True)
class PictureStart:
    """Where decoding begins for a clip: `lead` seconds before frame `first` is shown, which FFmpeg has confirmed.

    `varying`: the rate varies within the clip, so the frame shown at its start may have begun earlier. `from_start`:
    all of the recording before the clip is decoded; in some formats even a seek to the very start would end later.
    """

    source: EditSource
    first: int
    lead: Fraction
    varying: bool
    from_start: bool = False

    @property
    def input(self) -> list[str]:
        """FFmpeg's arguments that open the recording there."""
        time = self.source.start + seconds_at(self.first, self.source.rate)
        seek = [] if self.from_start else ["-ss", _seconds(_from_start(self.source, time) - self.lead)]
        return [*seek, *input_file(self.source.path)]

    @property
    def filters(self) -> list[str]:
        """The filters that drop what was decoded before the first frame, and let that be shown at zero."""
        rate = self.source.rate
        if self.varying:
            fps, frames = rate.fps, round(self.lead * rate.fps)
            return [
                # The filter takes the nearest frame.
                f"setpts=PTS+{_seconds((Fraction(1, 2) - BELATED) / fps)}/TB",
                f"fps={fps.numerator}/{fps.denominator}:start_time=0",
                # The last picture stays where the sound goes on.
                "tpad=stop=-1:stop_mode=clone",
                f"trim=start_frame={frames}",
                "setpts=PTS-STARTPTS",
            ]
        before = self.lead - seconds_at(1, rate) / 2
        trimmed = [f"trim=start={_seconds(before)}"] if before > 0 else []
        return [*trimmed, "setpts=PTS-STARTPTS"]


def picture_start(source: EditSource, first: int, last: int, folder: Path) -> PictureStart:
    """Return where to begin decoding for the frames `first` up to `last`; FFmpeg decodes a frame in `folder` to see.

    In transport and program streams, MXF and others FFmpeg's seek may end after the wanted frame. So what comes first
    is looked at, and decoding begins earlier until the wanted frame does come.

    Raises MediaError where no way leads to that frame.
    """
    video = source.recording.video
    assert video is not None
    if source.recording.parts > 1:
        raise MediaError(
            f"{source.path} was joined from {source.recording.parts} parts, in which pictures can't be found exactly: "
            "convert it to MP4 first, or choose a format of sound"
        )
    if _guesses_times(source):
        raise MediaError(
            f"{source.path} is a program stream, where pictures can't be found exactly: convert it to MP4 first, "
            "or choose a format of sound"
        )
    varying = varies(source, first, last)
    frame = seconds_at(1, source.rate)
    # FFmpeg may round times to whole frames: a quarter is on the safe side of all that it rounds.
    spare = Fraction(0) if varying else frame / 4
    usual = seconds_at(_lead(source, first), source.rate) if varying else spare
    wanted = _from_start(source, source.start + seconds_at(first, source.rate))
    longer = (round(lead / frame) * frame + spare for lead in _LEADS)
    leads = [min(usual, wanted), *(lead for lead in longer if usual < lead < wanted)]
    for lead in [*leads, None]:
        start = PictureStart(
            source, first, _whole_lead(source, first) if lead is None else lead, varying, lead is None
        )
        shown = _first_shown(start, video.index, folder)
        if shown is not None and (
            shown - start.lead < BELATED * frame if varying else abs(shown - start.lead) < frame / 2
        ):
            return start
    raise MediaError(
        f"the picture of {source.path} at {float(source.start + first * frame):.2f} s can't be reached exactly: "
        "convert the recording to MP4 or Matroska first"
    )


def _guesses_times(source: EditSource) -> bool:
    """Return whether FFmpeg guesses the times of frames: in program streams, which store few, by frames too late."""
    with opened(source.path) as container:
        return container.format.name == "mpeg"


def _whole_lead(source: EditSource, first: int) -> Fraction:
    """Return when frame `first` is shown, in seconds as FFmpeg counts them where it decodes from the start."""
    frames = seconds_at(first, source.rate)
    with opened(source.path) as container:
        # Here it counts from the start of the streams that it decodes, which is the picture alone.
        if container.format.name == "mpegts":
            return frames
    return _from_start(source, source.start + frames)


def _first_shown(start: PictureStart, stream: int, folder: Path) -> Fraction | None:
    """Return when the first frame comes, in seconds after decoding begins; None where none does."""
    # All filters but the last, which would move the frame to zero; where the rate varies, the others make up frames.
    kept = [] if start.varying else start.filters[:-1]
    looked = ",".join([*kept, "showinfo=checksum=0"])
    nothing = ["-filter:v", looked, "-frames:v", "1", "-f", "null", "-"]
    match = _SHOWN.search(run_ffmpeg([*start.input, "-map", f"0:{stream}", *nothing], folder))
    return Fraction(match[1]) if match else None


def picture_filters(
    start: PictureStart, crop: tuple[int, int] | None, framing: Framing = CENTRED, counted_from: int = 0
) -> list[str]:
    """Return the filters that turn the decoded picture into the clip's.

    It begins at zero and has square pixels, even sides, whole frames, and the usual range of brightness. `crop`: a
    size, to which its middle is scaled, or what `framing` says; the picture begins with frame `counted_from` of the
    clip.
    """
    source = start.source
    video, shown = source.recording.video, source.displayed
    assert video is not None
    assert shown is not None
    filters = [*([DEINTERLACED] if video.interlaced else []), *start.filters]
    if source.pixel_aspect != 1:
        filters += [f"scale={shown[0]}:{shown[1]}:flags=lanczos", "setsar=1"]
    if crop is not None:
        width, height = crop
        places = (framing.expression(axis, counted_from) for axis in (0, 1))
        x, y = (
            f":{name}='({size})*{place}'" if place else ""
            for name, size, place in zip("xy", ("iw-ow", "ih-oh"), places, strict=True)
        )
        filters += [
            f"crop=w='min(iw,ih*{width}/{height})':h='min(ih,iw*{height}/{width})'{x}{y}",
            f"scale={width}:{height}:flags=lanczos",
            "setsar=1",
        ]
    elif source.pixel_aspect == 1 and shown != source.size:
        # Most codecs store colours for pairs of pixels.
        filters.append(f"crop=w={shown[0]}:h={shown[1]}:x=0:y=0:exact=1")
    if video.is_hdr:
        filters += TONE_MAPPED
    return filters


def varies(source: EditSource, first: int, last: int) -> bool:
    """Return whether the frame rate differs from that of `source`, which is constant.

    The header says so or, between frames `first` and `last`, the times of the frames do: a header may hide it.
    """
    video = source.recording.video
    assert video is not None
    mean = video.frame_rate
    if mean is None or abs(mean / source.rate.fps - 1) > Fraction(1, 5000):
        return True
    frame = seconds_at(1, source.rate)
    begin, end = (source.start + seconds_at(at, source.rate) for at in (first, last))
    times = sorted(_frame_times(source, video.index, begin, end))
    if not times or times[-1] < end - 2 * frame:
        return bool(
            times
        )  # the last picture is shown for longer: a still, or a picture that ends before the sound
    return any(
        later - earlier > _GAP * frame
        for earlier, later in itertools.pairwise(times)
        if later > begin and earlier < end - frame
    )


def ends_within(source: EditSource, first: int, last: int) -> bool:
    """Return whether the picture ends before frame `last`, so that its last one stays: a still, or a failed camera.

    A frame or so is missing at the end of many recordings.
    """
    video = source.recording.video
    assert video is not None
    begin, end = (source.start + seconds_at(at, source.rate) for at in (first, last))
    latest = max(_frame_times(source, video.index, begin, end), default=end)
    return latest < end - 2 * seconds_at(1, source.rate)


def _frame_times(source: EditSource, index: int, begin: Fraction, end: Fraction) -> Iterator[Fraction]:
    """Yield the times of the frames from the keyframe before `begin` to after `end`, in the order of the file."""
    with opened(source.path) as container:
        stream = container.streams[index]
        tick = stream.time_base
        if not tick or container.format.name in _SEEKING:
            return  # there, not every frame has a time
        zero = clock_zero(container)
        try:
            container.seek(max(0, round((begin + zero) / tick)), stream=stream)
            for packet in container.demux(stream):
                if packet.pts is not None:
                    yield packet.pts * tick - zero
                if packet.dts is not None and packet.dts * tick - zero > end + _REORDERED:
                    return
        except av.error.FFmpegError:
            return  # damage; FFmpeg will say so when it renders


def _lead(source: EditSource, first: int) -> int:
    """Return how many frames to decode before a clip where the rate varies."""
    return min(first, round(_LEAD * source.rate.fps))


def _from_start(source: EditSource, time: Fraction) -> Fraction:
    """Return a time on the recording's clock as FFmpeg's -ss counts it: from the start of the earliest stream."""
    with opened(source.path) as container:
        begins = Fraction(container.start_time or 0, MICROSECONDS)
        return max(Fraction(0), time + clock_zero(container) - begins)


def _seconds(time: Fraction) -> str:
    return f"{float(time):.6f}"
