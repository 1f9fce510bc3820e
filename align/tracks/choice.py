"""The choice of a sound: of a recording's tracks and channels, the one that the text fits.

A track or channel is listened to only where it differs from the others, so that a plain recording costs a few samples
of its levels. A text that fits several channels of one track has one speaker on each: then each channel is aligned by
itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from asdelivered.align.engines import sphinx
from asdelivered.align.script import Script
from asdelivered.align.tracks.fit import Fit, TextFinder
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
from asdelivered.media.sound import SoundChoice, describe, hearing, is_tagged, sound_of, wanted_sound

_LISTENED = 3
"""Windows of each sound that are listened to: those in which most is heard."""
_FITS = 0.18
"""Share of the words recognised that must be the text's: of an accented speaker over a telephone, or one of two, 0.28
and more; of other speech, 0.09 at most."""
_CLEARLY = 1.25
"""How many times better another sound must fit than the one that the file offers."""


@dataclass(frozen=True)
class _Candidate:
    """A sound to choose, and how well the text fits it."""

    sound: SampledSound
    fit: Fit

    @property
    def choice(self) -> SoundChoice:
        return self.sound.choice


@dataclass(frozen=True)
class ChosenSound:
    """A recording with the sound to align; its `channels` are named where each of them holds a speaker."""

    recording: Recording
    channels: tuple[SoundChoice, ...] = ()


def choose_sound(
    recording: Recording, wanted: str, script: Script, language: str, observer: Observer
) -> ChosenSound:
    """Return the recording with the sound to align: the `wanted` one or, for "auto", the one that the text fits.

    The observer is told what was taken and why, where there was a choice. Raises MediaError where the recording has no
    such sound, or can't be read.
    """
    asked = wanted_sound(recording, wanted)
    if asked is not None:
        return ChosenSound(hearing(recording, asked))
    if len(recording.tracks) < 2 and recording.audio.channels < 2:
        return ChosenSound(recording)
    windows = sample_windows(recording)
    tracks = sample_channels(recording, windows)
    preferred = _preferred(recording, language)
    tracks.sort(key=lambda channels: channels[0].choice.track != preferred.track)
    sounds = _different(tracks)
    if not sounds:
        return ChosenSound(recording)  # all of it is silent, or can't be read: the aligner will say so
    if len(sounds) == 1:
        if len(recording.tracks) > 1:
            observer.noted(_told(recording, sounds[0].choice, "the others are silent, or sound like it"))
        return ChosenSound(hearing(recording, sounds[0].choice))
    if not sphinx.is_installed():
        observer.noted(
            _told(recording, preferred, "PocketSphinx, which would listen to all, is not installed")
        )
        return ChosenSound(hearing(recording, preferred))
    with scratch_folder() as folder:
        finder = TextFinder(script, folder)
        candidates = [
            _Candidate(sound, finder.fit(hearing(recording, sound.choice), _busiest(sound, windows)))
            for sound in sounds
        ]
    choice, channels, why = _best(candidates)
    observer.noted(_told(recording, choice, why))
    return ChosenSound(hearing(recording, choice), channels)


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


def _best(candidates: Sequence[_Candidate]) -> tuple[SoundChoice, tuple[SoundChoice, ...], str]:
    """Return the sound that the text fits best, those of its channels that hold a speaker each, and why it was taken.

    The first of the candidates is preferred.
    """
    first = candidates[0]
    best = max(candidates, key=lambda one: one.fit.share)
    if best.fit.share < _FITS:
        whole = replace(first.choice, channel=None)
        return whole, (), "the samples do not show where the text is heard"
    if best.fit.share < first.fit.share * _CLEARLY:
        best = first
    fitting = [one for one in candidates if one.choice.track == best.choice.track and one.fit.share >= _FITS]
    if len(fitting) > 1:
        spoken = " and ".join(describe(one.choice).partition(" of ")[0] for one in fitting)
        why = f"the text is heard on {spoken}: each is aligned by itself"
        return replace(best.choice, channel=None), tuple(one.choice for one in fitting), why
    return (
        best.choice,
        (),
        (
            f"of the words heard in samples of it, {best.fit.share:.0%} are the text's "
            f"({', '.join(f'{describe(one.choice)}: {one.fit.share:.0%}' for one in candidates if one is not best)})"
        ),
    )


def _told(recording: Recording, choice: SoundChoice, why: str) -> str:
    """Return the sentence that tells which sound was taken, and how to take another."""
    count = len(recording.tracks)
    of_how_many = f", one of {count} audio tracks," if count > 1 else ""
    return f"{describe(choice)}{of_how_many} is aligned: {why}; --sound takes another"
