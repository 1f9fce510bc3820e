"""Captions inside a recording: a track beside its picture and sound, which are copied as they are."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import av
import av.error

from asdelivered.base.counting import counted
from asdelivered.base.extras import Extra, MissingExtraError
from asdelivered.media.errors import MediaError
from asdelivered.media.rendering.ffmpeg import find_ffmpeg, input_file, run_ffmpeg
from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.model import Captions
from asdelivered.subtitles.write import captions_file

_CODECS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        ".mp4": {"srt": "mov_text"},
        ".m4v": {"srt": "mov_text"},
        ".mov": {"srt": "mov_text"},
        ".mkv": {"srt": "srt", "ass": "ass", "vtt": "webvtt"},
        ".mka": {"srt": "srt", "ass": "ass", "vtt": "webvtt"},
        ".webm": {"vtt": "webvtt"},
    }
)
"""By the ending of a recording the formats of captions that it can hold, the usual one first, and their codecs."""

_CODES = """
ar:ara bg:bul bn:ben ca:cat cs:ces cy:cym da:dan de:deu el:ell en:eng es:spa et:est eu:eus fa:fas fi:fin fil:fil fr:fra
ga:gle gl:glg gu:guj he:heb hi:hin hr:hrv hu:hun hy:hye id:ind is:isl it:ita ja:jpn ka:kat km:khm kn:kan ko:kor lo:lao
lt:lit lv:lav mk:mkd ml:mal mr:mar ms:msa mt:mlt my:mya nb:nob ne:nep nl:nld nn:nno no:nor pa:pan pl:pol pt:por ro:ron
ru:rus sk:slk sl:slv sq:sqi sr:srp sv:swe sw:swa ta:tam te:tel th:tha tl:tgl tr:tur uk:ukr ur:urd vi:vie zh:zho
"""
_ISO_639_2 = {pair.partition(":")[0]: pair.partition(":")[2] for pair in _CODES.split()}


@dataclass(frozen=True)
class Embedded:
    """A recording with captions: the number of its caption tracks, and what of the original it does not have."""

    tracks: int
    left_out: tuple[str, ...]


def format_inside(target: Path, wanted: str | None = None) -> str:
    """Return the format in which a recording of that name holds captions; `wanted` if it can hold that.

    Raises SubtitleError.
    """
    codecs = _CODECS.get(target.suffix.lower())
    if codecs is None:
        raise SubtitleError(
            f"{target}: captions go into recordings whose names end in {', '.join(_CODECS)}: choose one"
        )
    if wanted is not None and wanted not in codecs:
        raise SubtitleError(f"{target}: a {target.suffix} file holds captions as {' or '.join(codecs)} alone")
    return wanted or next(iter(codecs))


def holds_plain_text(target: Path) -> bool:
    """Whether a recording of that name holds captions without places and speakers: MPEG-4 timed text."""
    return "mov_text" in _CODECS.get(target.suffix.lower(), {}).values()


def language_tag(language: str) -> str:
    """Return the tag of a language in a recording ("deu" for "de-AT", ISO 639-2); "und" where it is not known."""
    code = language.lower().replace("_", "-").split("-")[0]
    return _ISO_639_2.get(code, code if len(code) == 3 else "und")


def embed(
    captions: Captions, recording: Path, target: Path, format: str | None = None, default: bool | None = None
) -> Embedded:
    """Write a copy of a recording with the captions as one more track.

    Picture, sound, other captions, chapters and tags are copied bit by bit. The track has the language of the captions,
    and is the one that players show if `default` is true; by default that is so for the first track of captions.
    `format` is "srt", "ass" or "vtt", where the kind of recording that the ending of `target` names leaves a choice.

    Raises SubtitleError where that kind holds no captions, or the recording cannot be copied into it; MediaError where
    it cannot be read; MissingExtraError where FFmpeg's program is missing.
    """
    inside = format_inside(target, format)
    if find_ffmpeg() is None:
        raise MissingExtraError(Extra.CLIPS, "captions inside a recording")
    try:
        with av.open(str(recording)) as container:
            tracks = len(container.streams.subtitles)
            others = len(container.streams.data) + len(container.streams.attachments)
            shown = any(
                stream.disposition & stream.disposition.default for stream in container.streams.subtitles
            )
    except (av.error.FFmpegError, OSError) as error:
        raise MediaError(f"{recording}: the recording cannot be read: {error}") from error
    is_default = not shown if default is None else default
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder) / f"captions.{inside}"
        text.write_bytes(captions_file(captions, inside, text))
        codec = _CODECS[target.suffix.lower()][inside]
        kept = [
            "0:V?",
            "0:a?",
            "0:s?",
            *(["0:t?"] if target.suffix.lower() in (".mkv", ".mka") else []),
            "1:s",
        ]
        try:
            run_ffmpeg(
                [
                    *input_file(recording),
                    *input_file(text),
                    *(argument for stream in kept for argument in ("-map", stream)),
                    *("-map_metadata", "0", "-map_chapters", "0", "-c", "copy"),
                    *(f"-c:s:{tracks}", codec),
                    *(f"-metadata:s:s:{tracks}", f"language={language_tag(captions.language)}"),
                    *(f"-disposition:s:{tracks}", "default" if is_default else "0"),
                    f"file:{target.absolute()}",
                ],
                Path(folder),
            )
        except MediaError as error:
            raise SubtitleError(f"{recording} cannot be copied into {target.name}: {error}") from error
    with av.open(str(target)) as made:
        gone = others - len(made.streams.data) - len(made.streams.attachments)
    left_out = (f"{counted(gone, 'track')} of data or attachments",) if gone > 0 else ()
    return Embedded(tracks + 1, left_out)
