"""The media formats of clips, by file extension."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from asdelivered.media.errors import MediaError
from asdelivered.media.rendering.ffmpeg import encoders


@dataclass(frozen=True)
class Codec:
    """An encoder of FFmpeg, by name, and its options."""

    encoder: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class MediaFormat:
    """A media format. `picture` is None where it holds sound alone.

    `copies` are the video codecs (FFmpeg's names) that it can hold without encoding them again; `options` are those of
    the file itself; `timecode` is whether it has a timecode track.
    """

    extension: str
    picture: Codec | None
    sound: Codec
    copies: frozenset[str] = frozenset()
    options: tuple[str, ...] = ()
    timecode: bool = False


_H264 = Codec("libx264", ("-preset", "fast", "-crf", "18", "-pix_fmt", "yuv420p"))
_VP9 = Codec(
    "libvpx-vp9", ("-crf", "24", "-b:v", "0", "-row-mt", "1", "-cpu-used", "4", "-pix_fmt", "yuv420p")
)
_AAC = Codec("aac", ("-b:a", "160k"))
_OPUS = Codec("libopus", ("-b:a", "96k"))
_STREAMED = ("-movflags", "+faststart")
_ALL = (
    MediaFormat("mp4", _H264, _AAC, frozenset({"h264", "hevc", "mpeg4", "av1"}), _STREAMED, True),
    MediaFormat(
        "mov", _H264, _AAC, frozenset({"h264", "hevc", "mpeg4", "prores", "dnxhd", "mjpeg"}), _STREAMED, True
    ),
    MediaFormat(
        "mkv", _H264, _OPUS, frozenset({"h264", "hevc", "mpeg4", "av1", "vp8", "vp9", "prores", "mpeg2video"})
    ),
    MediaFormat("webm", _VP9, _OPUS, frozenset({"vp8", "vp9", "av1"})),
    MediaFormat("m4a", None, _AAC, options=_STREAMED),
    MediaFormat("mp3", None, Codec("libmp3lame", ("-q:a", "2"))),
    MediaFormat("wav", None, Codec("pcm_s16le")),
    MediaFormat("flac", None, Codec("flac")),
    MediaFormat("opus", None, _OPUS),
    MediaFormat("ogg", None, Codec("libvorbis", ("-q:a", "6"))),
)
FORMATS: Mapping[str, MediaFormat] = MappingProxyType({known.extension: known for known in _ALL})


def media_format(extension: str) -> MediaFormat:
    """Return the format of an extension ("mp4", ".mp4").

    Raises MediaError where it is unknown, or this FFmpeg can't encode it.
    """
    known = FORMATS.get(extension.lower().removeprefix("."))
    if known is None:
        raise MediaError(f"clips can't be written as {extension!r}: choose one of {', '.join(FORMATS)}")
    for codec in (known.picture, known.sound):
        if codec is not None and codec.encoder not in encoders():
            raise MediaError(
                f"the FFmpeg in use can't encode {known.extension}, for it lacks {codec.encoder}: choose another "
                "format, or unset IMAGEIO_FFMPEG_EXE"
            )
    return known


def usual_format(path_extension: str, has_picture: bool) -> MediaFormat:
    """Return the format for clips of a recording with this extension: the same one if it can be written.

    Raises MediaError where this FFmpeg can't encode it.
    """
    own = FORMATS.get(path_extension.lower().removeprefix("."))
    if own is not None and (own.picture is not None) == has_picture:
        return media_format(own.extension)
    return media_format("mp4" if has_picture else "m4a")
