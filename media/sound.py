"""Which sound of a recording is heard: one of its audio tracks, and all of its channels or one.

Recordings of institutions have a track a language, or the floor on the left and an interpreter on the right.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from asdelivered.media.errors import MediaError

if TYPE_CHECKING:  # who only reads which sound was heard needs no decoder
    from asdelivered.media.recording import AudioStream, Recording

AUTO = "auto"
"""What a user says who leaves the choice to the program."""
_CHANNELS = {"left": 1, "right": 2, "mix": None}
_TRACK = re.compile(r"\d{1,3}|[A-Za-z]{2,3}")
_THREE_LETTERS = {
    code: letters.split()
    for code, letters in {
        "ar": "ara",
        "bg": "bul",
        "cs": "ces cze",
        "cy": "cym wel",
        "da": "dan",
        "de": "deu ger",
        "el": "ell gre",
        "en": "eng",
        "es": "spa",
        "et": "est",
        "eu": "eus baq",
        "fi": "fin",
        "fr": "fra fre",
        "ga": "gle",
        "he": "heb",
        "hr": "hrv",
        "hu": "hun",
        "is": "isl ice",
        "it": "ita",
        "ja": "jpn",
        "ko": "kor",
        "lt": "lit",
        "lv": "lav",
        "mk": "mkd mac",
        "mt": "mlt",
        "nl": "nld dut",
        "no": "nor nob nno",
        "pl": "pol",
        "pt": "por",
        "ro": "ron rum",
        "ru": "rus",
        "sk": "slk slo",
        "sl": "slv",
        "sq": "sqi alb",
        "sr": "srp",
        "sv": "swe",
        "tr": "tur",
        "uk": "ukr",
        "zh": "zho chi",
    }.items()
}
"""ISO 639-1 to both forms of ISO 639-2, of which files have either."""


@dataclass(frozen=True)
class SoundChoice:
    """The sound to hear: an audio track of the file, and one of its channels, both counted from 1.

    Without a `channel` all are mixed. `language` is the track's tag in the file.
    """

    track: int
    channel: int | None = None
    language: str | None = None

    def __str__(self) -> str:
        """Return it as the option `--sound` takes it: "2", "1:left"."""
        if self.channel is None:
            return str(self.track)
        return f"{self.track}:{_channel_name(self.channel)}"


def sound_of(recording: Recording) -> SoundChoice:
    """Return what is heard of a recording."""
    channel = None if recording.channel is None else recording.channel + 1
    return SoundChoice(recording.audio.track, channel, recording.audio.language)


def hearing(recording: Recording, choice: SoundChoice) -> Recording:
    """Return the recording with another sound to hear. Raises MediaError: it has no such track or channel."""
    track = next((one for one in recording.tracks if one.track == choice.track), None)
    if track is None:
        raise MediaError(f"{recording.path} has no audio track {choice.track}: {_offer(recording)}")
    if choice.channel is not None and not 1 <= choice.channel <= track.channels:
        raise MediaError(
            f"track {choice.track} of {recording.path} has no {_named_channel(choice.channel)}: {_offer(recording)}"
        )
    channel = None if choice.channel is None or track.channels == 1 else choice.channel - 1
    return replace(recording, audio=track, channel=channel)


def has(recording: Recording, choice: SoundChoice) -> bool:
    """Return whether a recording has a sound: another copy of an event may have fewer tracks."""
    return any(
        track.track == choice.track and (choice.channel or 1) <= track.channels for track in recording.tracks
    )


def wanted_sound(recording: Recording, wanted: str) -> SoundChoice | None:
    """Return the sound that a user asks for; None for "auto".

    `wanted` is the number of a track or its language, and left, right, mix or the number of a channel after a colon;
    or one of both alone. Raises MediaError where that is not understood, or the recording has no such sound.
    """
    if wanted.strip().lower() == AUTO:
        return None
    text = wanted.strip().lower()
    track_name, colon, channel_name = ("", ":", text) if text in _CHANNELS else text.partition(":")
    if (
        not text
        or (track_name and not _TRACK.fullmatch(track_name))
        or (colon and channel_name not in _CHANNELS and not channel_name.isdecimal())
    ):
        raise MediaError(
            f"--sound {wanted} is not understood: give auto, mix, left, right, the number of an audio track or its "
            "language, or both with a colon (2:left)"
        )
    track = _track(recording, track_name)
    channel = int(channel_name) if channel_name.isdecimal() else _CHANNELS.get(channel_name)
    choice = SoundChoice(track.track, channel, track.language)
    hearing(recording, choice)
    return choice


def _track(recording: Recording, wanted: str) -> AudioStream:
    if not wanted:
        return recording.audio
    if wanted.isdecimal():
        found = next((track for track in recording.tracks if track.track == int(wanted)), None)
    else:
        found = next((track for track in recording.tracks if is_tagged(track, wanted)), None)
    if found is None:
        raise MediaError(f"{recording.path} has no audio track {wanted}: {_offer(recording)}")
    return found


def is_tagged(track: AudioStream, language: str) -> bool:
    """Return whether a track's tag is a language, given by its code of two or three letters."""
    return track.language is not None and _same_language(track.language, language)


def _same_language(tag: str, code: str) -> bool:
    tag, code = (re.split("[-_]", one.lower())[0] for one in (tag, code))
    return tag == code or any({tag, code} <= {short, *letters} for short, letters in _THREE_LETTERS.items())


def describe(choice: SoundChoice) -> str:
    """Return a sound in words: "track 2 (eng)", "the left channel of track 1"."""
    track = f"track {choice.track}" + (f" ({choice.language})" if choice.language else "")
    return track if choice.channel is None else f"the {_named_channel(choice.channel)} of {track}"


def _channel_name(channel: int) -> str:
    return {1: "left", 2: "right"}.get(channel, str(channel))


def _named_channel(channel: int) -> str:
    name = _channel_name(channel)
    return f"channel {name}" if name.isdecimal() else f"{name} channel"


def _offer(recording: Recording) -> str:
    """Say which sounds a recording has."""
    tracks = [
        f"{track.track} ({', '.join(filter(None, (track.language, _count(track.channels))))})"
        for track in recording.tracks
    ]
    return f"it has {', '.join(tracks)}"


def _count(channels: int) -> str:
    return {1: "mono", 2: "stereo"}.get(channels, f"{channels} channels")
