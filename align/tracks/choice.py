"""The choice of a sound: of a recording's tracks and channels, the one that a text fits.

A track or channel is listened to only where it differs from the others, so that a plain recording costs a few samples
of its levels. A text that fits several channels of one track has one speaker on each: then each channel is aligned by
itself. Several texts, such as the floor and its interpretation, are placed together: each has a sound of its own where
there are enough.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from asdelivered.align.engines import sphinx
from asdelivered.align.script import Script
from asdelivered.align.tracks.fit import TextFinder
from asdelivered.align.tracks.placing import Candidate, Placed, place_texts
from asdelivered.base.progress import Observer
from asdelivered.base.scratch import scratch_folder
from asdelivered.base.span import TimeSpan
from asdelivered.media.recording import Recording
from asdelivered.media.sampling import (
    SampledSound,
    are_alike,
    mixed_levels,
    sample_channels,
    sample_windows,
)
from asdelivered.media.sound import AUTO, SoundChoice, describe, hearing, is_tagged, sound_of, wanted_sound

_LISTENED = 3
"""Windows of each sound that are listened to: those in which most is heard."""
_CLEARLY = 1.25
"""How many times better another sound must fit than the one that the file offers."""


@dataclass(frozen=True)
class TextToPlace:
    """A text, the code of its language, and the sound that is wanted for it, as the option --sound takes it."""

    script: Script
    language: str
    wanted: str = AUTO


@dataclass(frozen=True)
class ChosenSound:
    """A recording with the sound to align; its `channels` are named where each of them holds a speaker.

    `why` says why this sound was taken; it is empty where there was no choice.
    """

    recording: Recording
    channels: tuple[SoundChoice, ...] = ()
    why: str = ""

    @property
    def told(self) -> str:
        """The sentence that tells which sound was taken; empty where there was no choice."""
        if not self.why:
            return ""
        count = len(self.recording.tracks)
        of_how_many = f", one of {count} audio tracks," if count > 1 else ""
        taken = describe(sound_of(self.recording))
        return f"{taken}{of_how_many} is aligned: {self.why}"


def choose_sound(
    recording: Recording, wanted: str, script: Script, language: str, observer: Observer
) -> ChosenSound:
    """Return the recording with the sound to align: the `wanted` one or, for "auto", the one that the text fits.

    The observer is told what was taken and why, where there was a choice. Raises MediaError where the recording has no
    such sound, or can't be read.
    """
    (chosen,) = choose_sounds(recording, [TextToPlace(script, language, wanted)])
    if chosen.why:
        observer.noted(f"{chosen.told}; --sound takes another")
    return chosen


def choose_sounds(recording: Recording, texts: Sequence[TextToPlace]) -> tuple[ChosenSound, ...]:
    """Return the recording with the sound to align, for each of its texts.

    That is the wanted one or, for "auto", the one that the text fits. Two texts share a sound only where the second is
    heard nowhere else. Raises MediaError where the recording has no wanted sound, or can't be read.
    """
    asked = {number: wanted_sound(recording, text.wanted) for number, text in enumerate(texts)}
    given = {number: choice for number, choice in asked.items() if choice is not None}
    waiting = [number for number in asked if number not in given]
    found = {number: Placed(choice, (), "") for number, choice in given.items()}
    if waiting and (len(recording.tracks) > 1 or recording.audio.channels > 1):
        found |= _found(recording, {number: texts[number] for number in waiting}, given)
    return tuple(
        ChosenSound(hearing(recording, found[number].choice), found[number].channels, found[number].why)
        if number in found
        else ChosenSound(recording)
        for number in asked
    )


def _found(
    recording: Recording, texts: Mapping[int, TextToPlace], given: Mapping[int, SoundChoice]
) -> dict[int, Placed]:
    """Return the sounds of texts, by their number, that want none; others have `given` ones."""
    windows = sample_windows(recording)
    tracks = sample_channels(recording, windows)
    preferred = {number: _preferred(recording, text.language) for number, text in texts.items()}
    offered = {choice.track for choice in preferred.values()}
    tracks.sort(key=lambda channels: channels[0].choice.track not in offered)
    sounds = _different(tracks)
    if not sounds:
        return {}  # all of it is silent, or can't be read: the aligner will say so
    if len(sounds) == 1:
        why = "the others are silent, or sound like it" if len(recording.tracks) > 1 else ""
        return dict.fromkeys(texts, Placed(sounds[0].choice, (), why))
    if not sphinx.is_installed():
        why = "PocketSphinx, which would listen to all, is not installed"
        return {number: Placed(choice, (), why) for number, choice in preferred.items()}
    candidates: dict[int, list[Candidate]] = {}
    for number, text in texts.items():
        # The first is preferred.
        ordered = sorted(sounds, key=lambda sound: sound.choice.track != preferred[number].track)
        with scratch_folder() as folder:
            finder = TextFinder(text.script, folder)
            fits = [
                finder.fit(hearing(recording, sound.choice), _busiest(sound, windows)) for sound in ordered
            ]
        tagged = {track.track for track in recording.tracks if is_tagged(track, text.language)}
        candidates[number] = [
            Candidate(
                sound.choice,
                fit.share,
                fit.share * (_CLEARLY if sound is ordered[0] else 1.0),
                sound.choice.track in tagged,
            )
            for sound, fit in zip(ordered, fits, strict=True)
        ]
    return place_texts(candidates, given)


def _preferred(recording: Recording, language: str) -> SoundChoice:
    """Return the track whose tag is the text's language, or else the one that the file offers."""
    offered = sound_of(recording)
    tagged = [track for track in recording.tracks if is_tagged(track, language)]
    if tagged and not any(track.track == offered.track for track in tagged):
        return SoundChoice(tagged[0].track, None, tagged[0].language)
    return offered


def _different(tracks: Sequence[Sequence[SampledSound]]) -> list[SampledSound]:
    """Return the sounds that differ: whole tracks or, where the channels of one hold different speech, its channels.

    Of sounds that are alike the first is kept; silent ones are left out.
    """
    kept: list[SampledSound] = []
    for channels in tracks:
        heard = [channel for channel in channels if not channel.is_silent]
        separate: list[SampledSound] = []
        for channel in heard:
            if not any(are_alike(channel, other) for other in separate):
                separate.append(channel)
        if len(separate) == 1:
            separate = [mixed_levels(channels)]
        kept += [sound for sound in separate if not any(are_alike(sound, other) for other in kept)]
    return kept


def _busiest(sound: SampledSound, windows: Sequence[TimeSpan]) -> list[TimeSpan]:
    return [windows[number] for number in sound.busiest(_LISTENED)]
